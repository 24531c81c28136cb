"""Looks a table of links over, row by row, and says what would be made of each; then makes all of it, or nothing."""

from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.text import Truncator
from django.utils.timezone import get_current_timezone, is_naive, localtime, make_aware
from django.utils.translation import gettext as _

from community.campaigns import channels, codes, destinations, linking, wording
from community.campaigns.models import Campaign, Place, TrackedLink
from community.commons.fields import tidy

ROOM = {"label": 80, "card_title": 120, "card_text": 300, "notes": 5000, "text": 10_000}
_FORMS = (
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d %H:%M:%S",
)


@dataclass
class Planned:
    """One row: the link it would make, or why it cannot."""

    line: int
    fields: dict = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    standing: TrackedLink | None = None  # just such a link is there: nothing is to be done

    @property
    def label(self):
        return self.fields.get("label", "")


def _channels() -> dict[str, str]:
    """Every name of a channel: ours, in both languages, and the word that stands in addresses."""
    known = {}
    for channel, name in channels.OFFERED:
        for said in (channel, channel.replace("_", " "), channels.plain_name(channel), str(name)):
            known.setdefault(said.casefold(), channel)
    for channel, _name in channels.OFFERED:
        for language in ("en", "zh-hant"):
            known.setdefault(channels.name_in(channel, language).casefold(), channel)
        known.setdefault(channels.words_of(channel)[0], channel)
    return known


class Reading:
    """What all rows share, asked once: campaigns, owners, codes that are taken, and the words the team knows."""

    def __init__(self, rows, campaign=None, owners=None):
        told = {row.cells.get("campaign", "") for row in rows} - {""}
        self.campaign = campaign
        self.campaigns = {}
        for found in Campaign.objects.open().named_or_keyed(told):
            self.campaigns[found.name.casefold()] = self.campaigns[found.key.casefold()] = found
        self.owners = {person.handle.casefold(): person for person in owners or ()}
        folded = {codes.fold(code) for row in rows if (code := row.cells.get("code", ""))}
        self.taken = {
            link.code_folded: link for link in TrackedLink.objects.among(folded).for_desk().prefetch_related("tags")
        }
        self.vocabulary = wording.Vocabulary()
        self.channels = _channels()
        self.seen: dict[str, int] = {}
        self.checked: dict[str, str] = {}
        self.sites = destinations.sites()

    def look(self, row) -> Planned:
        planned = Planned(row.line)
        for read in (self._campaign, self._channel, self._words, self._addresses, self._utm, self._times, self._rest):
            read(row.cells, planned)
        self._code(row.cells, planned)
        return planned

    def _campaign(self, cells, planned):
        said = cells.get("campaign", "")
        found = self.campaigns.get(said.casefold()) if said else self.campaign
        if found is None:
            planned.errors.append(
                _("There is no open campaign “%(said)s”.") % {"said": Truncator(said).chars(40)}
                if said
                else _("Which campaign? Fill the column, or choose one above.")
            )
        planned.fields["campaign"] = found

    def _channel(self, cells, planned):
        said = cells.get("channel", "")
        channel = self.channels.get(said.casefold())
        if channel is None:
            planned.errors.append(_("“%(said)s” is no channel we know.") % {"said": Truncator(said).chars(40)})
        planned.fields["channel"] = channel

    def _words(self, cells, planned):
        for name, most in ROOM.items():
            said = tidy(cells.get(name, "")).strip()
            if len(said) > most:
                planned.errors.append(
                    _("“%(name)s” is longer than %(most)d characters.") % {"name": name, "most": most}
                )
            planned.fields[name] = said
        if not planned.fields["label"]:
            planned.errors.append(_("The label is missing."))

    def _addresses(self, cells, planned):
        for name in ("destination", "before_address", "after_address", "full_address"):
            said = cells.get(name, "")
            planned.fields[name] = ""
            if not said and name != "destination":
                continue
            try:
                if said not in self.checked:
                    self.checked[said] = destinations.check(said)
                planned.fields[name] = self.checked[said]
            except ValidationError as error:
                planned.errors.append(f"{name}: {' '.join(error.messages)}")

    def _utm(self, cells, planned):
        campaign, channel = planned.fields["campaign"], planned.fields["channel"]
        source, medium = channels.words_of(channel or "")
        usual = {"utm_source": source, "utm_medium": medium, "utm_campaign": campaign.key if campaign else ""}
        for place in Place.values:
            # A column that is there and empty means: no such word.
            word = wording.plain(cells[place]) if place in cells else usual.get(place, "")
            found = self.vocabulary.judge(place, word)
            if found.error:
                planned.errors.append(f"{place}: {found.error}")
            elif found.near:
                planned.warnings.append(
                    _("%(place)s: “%(word)s” looks like the known “%(near)s”.")
                    % {"place": place, "word": word, "near": found.near}
                )
            planned.fields[place] = word

    def _times(self, cells, planned):
        for name in ("starts_at", "ends_at"):
            said = cells.get(name, "")
            planned.fields[name] = moment = when(said)
            if said and moment is None:
                planned.errors.append(_("%(name)s: write a day and time such as 2026-11-20 09:00.") % {"name": name})
        starts, ends = planned.fields["starts_at"], planned.fields["ends_at"]
        if starts and ends and ends <= starts:
            planned.errors.append(_("A link cannot end before it starts."))
        said = cells.get("most_visits", "").replace(",", "")
        planned.fields["most_visits"] = None
        if said:
            if said.isascii() and said.isdigit() and 0 < int(said) < 2**31:
                planned.fields["most_visits"] = int(said)
            else:
                planned.errors.append(_("most_visits: write a number such as 500."))

    def _rest(self, cells, planned):
        said = cells.get("owner", "")
        planned.fields["owner"] = self.owners.get(said.lstrip("@").casefold()) if said else None
        if said and planned.fields["owner"] is None:
            planned.errors.append(_("Nobody at the desk is called “%(said)s”.") % {"said": Truncator(said).chars(40)})
        tags = [tidy(tag).strip() for tag in cells.get("tags", "").replace("，", ",").replace("、", ",").split(",")]
        planned.fields["tags"] = sorted({tag for tag in tags if tag})
        if any(len(tag) > 40 for tag in planned.fields["tags"]):
            planned.errors.append(_("A tag is longer than %(most)d characters.") % {"most": 40})

    def _code(self, cells, planned):
        said = cells.get("code", "")
        planned.fields["code"] = ""
        if not said:
            return
        try:
            planned.fields["code"] = code = codes.check(said)
        except ValidationError as error:
            planned.errors.append(f"code: {' '.join(error.messages)}")
            return
        folded = codes.fold(code)
        if folded in self.seen:
            planned.errors.append(_("Line %(line)d has this code already.") % {"line": self.seen[folded]})
        self.seen[folded] = planned.line
        if link := self.taken.get(folded):
            if not planned.errors and as_told(link, self.sites) == _comparable(planned.fields):
                planned.standing = link
            else:
                planned.errors.append(_("Another link already has this code."))


def when(said: str) -> datetime | None:
    """A moment as people write it; without a zone, in the brand's own."""
    moment = None
    for form in _FORMS:
        try:
            moment = datetime.strptime(said.strip(), form)
            break
        except ValueError:
            continue
    if moment is None:
        try:
            moment = parse_datetime(said.strip())
        except ValueError:
            return None
    if moment is None or not 1990 <= moment.year <= 2200:
        return None
    return make_aware(moment, get_current_timezone()) if is_naive(moment) else moment


def _minute(moment) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


def as_told(link, sites=None) -> dict:
    """A link in the words of a row; what the table says of it, and what is compared when it is brought back."""
    told = {name: getattr(link, name) for name in (*ROOM, *Place.values, "channel", "most_visits")}
    told |= {name: getattr(link, name) for name in ("before_address", "after_address", "full_address", "code")}
    told |= {name: _minute(getattr(link, name)) for name in ("starts_at", "ends_at")}
    told["campaign"] = link.campaign_id
    told["owner"] = link.owner_id
    told["destination"] = destinations.address_of(link, sites)
    told["tags"] = sorted(tag.folded for tag in link.tags.all())
    return told


def _comparable(fields: dict) -> dict:
    from_row = {**fields, "campaign": fields["campaign"].pk, "owner": fields["owner"].pk if fields["owner"] else None}
    from_row |= {name: _minute(fields[name]) for name in ("starts_at", "ends_at")}
    from_row["tags"] = sorted(linking.folded_tag(tag) for tag in fields["tags"])
    return from_row


def plan(table, *, campaign=None, owners=()) -> list[Planned]:
    """Every row looked over; nothing is made."""
    reading = Reading(table.rows, campaign, owners)
    return [reading.look(row) for row in table.rows]


@transaction.atomic
def make(planned, *, by=None) -> list[TrackedLink]:
    """Makes all links of a plan, or none: one row that cannot be made takes the others back."""
    if any(each.errors for each in planned):
        raise ValidationError(_("Nothing was made: some rows must be put right first."), code="rows")
    made = []
    for each in planned:
        if each.standing is None:
            fields = dict(each.fields)
            owner = fields.pop("owner") or by
            try:
                made.append(linking.make_link(by=by, owner=owner, **fields))
            except ValidationError as error:
                raise ValidationError(
                    _("Nothing was made. Line %(line)d: %(why)s"),
                    params={"line": each.line, "why": " ".join(error.messages)},
                ) from None
            wording.learn(words={place: fields[place] for place in Place.values}, by=by)
    return made
