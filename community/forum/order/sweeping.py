"""Taking away everything of a member at one stroke, and bringing back exactly that."""

from django.db import transaction
from django.utils.timezone import now

from accounts import recording
from community.forum import access, discussing, streams
from community.forum.kinds import following
from community.forum.models import Case, Held, Post, Removal, Sweep, Thread
from community.forum.order import penalising, settling, telling

REMOVE = Case.Decision.REMOVE


def _require(by, member):
    if not access.keeps_order(by):
        raise access.HostsOnly
    access.require(penalising.against_penalising(by, member))


@transaction.atomic
def sweep(*, member, by, reason) -> Sweep:
    """Removes every post of a member that still stands, the threads nobody else spoke in, and what waited for a host.

    Each removal carries the batch. What was taken away before has a removal of its own, and is left out of it. Asked
    again, only what has come since is swept.
    """
    _require(by, member)
    batch = Sweep.objects.create(member=member, by=by, reason=reason)
    for thread in Thread.objects.with_standing_posts_of(member):
        batch.posts += _sweep_thread(discussing.locked(thread), member, batch)
    for thread in Thread.objects.alone_with(member):
        Removal.objects.create(thread=thread, by=by, hand=Removal.Hand.MODERATOR, reason=reason, sweep=batch)
        batch.threads += 1
    batch.held = Held.objects.for_a_host().of_member(member).sweep(batch)
    batch.cases = _settle_cases(batch)
    batch.save()
    told = {"posts": batch.posts, "threads": batch.threads, "held": batch.held, "cases": batch.cases}
    recording.record(by=by, act="member.swept", member=member, thing=f"sweep-{batch.pk}", why=reason, after=told)
    if batch.posts or batch.threads:
        telling.tell(member, "order_swept", about=f"sweep-{batch.pk}", reason=reason)
    return batch


def _settle_cases(batch) -> int:
    """Nobody need close one by one what was reported of all this. Reporters hear; the author has heard of the whole."""
    many = 0
    for case in Case.objects.that_go_with(batch):
        if not Case.objects.settle(case.pk, by=batch.by, decision=REMOVE, reason=batch.reason):
            continue  # another host was quicker
        Case.objects.with_ids([case.pk]).update(sweep=batch)
        Removal.objects.hidden_by_reports(case).update(hand=Removal.Hand.MODERATOR, by=batch.by, reason=batch.reason)
        settling.thank(case, REMOVE)
        many += 1
    return many


def _open_cases_again(batch):
    """What reports had hidden before is hidden by reports again."""
    for case in Case.objects.settled_with(batch):
        if case.hid_at:
            Removal.objects.taken_over_by(batch, case).update(hand=Removal.Hand.REPORTS, by=None, reason="")
    Case.objects.open_again(batch)


def _sweep_thread(thread, member, batch) -> int:
    posts = list(thread.posts.readable().of_author(member).order_by("number"))
    if not posts:
        return 0
    told = {"by": batch.by, "hand": Removal.Hand.MODERATOR, "reason": batch.reason, "at": now(), "sweep": batch}
    Removal.objects.bulk_create([Removal(post=post, **told) for post in posts])
    _renumber(thread, posts)
    return len(posts)


def _renumber(thread, posts):
    """Every post has changed, and pages that are open are told of the last one: by its number they ask for the rest."""
    for post in posts:
        post.sequence = discussing.turn(thread)
    Post.objects.bulk_update(posts, ["sequence"], batch_size=500)
    if thread.kind in (Thread.Kind.QUESTION, Thread.Kind.GATHERING):
        for post in posts:
            following.settled(thread, post)
    discussing.refresh_row(thread)
    thread.save()
    streams.tell_on_commit(posts[-1])


@transaction.atomic
def undo(*, batch, by) -> bool:
    """Brings back what the batch took, and nothing else; of two who ask at once, one does it."""
    _require(by, batch.member)
    if not Sweep.objects.undo(batch.pk, by):
        return False
    for thread in Thread.objects.swept_by(batch):
        thread = discussing.locked(thread)
        posts = list(thread.posts.swept_by(batch).order_by("number"))
        Removal.objects.of_posts_in(batch, thread).delete()
        if posts:
            _renumber(thread, posts)
    for removal in Removal.objects.of_threads_in(batch):
        removal.delete()  # one by one, so that pages for strangers are made anew
    _open_cases_again(batch)
    Held.objects.swept_by(batch).update(refused_at=None, refused_by=None, refusal="", sweep=None)
    recording.record(by=by, act="member.unswept", member=batch.member, thing=f"sweep-{batch.pk}")
    if batch.posts or batch.threads:
        telling.tell(batch.member, "order_unswept", about=f"sweep-{batch.pk}")
    return True
