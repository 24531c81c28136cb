"""What speaks against counting a friend: the inviter themselves, their household, a circle, or too many at once."""

from datetime import UTC, timedelta

from django.db import DatabaseError
from django.utils.timezone import now

from community.campaigns import arriving, clicks, salts
from community.campaigns.models import Claim, Click, Flag, Referral, Whereabouts

MANY, WITHIN = 5, timedelta(hours=1)  # so many friends in so short a time is a burst
CHAIN = 20  # inviters of inviters are followed this far
KEPT = timedelta(days=7)


def look(row: Referral, first=None, *, visitor=None) -> list[str]:
    """Adds to a referral what speaks against it now; what was noticed once stays noticed. Gives all of it."""
    found = set(row.flags) | set(_found(row, first, visitor))
    flags = [flag.value for flag in Flag if flag in found]
    if flags != row.flags:
        row.flags = flags
        row.save(update_fields=["flags"])
    return flags


def _found(row, first, visitor):
    if visitor and Claim.objects.of_members([row.referrer_id]).of_visitors([visitor]).exists():
        yield Flag.SELF
    if mailbox(row.friend.email) and mailbox(row.friend.email) == mailbox(row.referrer.email):
        yield Flag.ALIAS
    yield from _same_network(row, first)
    if _is_loop(row):
        yield Flag.LOOP
    yield from _burst(row)


def mailbox(address: str | None) -> str:
    """Where a letter really ends up: what follows a plus sign, and Gmail's dots, make no other mailbox."""
    name, _at, host = (address or "").lower().rpartition("@")
    if not name:
        return ""
    name = name.partition("+")[0]
    host = "gmail.com" if host == "googlemail.com" else host
    return f"{name.replace('.', '') if host == 'gmail.com' else name}@{host}"


def _same_network(row, first):
    """Addresses are compared within one day only, under that day's salt; a day later nobody can."""
    friend = _seen(row.friend_id)
    if first and first.click and (click := Click.objects.with_ids([first.click]).first()) and click.address:
        friend.add((click.at.astimezone(UTC).date(), bytes(click.address), click.agent_said))
    if not friend:
        return
    places = {(day, address) for day, address, _agent in friend}
    inviter = _seen(row.referrer_id)
    if friend & inviter:
        yield Flag.SELF  # not only the network, the very browser
    elif places & {(day, address) for day, address, _agent in inviter}:
        yield Flag.HOUSEHOLD
    others = Referral.objects.by(row.referrer_id).but(row.friend_id)
    near = others.joined_between(row.at - KEPT, row.at + KEPT).values_list("friend_id", flat=True)
    if places & {(day, address) for other in near for day, address, _agent in _seen(other)}:
        yield Flag.SIBLING


def _seen(member) -> set[tuple]:
    rows = Whereabouts.objects.of_members([member]).values_list("day", "address", "agent_said")
    return {(day, bytes(address), agent) for day, address, agent in rows}


def _is_loop(row) -> bool:
    above = row.referrer_id
    for _step in range(CHAIN):
        above = Referral.objects.of_friend(above).values_list("referrer_id", flat=True).first()
        if above is None:
            return False
        if above == row.friend_id:
            return True
    return True  # a chain this long is no family tree


def _burst(row):
    """The whole burst is held, and not only its last friend."""
    close = Referral.objects.by(row.referrer_id).but(row.friend_id).joined_between(row.at - WITHIN, row.at)
    if close.count() + 1 < MANY:
        return
    for other in close.uncounted():
        if Flag.BURST not in other.flags:
            other.flags = [flag.value for flag in Flag if flag in {*other.flags, Flag.BURST}]
            other.save(update_fields=["flags"])
    yield Flag.BURST


def on_here(sender, *, member, request, **_signal):
    """Receiver of here: once a day, from which network a member came."""
    agent = request.META.get("HTTP_USER_AGENT", "")[:300].replace("\x00", "")
    address = arriving.address_of(request.META.get("HTTP_X_FORWARDED_FOR", ""), request.META.get("REMOTE_ADDR", ""))
    note_whereabouts(member=member, address=address, agent_said=agent)


def note_whereabouts(*, member, address: str, agent_said: str):
    today = salts.today()
    try:
        hashed = clicks.hash_of(address, salts.of(today))
    except DatabaseError:
        return
    if hashed.startswith("\\\\x"):
        row = Whereabouts(
            member=member, day=today, address=bytes.fromhex(hashed.removeprefix("\\\\x")), agent_said=agent_said
        )
        Whereabouts.objects.bulk_create([row], ignore_conflicts=True)


def forget() -> int:
    """Where members were is kept a week, which is enough to look at the friends who joined in it."""
    return Whereabouts.objects.before(now().astimezone(UTC).date() - KEPT).delete()[0]
