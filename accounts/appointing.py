"""What the desk decides about a member: their roles, the mark beside their name, whether they may come in."""

from django.db import transaction
from django.utils.translation import pgettext_lazy

ROLES = {
    "editor": pgettext_lazy("role", "Editor"),
    "marketer": pgettext_lazy("role", "Marketer"),
    "moderator": pgettext_lazy("role", "Moderator"),
    "administrator": pgettext_lazy("role", "Administrator"),
}


def called(role: str) -> str:
    """A role as people call it; what an administrator made is called as they named it."""
    return str(ROLES.get(role, role))


@transaction.atomic
def appoint(*, member, roles, mark):
    """Gives exactly these roles and this mark. Whoever has a role is staff, and reads what every tier reads."""
    roles = list(roles)
    member.groups.set(roles)
    member.mark = mark
    member.is_staff = member.is_superuser or bool(roles)
    member.save(update_fields=["mark", "is_staff"])


def admit_again(*, member):
    """Opens the door that `shut_out` closed."""
    member.is_active = True
    member.save(update_fields=["is_active"])


def shut_out(*, member):
    """From the next request on every browser of this member is a stranger's; what they said stays."""
    member.is_active = False
    member.save(update_fields=["is_active"])
