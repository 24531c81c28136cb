"""One post for many channels: a named link for each of them in one go, its words filled from a template."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.text import slugify
from django.utils.timezone import localdate

from community.campaigns import channels, linking, wording
from community.campaigns.models import Place, Template, TrackedLink
from community.campaigns.wording import Finding

GAPS = ("source", "medium", "campaign", "channel", "label", "month", "day")


@dataclass
class Planned:
    """A link that would be made for one channel, and what is to be said of its words."""

    channel: str
    name: str
    words: dict[str, str]
    findings: list[Finding] = field(default_factory=list)
    standing: TrackedLink | None = None  # the same channel, label and campaign already have one

    @property
    def errors(self) -> list[Finding]:
        return [found for found in self.findings if found.error]

    @property
    def doubts(self) -> list[Finding]:
        return [found for found in self.findings if found.near]


def usual() -> Template:
    """The template that is used when nobody chooses; without one, each channel's own words."""
    return Template.objects.usual().first() or Template()


@transaction.atomic
def keep_template(template: Template, *, usual: bool) -> Template:
    """Keeps a template; when it is to be the usual one, no other is any more."""
    template.is_usual = usual
    if usual:
        Template.objects.usual().exclude(pk=template.pk).update(is_usual=False)
    template.save()
    return template


def fill(template: Template, *, campaign, channel: str, label: str) -> dict[str, str]:
    """The words of a template for one link. A gap that nobody knows stays empty rather than going out as it stands."""
    source, medium = channels.words_of(channel)
    today = localdate()
    gaps = {
        "source": source,
        "medium": medium,
        "campaign": campaign.key,
        "channel": channel.replace("_", "-"),
        "label": slugify(label, allow_unicode=True)[:60],
        "month": f"{today:%Y-%m}",
        "day": f"{today:%Y-%m-%d}",
    }
    words = {}
    for place in Place.values:
        word = getattr(template, place)
        for name in GAPS:
            word = word.replace(f"{{{name}}}", gaps[name])
        words[place] = wording.plain(word)[: wording.LONGEST]
    return words


def plan(*, campaign, ticked, label: str, template: Template, told=None, kept=()) -> list[Planned]:
    """What would be made. `told` are words a marketer wrote instead, `kept` the near ones they insist on."""
    known, told = wording.Vocabulary(), told or {}
    standing = {link.channel: link for link in TrackedLink.objects.of(campaign).open().labelled(label)}
    planned = []
    for channel, name in channels.OFFERED:
        if channel not in ticked:
            continue
        words = fill(template, campaign=campaign, channel=channel, label=label)
        words |= {place: wording.plain(word) for place, word in told.get(channel, {}).items()}
        findings = [known.judge(place, word, keep=(channel, place, word) in kept) for place, word in words.items()]
        planned.append(Planned(channel, str(name), words, findings, standing.get(channel)))
    return planned


@transaction.atomic
def fan_out(*, campaign, planned, label: str, destination: str, by=None, owner=None, tags=()) -> list[TrackedLink]:
    """Makes them all, or none. The words they carry are known afterwards."""
    made = []
    for each in planned:
        made.append(
            linking.make_link(
                campaign=campaign,
                channel=each.channel,
                label=label,
                destination=destination,
                by=by,
                owner=owner or by,
                tags=tags,
                **each.words,
            )
        )
        wording.learn(words=each.words, by=by)
    return made
