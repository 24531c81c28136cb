"""The steps members took, asked of the rooms where they happened, and handed to the front door to write down."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.timezone import localdate, now

from accounts.attending import begin_of, day_of, end_of
from accounts.models import ActiveDay, Member, Standing
from community.campaigns import converting
from community.campaigns.converting import Fact, Settled
from community.campaigns.models import Conversion
from community.forum.models import Post, Reaction

Kind = Conversion.Kind
KINDS = (Kind.JOINED, Kind.VERIFIED, Kind.FIRST_ACT, Kind.WEEK2, Kind.DAY30, Kind.CLIMBED)
WEEK2 = (8, 14)  # days after the one of joining
DAY30 = (24, 30)  # the seven days that end on day 30
BATCH = 1_000  # members at once


def facts_of(ids: list[int], today=None) -> list[Fact]:
    """All steps of these members that their rooms know of. Five queries; nothing is remembered from another time.

    Only days that are over count: what is known of one is known for good.
    """
    today = today or localdate()
    members = list(Member.objects.with_ids(ids).values_list("pk", "joined_at", "proven_at"))
    facts = [Fact(pk, Kind.JOINED, joined) for pk, joined, _proven in members]
    facts += [Fact(pk, Kind.VERIFIED, proven) for pk, _joined, proven in members if proven]
    facts += _first_acts(ids)
    facts += _returns(members, today)
    facts += _climbs(ids)
    return facts


def _first_acts(ids) -> list[Fact]:
    """The first post that still stands, or the first reaction, whichever came sooner."""
    first: dict[int, datetime] = {}
    for member, at in (*Post.objects.firsts_of(ids), *Reaction.objects.firsts_of(ids)):
        first[member] = min(at, first.get(member, at))
    return [Fact(member, Kind.FIRST_ACT, at) for member, at in first.items()]


def _returns(members, today) -> list[Fact]:
    """Back in the second week, at the end of the first such day; and here at day 30, at the end of that day."""
    if not members:
        return []
    born = {pk: day_of(joined) for pk, joined, _proven in members}
    first, last = min(born.values()) + timedelta(WEEK2[0]), max(born.values()) + timedelta(DAY30[1])
    days = defaultdict(set)
    seen = ActiveDay.objects.of_members(list(born)).between(first, min(last, today - timedelta(1)))
    for member, day in seen.values_list("member_id", "day"):
        days[member].add((day - born[member]).days)
    facts = []
    for member, ages in days.items():
        if back := [age for age in ages if WEEK2[0] <= age <= WEEK2[1]]:
            facts.append(Fact(member, Kind.WEEK2, end_of(born[member] + timedelta(min(back)))))
        thirtieth = born[member] + timedelta(DAY30[1])
        if thirtieth < today and any(DAY30[0] <= age <= DAY30[1] for age in ages):
            facts.append(Fact(member, Kind.DAY30, end_of(thirtieth)))
    return facts


def _climbs(ids) -> list[Fact]:
    """Each standing above the one before it."""
    facts, before = [], {}
    standings = Standing.objects.of_members(ids).in_order()
    for pk, member, rank, since in standings.values_list("pk", "member_id", "tier__rank", "since"):
        if member in before and rank > before[member]:
            facts.append(Fact(member, Kind.CLIMBED, since, str(pk)))
        before[member] = rank
    return facts


def note(ids: Iterable[int], *, start=None, end=None, tell=True) -> Settled:
    """Brings what is written down of these members in line with the facts, between two moments or altogether."""
    done, ids = Settled(), sorted(set(ids))
    for begin in range(0, len(ids), BATCH):
        batch = ids[begin : begin + BATCH]
        done += converting.settle(facts=facts_of(batch), members=batch, kinds=KINDS, start=start, end=end, tell=tell)
    return done


def stirred_since(moment: datetime) -> set[int]:
    """Members of whom there may be something new to write down since a moment."""
    found: set[int] = set()
    found.update(Member.objects.joined_between(moment, None).values_list("pk", flat=True))
    found.update(Post.objects.authors_since(moment))
    found.update(Reaction.objects.members_since(moment))
    found.update(Standing.objects.begun_since(moment).values_list("member_id", flat=True))
    first, today = day_of(moment), localdate()
    # Whoever was here on one of these days in their second week, or whose thirtieth day was one of them.
    young = Member.objects.joined_between(
        begin_of(first - timedelta(DAY30[1] + 1)), begin_of(today - timedelta(WEEK2[0] - 1))
    )
    found.update(
        ActiveDay.objects.of_members(young)
        .between(first - timedelta(DAY30[1] - DAY30[0]), today)
        .values_list("member_id", flat=True)
    )
    return found


def note_recent(span: timedelta) -> Settled:
    """What happened lately. Spans may overlap: what is written down already stays as it is."""
    return note(stirred_since(now() - span))


def rebuild(start: datetime | None = None, end: datetime | None = None) -> Settled:
    """Every member's steps between two moments, compared with the facts; nobody is told of what is long past."""
    done, after = Settled(), 0
    while ids := list(Member.objects.after_id(after).values_list("pk", flat=True)[:BATCH]):
        done += note(ids, start=start, end=end, tell=False)
        after = ids[-1]
    return done


def on_climbed(sender, *, member, **_signal):
    """Receiver of climbed."""
    note([member.pk])
