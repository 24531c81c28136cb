"""How a person becomes a member, and how they come back."""

import secrets
from functools import partial

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.timezone import now
from django.utils.translation import gettext, override

from accounts import signals
from accounts.models import Consent, Member, Standing, Tier
from community.commons import chinese

TERMS_VERSION = "2026-11"
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no look-alikes: people read these aloud


def _free_handle() -> str:
    return "hg-" + "".join(secrets.choice(_ALPHABET) for _ in range(8))


def _first_name(locale: str) -> str:
    with override(locale):
        return gettext("Newcomer %(number)s") % {"number": f"{secrets.randbelow(9000) + 1000}"}


def admit(*, email, visitor=None, locale="zh-hant", marketing=False, name="", handle="", at=None) -> Member:
    """The only way a member comes to be: the person, their first tier, their consents, and their proven address.

    `email` may be None for accounts that bring none, and counts as proven. Asking twice for one address gives the same
    member: two codes entered at once must not make two people.
    """
    try:
        with transaction.atomic():
            member = _admit(email=email, locale=locale, marketing=marketing, name=name, handle=handle, at=at or now())
            transaction.on_commit(partial(signals.joined.send_robust, Member, member=member, visitor=visitor))
    except IntegrityError:
        member = Member.objects.with_email(email).first() if email else None
        if member is None:
            raise
    return member


def _admit(*, email, locale, marketing, name, handle, at) -> Member:
    tier = Tier.objects.order_by("rank").first()
    name = (name or "").strip()
    member = Member(
        email=email.lower() if email else None,
        handle=handle or _free_handle(),
        name=name or _first_name(locale),
        named_at=at if name else None,
        locale=locale,
        tier=tier,
        joined_at=at,
        proven_at=at if email else None,
    )
    member.set_unusable_password()
    member.save()
    if email:
        EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    if tier:
        Standing.objects.create(member=member, tier=tier, since=at, source=Standing.Source.JOINED)
    Consent.objects.create(member=member, purpose=Consent.Purpose.TERMS, version=TERMS_VERSION, given_at=at)
    if marketing:
        Consent.objects.create(member=member, purpose=Consent.Purpose.MARKETING, version=TERMS_VERSION, given_at=at)
    return member


def welcome_back(*, member, visitor=None):
    """Says to the rooms that a member has signed in with this browser."""
    transaction.on_commit(partial(signals.signed_in.send_robust, Member, member=member, visitor=visitor))


@transaction.atomic
def agree(*, member, purpose, version=TERMS_VERSION):
    """Notes a consent; once given it stands until withdrawn."""
    if not Consent.objects.standing(member, purpose).exists():
        Consent.objects.create(member=member, purpose=purpose, version=version)


def withdraw(*, member, purpose):
    Consent.objects.standing(member, purpose).update(withdrawn_at=now())


@transaction.atomic
def present(*, member, name, handle="", locale="", time_zone="", is_seen=None, hears_reactions=None):
    """How a member wants to be called, read and seen, and what they want to hear."""
    member.name = name
    member.named_at = member.named_at or now()
    member.handle = handle or member.handle
    member.locale = locale or member.locale
    member.time_zone = time_zone or member.time_zone
    member.is_seen = member.is_seen if is_seen is None else is_seen
    member.hears_reactions = member.hears_reactions if hears_reactions is None else hears_reactions
    member.save()
    return member


def sign_out_everywhere(*, member):
    """Ends every session of a member on every device; open sockets hear of it at once."""
    member.seal = get_random_string(12)
    member.save(update_fields=["seal"])


def handle_is_free(handle: str, *, but=None) -> bool:
    return bool(chinese.fold(handle)) and not Member.objects.named(handle).exclude(pk=but.pk if but else None).exists()


def name_is_free(name: str, *, but=None) -> bool:
    """Two members may be called the same, but nobody like those who speak for the house."""

    def seen(name):
        return "".join(chinese.fold(name).split())

    house = Member.objects.of_the_house().exclude(pk=but.pk if but else None).values_list("name", flat=True)
    return seen(name) not in map(seen, house)
