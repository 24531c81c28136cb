"""Which ad and which post stands behind which link: said by a person, or found where both say the same."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from community.campaigns import channels, moments
from community.campaigns.costing import posting, reckoning
from community.campaigns.costing.lines import thing_of
from community.campaigns.models import Campaign, Tie, TrackedLink

PATTERN = r"(?:^|&)(?:utm_content|ad_id|utm_id)=(\d{6,25})(?:&|$)"
# Where ads put {{ad.id}} into the address, clicks themselves tell which link an ad leads to.
MACRO = """
SELECT said.number, min(said.link_id), count(DISTINCT said.link_id) FROM (
  SELECT c.link_id, substring(c.query from %(pattern)s) AS number FROM campaigns_click c
  WHERE c.query LIKE ANY(ARRAY['%%utm_content=%%', '%%ad_id=%%', '%%utm_id=%%']) AND c.id >= %(low)s
    AND c.id < %(high)s AND c.agent = 'human'
) said WHERE said.number = ANY(%(numbers)s) GROUP BY said.number
"""


@transaction.atomic
def tie(*, kind: str, value: str, said: str = "", link=None, campaign=None, by=None, how=Tie.How.HAND) -> Tie:
    """From now on, and for all files so far. Tied again, it is tied anew."""
    reckoning.lock()
    made, _new = Tie.objects.update_or_create(
        kind=kind,
        value=value,
        defaults={"link": link, "campaign": None if link else campaign, "said": said[:600], "by": by, "how": how},
    )
    reckoning.place_tied(kind, value)
    return made


def tie_post(*, link, address: str, by=None) -> Tie | None:
    """A post by its address; None when the address leads to no post."""
    value = posting.key_of(address)
    return tie(kind=Tie.Kind.POST, value=value, said=address.strip(), link=link, by=by) if value else None


@transaction.atomic
def untie(*, tie):
    reckoning.lock()
    kind, value = tie.kind, tie.value
    tie.delete()
    reckoning.place_tied(kind, value)


def find(sheet):
    """Ties that nobody needs to make by hand. What somebody has tied stays as they said."""
    if sheet.kind != "ads":
        return
    known = set(Tie.objects.values_list("kind", "value"))
    new = [row for row in (*_by_number(sheet), *_by_name(sheet)) if (row.kind, row.value) not in known]
    Tie.objects.bulk_create({(row.kind, row.value): row for row in reversed(new)}.values(), ignore_conflicts=True)


def _ads_of(sheet):
    """Each ad of the file once: number, word, names."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ad_id, thing, campaign_thing, campaign_name, set_name, ad_name FROM campaigns_adfigure "
            "WHERE sheet_id = %s LIMIT 20000",
            [sheet.pk],
        )
        return cursor.fetchall()


def _by_number(sheet):
    ads = {row[0]: row for row in _ads_of(sheet) if row[0]}
    if not ads:
        return
    for link in TrackedLink.objects.with_content():
        if row := ads.get(link.utm_content):
            yield Tie(kind=Tie.Kind.AD, value=row[0], said=_said(row), link=link, how=Tie.How.WORDS)
    with connection.cursor() as cursor:
        told = {
            "pattern": PATTERN,
            "low": moments.floor(_start(sheet.told["first"], 0)),
            "high": moments.floor(_start(sheet.told["last"], 2)),
            "numbers": list(ads),
        }
        cursor.execute(MACRO, told)
        for number, link, how_many in cursor.fetchall():
            if how_many == 1:
                yield Tie(kind=Tie.Kind.AD, value=number, said=_said(ads[number]), link_id=link, how=Tie.How.MACRO)


def _start(day: str, later: int) -> datetime:
    """The day's first instant in our time zone; an ad account may keep another, so a day more is looked at."""
    return datetime.combine(date.fromisoformat(day) + timedelta(days=later), time(0), ZoneInfo(settings.TIME_ZONE))


def _by_name(sheet):
    """An ad called like a link, or like its utm_content; a campaign of Meta's called like one of ours. One, not several."""
    links: dict[str, list] = {}
    for link in TrackedLink.objects.of_the_brand().paid(channels.PAID):
        for word in {thing_of(link.label), thing_of(link.utm_content)} - {thing_of("")}:
            links.setdefault(word, []).append(link)
    campaigns: dict[str, list] = {}
    for campaign in Campaign.objects.all():
        for word in {thing_of(campaign.name), thing_of(campaign.key)}:
            campaigns.setdefault(word, []).append(campaign)
    for row in _ads_of(sheet):
        _number, thing, campaign_thing, campaign_name, _set, ad_name = row
        if ad_name and len(found := links.get(thing_of(ad_name), ())) == 1:
            yield Tie(kind=Tie.Kind.NAME, value=thing, said=_said(row), link=found[0], how=Tie.How.NAME)
        if campaign_name and len(found := campaigns.get(campaign_thing, ())) == 1:
            yield Tie(
                kind=Tie.Kind.CAMPAIGN, value=campaign_thing, said=campaign_name, campaign=found[0], how=Tie.How.NAME
            )


def _said(row) -> str:
    return " › ".join(part for part in row[3:6] if part)[:600]
