"""How far people came after the door, and on which days members were here."""

import random
import uuid
from collections import defaultdict
from datetime import timedelta

from django.db import transaction

from accounts.attending import begin_of, day_of
from accounts.models import ActiveDay
from community.campaigns.models import Claim, Click, Conversion, Step
from community.campaigns.moments import id_at
from community.demo import words
from community.demo.laying.people import everyone
from community.forum.models import Post, Reaction

Kind = Step.Kind
# Of those who tapped: who really saw the page, and of these who opened the join page, by the app they read in.
SEEN = {"facebook": 0.88, "messenger": 0.86, "instagram": 0.9, "threads": 0.93, "line": 0.95}
OPENED = {"facebook": 0.05, "messenger": 0.04, "instagram": 0.07, "threads": 0.09, "line": 0.16}
ASKED, ENTERED = 0.55, 0.3  # those who give up write their address down, or mistype the code
PLACES = (("direct", 46), ("www.google.com", 34), ("www.dcard.tw", 6), ("www.ptt.cc", 6), ("tw.news.yahoo.com", 4))
VISITS = 900  # without a link, in ninety days
BACK = 0.22  # of the days on which a member was here, how often they had typed the address
BATCH = 2_000


@transaction.atomic
def lay(now):
    """All steps at once, or none: where there is an old one, they have been laid."""
    if Step.objects.until(now - timedelta(days=1)).exists():
        return
    rows = [step for step in (*_after_links(), *_without_links(now), *_returns()) if step.at <= now]
    Step.objects.bulk_create(rows, batch_size=BATCH)


def _after_links():
    joined = _joined_at()
    fields = ("id", "visitor", "at", "link_id", "app", "os", "device", "language")
    for tap in Click.objects.human().order_by("id").values(*fields):
        dice = random.Random(f"{tap['visitor']}:{tap['link_id']}")
        at = joined.pop(tap["visitor"], None)
        if at and not timedelta() < at - tap["at"] < timedelta(hours=2):
            at = None
        yield from _walk(tap, dice, at)


def _joined_at() -> dict[uuid.UUID, object]:
    """When those joined whose browsers we know, by browser."""
    at = dict(Conversion.objects.joined().values_list("member_id", "at"))
    return {visitor: at[member] for visitor, member in Claim.objects.all().whose().items() if member in at}


def _walk(tap, dice, joined_at):
    seen = dice.random() < SEEN.get(tap["app"], 0.97)
    if not (seen or joined_at):
        return
    at = tap["at"] + timedelta(seconds=dice.uniform(0.6, 3.5))
    yield _step(Kind.PAINTED, at, tap)
    if joined_at:
        span = (joined_at - at) / 4
        for number, kind in enumerate((Kind.JOIN_OPENED, Kind.CODE_ASKED, Kind.CODE_ENTERED, Kind.JOINED), start=1):
            yield _step(kind, at + span * number, tap)
        return
    if dice.random() > OPENED.get(tap["app"], 0.1):
        return
    for kind, chance in ((Kind.JOIN_OPENED, ASKED), (Kind.CODE_ASKED, ENTERED), (Kind.CODE_ENTERED, 0)):
        at += timedelta(seconds=dice.uniform(8, 150))
        yield _step(kind, at, tap)
        if dice.random() > chance:
            return


def _step(kind, at, tap, **more) -> Step:
    told = {"click": tap["id"], "link_id": tap["link_id"], "path": "/join/" if kind != Kind.PAINTED else "/"}
    told |= {name: tap[name] for name in ("visitor", "app", "os", "device", "language")}
    return Step(id=id_at(at), at=at, kind=kind, **told | more)


def _without_links(now):
    """People who searched, were sent by somebody else, or typed the address."""
    dice = random.Random("without links")
    names, weights = zip(*PLACES, strict=True)
    for _ in range(VISITS):
        at = now - timedelta(days=dice.betavariate(1, 1.3) * 90, minutes=dice.uniform(2, 600))
        yield _visit(uuid.UUID(int=dice.getrandbits(128), version=4), at, dice.choices(names, weights)[0], dice)


def _returns():
    """Members who come back on their own: no link is thanked for that, and none loses by it."""
    dice, whose = random.Random("returns"), {}
    for visitor, member in Claim.objects.all().whose().items():
        whose.setdefault(member, visitor)
    for member, day in ActiveDay.objects.of_members(list(whose)).order_by("day", "member").values_list("member", "day"):
        if dice.random() < BACK:
            yield _visit(whose[member], begin_of(day) + timedelta(hours=dice.uniform(7, 23)), "direct", dice)


def _visit(visitor, at, source, dice) -> Step:
    os, device = dice.choice((("ios", "phone"), ("android", "phone"), ("windows", "desktop"), ("macos", "desktop")))
    path = dice.choice(("/", "/", "/forum/", "/articles/", "/too-sour/"))
    return Step(
        id=id_at(at),
        at=at,
        kind=Kind.PAINTED,
        visitor=visitor,
        source=source,
        path=path,
        os=os,
        device=device,
        language="zh-TW",
    )


@transaction.atomic
def lay_days(now):
    """On which days members were here: whenever they said something, and on others, the less the less they care."""
    people = everyone()
    known = set(ActiveDay.objects.values_list("member", flat=True))
    said = _said_on()
    rows = []
    for person in words.people():
        member = people[person.name]
        if member.pk in known:
            continue
        dice, born, today = random.Random(f"days:{person.mail}"), day_of(member.joined_at), day_of(now)
        keen = {1: 0.07, 2: 0.3, 3: 0.5}[person.rank] * dice.uniform(0.5, 1.5)
        lasts = (
            dice.expovariate(1 / 12)
            if person.via == "cat-latte"
            else dice.expovariate(1 / {1: 45, 2: 400}.get(person.rank, 900))
        )
        if person.name in words.onlookers():
            keen, lasts = keen * 0.4, min(lasts, dice.expovariate(1 / 9))
        days = {born} | said[member.pk]
        for age in range(1, (today - born).days):
            if age <= lasts and dice.random() < keen + 0.5 / (age + 1):
                days.add(born + timedelta(days=age))
        rows += [ActiveDay(member=member, day=day) for day in sorted(days) if born <= day <= today]
    ActiveDay.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _said_on() -> dict[int, set]:
    found = defaultdict(set)
    for member, at in (*Post.objects.values_list("author", "made_at"), *Reaction.objects.values_list("member", "at")):
        found[member].add(day_of(at))
    return found
