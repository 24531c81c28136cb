"""The members of the demo, who came, stayed and rose."""

import random
import uuid
from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import transaction

from accounts import climbing, joining
from accounts.models import Member, Standing, Tier
from community.demo import clock, words

SPACE = uuid.UUID("d3f0f9a2-6c1b-5a57-9d5e-20c0ffee2040")  # whose names everything of the demo is found again by


def named(*parts) -> uuid.UUID:
    """The same identifier for the same thing, in every run."""
    return uuid.uuid5(SPACE, ":".join(map(str, parts)))


def find(person) -> Member | None:
    return Member.objects.with_email(person.email).first()


def everyone() -> dict[str, Member]:
    """The members of the demo who are here, by the name the files call them."""
    by_email = {member.email: member for member in Member.objects.exclude(email=None).select_related("tier")}
    return {person.name: by_email[person.email] for person in words.people() if person.email in by_email}


def joined_at(person, now):
    return clock.ago(now, timedelta(days=person.days))


def lay(people, now):
    here = everyone()
    tiers = {tier.rank: tier for tier in Tier.objects.all()}
    for person in people:
        if person.name not in here:
            _admit(person, now, tiers)


@transaction.atomic
def _admit(person, now, tiers):
    dice, at = random.Random(person.mail), joined_at(person, now)
    member = joining.admit(
        email=person.email,
        name=person.name,
        handle=person.known_as if joining.handle_is_free(person.known_as) else "",
        visitor=named("visitor", person.mail) if person.via else None,
        marketing=dice.random() < 0.4,
        at=at,
    )
    for rank in range(2, person.rank + 1):
        # Nobody rises on the day they come; the last step is the longest.
        risen = at + (now - at) * (0.22 if rank == 2 else 0.6) * dice.uniform(0.8, 1.2)
        climbing.grant(member=member, tier=tiers[rank], source=Standing.Source.CLIMBED, at=risen)
    if person.works_here:
        member.mark, member.is_staff, member.is_superuser = person.mark, True, person.admin
        member.save()
        member.groups.set([Group.objects.get(name=name) for name in person.groups])
