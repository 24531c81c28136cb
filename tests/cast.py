"""The people of the tests, always the same: know them once.

ada is an old friend (rank 3), ben a regular (2), chen a newcomer (1); host answers for the brand, mod keeps order,
edda edits, mark markets, root administers. A stranger is a client without a member.
"""

from django.contrib.auth.models import Group

from accounts import climbing, joining
from accounts.models import Tier


def member(name, rank=1, **fields):
    person = joining.admit(email=f"{name}@cast.example", name=name.capitalize(), handle=name)
    if rank > 1:
        climbing.grant(member=person, tier=Tier.objects.get(rank=rank), reason="cast")
    for field, value in fields.items():
        setattr(person, field, value)
    if fields:
        person.save()
    return person


def staff(name, *roles, **fields):
    person = member(name, is_staff=True, **fields)
    person.groups.set(Group.objects.filter(name__in=roles))
    return person


def ada():
    return member("ada", rank=3)


def ben():
    return member("ben", rank=2)


def chen():
    return member("chen")


def host():
    return staff("host", "moderator", mark="烘豆師")


def mod():
    return staff("mod", "moderator")


def edda():
    return staff("edda", "editor")


def mark():
    return staff("mark", "marketer")


def root():
    return staff("root", "administrator", is_superuser=True)
