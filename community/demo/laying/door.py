"""Campaigns, tracked links, and everyone who ever tapped one."""

import random
import uuid
from datetime import timedelta

from django.db import connection, transaction

from community.campaigns import agents, clicks, crediting, linking, moments, partitions
from community.campaigns.agents import Kind
from community.campaigns.models import Campaign, Claim, TrackedLink
from community.demo import clock, knocks, words
from community.demo.laying import dressing, people, window
from community.demo.laying.people import everyone, named

AGAIN = 0.13  # of the taps, how many are by somebody who had come before
LATER = 12  # members of longer standing who came back through a link


def lay(now):
    partitions.ensure(now - timedelta(days=100), now)
    dressing.lay_partners(by=everyone()["柏宇"])
    marketer = everyone()["柏宇"]
    here = Campaign.objects.in_bulk([campaign.key for campaign in words.campaigns()], field_name="key")
    for told in words.campaigns():
        begun = clock.ago(now, timedelta(days=told.days))
        campaign = here.get(told.key) or linking.open_campaign(
            by=marketer,
            name=told.name,
            key=told.key,
            greeting_zh=told.greeting_zh,
            greeting_en=told.greeting_en,
            starts_on=begun.date(),
            made_at=begun - timedelta(days=2),
        )
        destination = window.landing_path(told.landing)
        for link in told.links:
            _lay_link(link, campaign=campaign, destination=destination, by=marketer, now=now)


@transaction.atomic
def _lay_link(told, *, campaign, destination, by, now):
    """The link and its past are made together: a link that is there has had its clicks."""
    if TrackedLink.objects.coded(told.code).exists():
        return
    link = linking.make_link(
        campaign=campaign,
        channel=told.channel,
        label=told.label,
        destination=destination,
        code=told.code,
        by=by,
        made_at=now - timedelta(days=told.since + 1),
    )
    dressing.dress(link, by=by, now=now)
    split = told.code == words.front_door()["links"]["split"]
    taps, met = sorted(_taps(told, now), key=lambda tap: tap[0]), set()
    with connection.cursor() as cursor, cursor.copy(clicks.COPY) as copy:
        for at, visitor, knock in taps:
            # Whoever was sent one way is sent the same way again.
            told_more = {"fresh": visitor not in met, "variant": visitor.int % 2 if split and visitor else None}
            copy.write(_row(link, at, visitor, knock, **told_more))
            met.add(visitor)


def _row(link, at, visitor, knock, **more) -> bytes:
    agent = agents.read(knock.agent)
    if agent.kind != Kind.HUMAN:
        visitor, more = None, {}
    return clicks.line(
        **more,
        id=moments.id_at(at),
        at=at.timestamp(),
        link=link.pk,
        visitor=visitor,
        kind=agent.kind,
        agent=agent,
        query=knock.query.encode(),
        language=knock.language,
        referrer=knock.referrer,
        # The salts of those days are destroyed by now, and with them what could be said of an address.
        address=clicks.hash_of("", None),
        agent_said=knock.agent,
    )


def _taps(told, now):
    """(when, by whom, how) of everything that ever asked for this link."""
    dice = random.Random(told.code)
    known = list(_known(told, dice, now))
    yield from known
    met = []
    for _ in range(max(told.clicks - len(known), 0)):
        at = knocks.moment(told, dice, now)
        if met and dice.random() < AGAIN:
            before, visitor, knock = dice.choice(met)
            later = min(before + timedelta(minutes=dice.expovariate(1 / 240)), now - timedelta(minutes=1))
            yield later, visitor, knock
        else:
            met.append((at, uuid.UUID(int=dice.getrandbits(128), version=4), knocks.person(told.channel, dice)))
            yield met[-1]
    for _ in range(round(told.clicks * told.bots / (1 - told.bots))):
        yield knocks.moment(told, dice, now), None, knocks.machine(told.channel, dice)


def _known(told, dice, now):
    """Those of whom we know what became: the ones who joined, and members who came back."""
    for person in words.members():
        if person.via == told.code:
            at = people.joined_at(person, now) - timedelta(minutes=dice.uniform(2, 40))
            yield at, named("visitor", person.mail), knocks.person(told.channel, dice)
    for person, code in _came_back():
        if code == told.code:
            yield knocks.moment(told, dice, now), named("later", person.mail), knocks.person(told.channel, dice)


def _came_back():
    """Old members, and the link each returned through."""
    codes = [link.code for campaign in words.campaigns() if campaign.key == "thursday" for link in campaign.links]
    old = [person for person in words.members() if not person.via and person.days > 100][:LATER]
    return [(person, codes[at % len(codes)]) for at, person in enumerate(old)]


def lay_claims():
    """Ties each browser to its member, also where a crash came between the joining and that."""
    here = everyone()
    wanted = [(here[person.name], named("visitor", person.mail)) for person in words.members() if person.via]
    wanted += [(here[person.name], named("later", person.mail)) for person, _code in _came_back()]
    known = Claim.objects.in_bulk([visitor for _member, visitor in wanted])
    for member, visitor in wanted:
        if visitor not in known:
            crediting.claim(member=member, visitor=visitor)
