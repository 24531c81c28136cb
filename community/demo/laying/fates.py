"""What became of people: whom they brought, what they bought, what they agreed to, and the steps of all of them."""

import random
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from accounts.consenting import VERSION
from accounts.models import BrowserConsent, Consent, Purpose
from community.campaigns import agents, crediting, moments, referring
from community.campaigns.earning import CURRENCY
from community.campaigns.models import Claim, Click, Conversion
from community.demo import knocks, words
from community.demo.laying.people import everyone, named
from community.insights import stepping
from community.insights.models import Annotation

MEASURED, SHARED = 0.64, 0.36  # of those who came through a link, who agreed to what
BUYS = {1: 0.12, 2: 0.5, 3: 0.8}  # of each tier, who orders beans online


def lay_friends(now):
    """Members' own links, and the friends who came through them."""
    people = everyone()
    for person in words.members():
        if person.by:
            _lay_friend(person, people[person.name], people[person.by])


@transaction.atomic
def _lay_friend(person, friend, inviter):
    visitor = named("friend", person.mail)
    if Claim.objects.of_visitors([visitor]).exists():
        return
    link = referring.make_invite(member=inviter)
    dice = random.Random(f"friend:{person.mail}")
    knock, at = knocks.person("member", dice), friend.joined_at - timedelta(minutes=dice.uniform(3, 30))
    agent = agents.read(knock.agent)
    Click.objects.create(
        id=moments.id_at(at),
        at=at,
        link=link,
        visitor=visitor,
        agent=agent.kind,
        app=agent.app,
        os=agent.os,
        device=agent.device,
        language=knock.language,
        agent_said=knock.agent,
        fresh=True,
    )
    crediting.claim(member=friend, visitor=visitor)
    row = referring.note(member=friend)
    if row and person.doubt:
        # The networks of those days are forgotten; what they had told was noted at the time.
        row.flags = [person.doubt]
        row.save(update_fields=["flags"])


def lay_steps(now):
    """Written down as on any other night; and the friends who have settled in are counted."""
    stepping.rebuild()
    referring.count_due()


def lay_orders(now):
    """The shop's orders: some members buy every few weeks, and a few send something back."""
    people, told = everyone(), words.front_door()["shop"]
    rows, number = [], 1000
    for person in words.members():
        dice, member = random.Random(f"orders:{person.mail}"), people[person.name]
        if dice.random() > BUYS[person.rank]:
            continue
        at = member.joined_at + timedelta(days=dice.uniform(2, 25), hours=dice.uniform(0, 5))
        while at < now and len(rows) < 400:
            number += 1
            amount = Decimal(sum(dice.choices(told["goods"], k=dice.choice((1, 1, 2, 3)))))
            if at > now - timedelta(days=90):
                rows.append(_order(member, f"FY{number}", amount, at))
            at += timedelta(days=dice.uniform(18, 55))
    dice = random.Random("refunds")
    for row in dice.sample(rows, min(told["refunds"], len(rows))):
        rows.append(_order(row.member, f"{row.ref}-R", -row.amount, min(row.at + timedelta(days=5), now)))
    if not Conversion.objects.of_kind(Conversion.Kind.REVENUE).exists():
        Conversion.objects.bulk_create(rows, ignore_conflicts=True)


def _order(member, ref, amount, at) -> Conversion:
    kind = Conversion.Kind.REVENUE
    return Conversion(member=member, kind=kind, ref=ref, amount=amount, currency=CURRENCY, at=at)


@transaction.atomic
def lay_consents(now):
    """Some agree to be known again, fewer to be told of to Facebook, and most to nothing."""
    people = everyone()
    asked = (Purpose.MEASURING, Purpose.ADS)
    known = {row.member_id for row in Consent.objects.select_related(None) if row.purpose in asked}
    rows, browsers = [], []
    for person in words.members():
        member = people[person.name]
        if member.pk in known or not (person.via or person.by):
            continue
        dice = random.Random(f"consents:{person.mail}")
        agreed = [purpose for purpose, share in zip(asked, (MEASURED, SHARED), strict=True) if dice.random() < share]
        told = {"version": VERSION, "given_at": member.joined_at}
        rows += [Consent(member=member, purpose=purpose, **told) for purpose in agreed]
        visitor = named("visitor" if person.via else "friend", person.mail)
        browsers += [BrowserConsent(visitor=visitor, purpose=purpose, **told) for purpose in agreed]
    Consent.objects.bulk_create(rows, ignore_conflicts=True)
    BrowserConsent.objects.bulk_create(browsers, ignore_conflicts=True)


def lay_notes(now):
    by = everyone()["柏宇"]
    if not Annotation.objects.exists():
        Annotation.objects.bulk_create(
            Annotation(day=localdate(now) - timedelta(days=told["days"]), text=told["words"], by=by)
            for told in words.front_door()["note"]
        )
