"""What somebody's data may be used for: asked when it is used, not when it was gathered."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from accounts import joining
from accounts.models import BrowserConsent, Consent, Purpose

VERSION = "2026-11"  # of the wording on the page of choices
ASKED = (Purpose.MEASURING, Purpose.ADS)  # of everyone
OF_MEMBERS = (*ASKED, Purpose.MARKETING)  # what only members can say


def allows(*, member=None, visitor=None, purpose) -> bool:
    """Whether this person agreed to a purpose, and has not taken it back.

    A member's own word counts wherever they are; a browser's only where its member never said anything.
    """
    if member is not None and Consent.objects.decided(member, purpose).exists():
        return Consent.objects.standing(member, purpose).exists()
    return visitor is not None and BrowserConsent.objects.standing(visitor, purpose).exists()


def may_share(member) -> bool:
    """Whether ad platforms may be told of this member, today.

    A browser of theirs that asks not to be shared takes the consent back, see choosing; so it need not be asked here.
    """
    return member.is_active and not member.is_minor and allows(member=member, purpose=Purpose.ADS)


def offered_to(member) -> tuple:
    """The purposes that may be asked of somebody."""
    return tuple(each for each in (OF_MEMBERS if member else ASKED) if each not in _closed_to(member))


@transaction.atomic
def choose(*, visitor=None, member=None, purposes, among=ASKED, version=VERSION):
    """What is among `purposes` is agreed to, what else stands `among` those asked for is taken back."""
    wanted = {Purpose(purpose) for purpose in purposes} - _closed_to(member)
    for purpose in among:
        if member is not None:
            if purpose in wanted:
                joining.agree(member=member, purpose=purpose, version=version)
            else:
                joining.withdraw(member=member, purpose=purpose)
        if visitor is not None and purpose in ASKED:
            _note(visitor, purpose, purpose in wanted, version)


def _closed_to(member) -> set:
    return {Purpose.ADS, Purpose.MARKETING} if member is not None and member.is_minor else set()


def _note(visitor, purpose, given: bool, version: str, at: datetime | None = None):
    standing = BrowserConsent.objects.standing(visitor, purpose).exists()
    if given and standing:
        return
    BrowserConsent.objects.open(visitor, purpose).update(withdrawn_at=now())
    if given:
        BrowserConsent.objects.create(visitor=visitor, purpose=purpose, version=version, given_at=at or now())


@transaction.atomic
def follow(*, member, visitor):
    """What was agreed to with a browser is its member's word too, where they have not said anything of it yet."""
    if visitor is None:
        return
    for purpose in ASKED:
        row = BrowserConsent.objects.standing(visitor, purpose).first()
        if row and purpose not in _closed_to(member) and not Consent.objects.decided(member, purpose).exists():
            Consent.objects.create(member=member, purpose=purpose, version=row.version, given_at=row.given_at)


@transaction.atomic
def say_age(*, member, is_minor: bool):
    """Under 18: whatever went beyond being a member ends at once."""
    if member.is_minor != is_minor:
        member.is_minor = is_minor
        member.save(update_fields=["is_minor"])
    if is_minor:
        for purpose in _closed_to(member):
            joining.withdraw(member=member, purpose=purpose)


def refuse_sharing(*, member):
    """A browser of theirs asks every site not to share."""
    joining.withdraw(member=member, purpose=Purpose.ADS)


def on_arrival(sender, *, member, visitor=None, **_signal):
    """Receiver of joined and signed_in."""
    follow(member=member, visitor=visitor)
