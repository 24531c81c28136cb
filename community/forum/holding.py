"""Act first, join after: what a visitor says is kept, and published once when they sign in."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now

from community.commons import limits
from community.commons.refusals import Refusal, TooOften
from community.forum import access, discussing
from community.forum.kinds import polling
from community.forum.models import Held, Reaction

KEPT_FOR = timedelta(days=7)
KEPT_FOR_A_HOST = timedelta(days=60)  # whose words wait for us must not lose them to our slowness
MOST_WAITING = 5  # of one visitor: nobody needs more before joining


def _in_measure(visitor, address, body):
    """Visitors are free to make, so their number is counted against the connection too."""
    limits.require("hold", str(visitor), most=20, seconds=600, kept=body)
    if address:
        limits.require("hold-from", address, most=60, seconds=600, kept=body)


def _keep(visitor, **what) -> Held:
    same = Held.objects.waiting().same(visitor=visitor, **what).first()
    if same:
        return same
    if Held.objects.waiting().of_visitor(visitor).count() >= MOST_WAITING:
        raise TooOften(kept=what.get("body", ""))
    return Held.objects.create(visitor=visitor, expires_at=now() + KEPT_FOR, **what)


@transaction.atomic
def hold_reply(*, visitor, thread, body, source="", reply_to=None, address="") -> Held:
    """Keeps a visitor's reply for the moment they have joined. The same words twice are kept once."""
    _in_measure(visitor, address, body)
    return _keep(visitor, kind=Held.Kind.REPLY, thread=thread, post=reply_to, body=body, source=source)


@transaction.atomic
def hold_reaction(*, visitor, post, kind, address="") -> Held:
    _in_measure(visitor, address, "")
    waiting = Held.objects.waiting().same(visitor=visitor, kind=Held.Kind.REACTION, post=post).first()
    if waiting:
        waiting.reaction = Reaction.Kind(kind)
        waiting.save(update_fields=["reaction"])
        return waiting
    return _keep(visitor, kind=Held.Kind.REACTION, thread=post.thread, post=post, reaction=Reaction.Kind(kind).value)


@transaction.atomic
def hold_vote(*, visitor, thread, options, address="") -> Held:
    """Keeps what a visitor chose in a poll; chosen anew, the later choice counts."""
    _in_measure(visitor, address, "")
    waiting = Held.objects.waiting().same(visitor=visitor, kind=Held.Kind.VOTE, thread=thread).first()
    if waiting:
        waiting.choices = options
        waiting.save(update_fields=["choices"])
        return waiting
    return _keep(visitor, kind=Held.Kind.VOTE, thread=thread, choices=options)


def publish_held(*, member, visitor) -> list[Held]:
    """Publishes all that waits for this browser, in the order it was done; returns what was published.

    One refusal, a thread closed meanwhile, keeps nothing else back: those words stay held, where their author finds them.
    """
    published = []
    if visitor is not None:
        for pk in Held.objects.waiting().of_visitor(visitor).order_by("made_at").values_list("pk", flat=True):
            try:
                published.append(publish(held=Held(pk=pk), member=member))
            except access.AwaitsAHost:
                Held.objects.same(pk=pk, published_at=None).update(member=member, expires_at=now() + KEPT_FOR_A_HOST)
            except Refusal:
                Held.objects.same(pk=pk, published_at=None).update(member=member)
    return published


def hold_for_a_host(*, member, visitor, thread, body, source="", reply_to=None) -> Held:
    """Keeps the words of a member who is held, for the host who will look at them."""
    held = hold_reply(visitor=visitor, thread=thread, body=body, source=source, reply_to=reply_to)
    held.member, held.expires_at = member, now() + KEPT_FOR_A_HOST
    held.save(update_fields=["member", "expires_at"])
    return held


def publish_all_of(*, member) -> list[Held]:
    """Publishes what waited for a member to be let through, on whichever browser it was written."""
    published = []
    for held in Held.objects.waiting().of_member(member).order_by("made_at"):
        try:
            published.append(publish(held=held, member=member))
        except Refusal:
            continue  # a thread closed meanwhile: its author finds the words where they left them
    return published


@transaction.atomic
def publish(*, held, member) -> Held:
    """Publishes one held act; done twice, or by two requests at once, it is said once."""
    held = Held.objects.for_reading().select_for_update(of=("self",)).get(pk=held.pk)
    if held.published_at:
        return held
    if held.kind == Held.Kind.REPLY:
        # The row's own id is the key, so even a half-remembered publication cannot happen again.
        held.published_post = discussing.reply(
            thread=held.thread, author=member, body=held.body, source=held.source, reply_to=held.post, key=held.pk
        )
    elif held.kind == Held.Kind.VOTE:
        polling.vote(thread=held.thread, member=member, options=held.choices)
        held.published_post = held.thread.posts.numbered_after(0).first()
    else:
        _react(held, member)
    held.member, held.published_at = member, now()
    held.save()
    return held


def _react(held, member):
    """A toggle pressed again would take back what the member had given before: what stands, stands."""
    mine = Reaction.objects.of(member, [held.post]).first()
    if mine is None or mine.kind != held.reaction:
        discussing.react(post=held.post, member=member, kind=held.reaction)
    else:
        access.require(access.against_reacting(member, held.post))
    held.published_post = held.post
