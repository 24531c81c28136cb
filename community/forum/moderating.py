"""The verbs of keeping order: take away, bring back, close, open."""

from django.db import transaction

from accounts import recording
from community.commons import prose
from community.forum import access, discussing, streams
from community.forum.hosting import acting
from community.forum.kinds import following
from community.forum.models import Act, Lock, Removal, Thread
from community.forum.order import telling


def _hand(thing, by) -> str:
    return Removal.Hand.AUTHOR if thing.author_id == by.pk else Removal.Hand.MODERATOR


def _note(by, act, thing, why="", **told):
    """What a host does to what others wrote is written down; what people do with their own things is their own."""
    if by is None or thing.author_id != by.pk:
        kind = type(thing).__name__.lower()
        recording.record(by=by, act=f"{kind}.{act}", member=thing.author, thing=f"{kind}-{thing.pk}", why=why, **told)


def _tell(thing, removal):
    """Who wrote it hears from the host who took it away, and reads why."""
    if thing.author_id != removal.by_id:
        kind = "order_removed" if removal.reason else "order_taken"
        is_thread = isinstance(thing, Thread)
        place = "" if is_thread else thing.get_absolute_url()  # where a thread was, nothing says why it went
        said = thing.title if is_thread else prose.plain(thing.html)
        telling.tell(thing.author, kind, url=place, about=f"removal-{removal.pk}", reason=removal.reason, said=said)


def _changed(thread, post):
    """Everything that follows when a post goes or comes back."""
    post.sequence = discussing.turn(thread)
    post.save(update_fields=["sequence"])
    following.settled(thread, post)
    discussing.refresh_row(thread)
    thread.save()
    streams.tell_on_commit(post)


@transaction.atomic
def remove(*, post, by, reason="", tells=True):
    """Takes a post away; its place and its words are kept. Whoever decides more than that tells of all of it at once."""
    thread, post = discussing.located(post)
    if not access.may_remove(by, post):
        raise access.NotYours()
    if not post.is_gone:
        removal = Removal.objects.create(post=post, by=by, hand=_hand(post, by), reason=reason)
    elif _was_hidden(post, by):
        removal = _take_over(post.removal, by, reason)
    else:
        return post
    _changed(thread, post)
    _note(by, "removed", post, reason)
    if tells:
        _tell(post, removal)
    return post


def _was_hidden(thing, by) -> bool:
    return thing.removal.hand == Removal.Hand.REPORTS and access.keeps_order(by)


def _take_over(removal, by, reason):
    """What reports hid, a host now takes away."""
    removal.by, removal.hand, removal.reason = by, Removal.Hand.MODERATOR, reason
    removal.save(update_fields=["by", "hand", "reason"])
    return removal


@transaction.atomic
def hide(*, post) -> bool:
    """Takes a post out of sight before a host has looked, because reports weigh so much."""
    thread, post = discussing.located(post)
    if post.is_gone:
        return False
    Removal.objects.create(post=post, by=None, hand=Removal.Hand.REPORTS)
    _changed(thread, post)
    _note(None, "hidden", post)
    return True


@transaction.atomic
def hide_thread(*, thread) -> bool:
    thread = discussing.locked(thread)
    if thread.is_gone:
        return False
    Removal.objects.create(thread=thread, by=None, hand=Removal.Hand.REPORTS)
    _note(None, "hidden", thread)
    return True


@transaction.atomic
def restore(*, post, by):
    thread, post = discussing.located(post)
    if post.is_gone:
        if not access.may_restore(by, post.removal):
            raise access.HostsOnly()
        why = post.removal.reason
        post.removal.delete()
        thread, post = discussing.located(post)
        _changed(thread, post)
        _note(by, "restored", post, before={"removed": why})
    return post


@transaction.atomic
def remove_thread(*, thread, by, reason="", tells=True):
    thread = discussing.locked(thread)
    if not access.may_remove_thread(by, thread):
        raise access.HostsOnly()
    if not thread.is_gone:
        removal = Removal.objects.create(thread=thread, by=by, hand=_hand(thread, by), reason=reason)
    elif _was_hidden(thread, by):
        removal = _take_over(thread.removal, by, reason)
    else:
        return thread
    _note(by, "removed", thread, reason)
    if tells:
        _tell(thread, removal)
    return thread


@transaction.atomic
def restore_thread(*, thread, by):
    thread = discussing.locked(thread)
    if thread.is_gone:
        if not access.may_restore(by, thread.removal):
            raise access.HostsOnly()
        why = thread.removal.reason
        thread.removal.delete()
        _note(by, "restored", thread, before={"removed": why})
    return thread


@transaction.atomic
def lock(*, thread, by, reason=""):
    thread = discussing.locked(thread)
    if not access.may_lock(by, thread):
        raise access.HostsOnly()
    if not thread.is_locked:
        Lock.objects.create(thread=thread, by=by, reason=reason)
        _note(by, "locked", thread, reason)
        acting.note(thread, Act.Kind.LOCKED, by=by, reason=reason)
        thread.save(update_fields=["sequence"])
    return thread


@transaction.atomic
def unlock(*, thread, by):
    thread = discussing.locked(thread)
    if thread.is_locked:
        if not access.may_unlock(by, thread):
            raise access.HostsOnly()
        if hasattr(thread, "lock"):
            thread.lock.delete()
        thread.closes_at = None  # it had closed by the clock, and is open again
        _note(by, "unlocked", thread)
        acting.note(thread, Act.Kind.UNLOCKED, by=by)
        thread.save(update_fields=["closes_at", "sequence"])
    return thread
