"""The verbs of keeping order: take away, bring back, close, open."""

from django.db import transaction

from community.forum import access, discussing, streams
from community.forum.kinds import following
from community.forum.models import Lock, Removal


def _hand(thing, by) -> str:
    return Removal.Hand.AUTHOR if thing.author_id == by.pk else Removal.Hand.MODERATOR


def _changed(thread, post):
    """Everything that follows when a post goes or comes back."""
    post.sequence = discussing.turn(thread)
    post.save(update_fields=["sequence"])
    following.settled(thread, post)
    discussing.refresh_row(thread)
    thread.save()
    streams.tell_on_commit(post)


@transaction.atomic
def remove(*, post, by, reason=""):
    """Takes a post away; its place and its words are kept."""
    thread = discussing.locked(post.thread)
    post = thread.posts.for_reading().get(pk=post.pk)
    if not access.may_remove(by, post):
        raise access.NotYours()
    if not post.is_gone:
        Removal.objects.create(post=post, by=by, hand=_hand(post, by), reason=reason)
        _changed(thread, post)
    return post


@transaction.atomic
def restore(*, post, by):
    thread = discussing.locked(post.thread)
    post = thread.posts.for_reading().get(pk=post.pk)
    if post.is_gone:
        if not access.may_restore(by, post.removal):
            raise access.HostsOnly()
        post.removal.delete()
        post = thread.posts.for_reading().get(pk=post.pk)
        _changed(thread, post)
    return post


@transaction.atomic
def remove_thread(*, thread, by, reason=""):
    thread = discussing.locked(thread)
    if not access.may_remove_thread(by, thread):
        raise access.HostsOnly()
    if not thread.is_gone:
        Removal.objects.create(thread=thread, by=by, hand=_hand(thread, by), reason=reason)
    return thread


@transaction.atomic
def restore_thread(*, thread, by):
    thread = discussing.locked(thread)
    if thread.is_gone:
        if not access.may_restore(by, thread.removal):
            raise access.HostsOnly()
        thread.removal.delete()
    return thread


@transaction.atomic
def lock(*, thread, by, reason=""):
    thread = discussing.locked(thread)
    if not access.may_lock(by, thread):
        raise access.HostsOnly()
    if not thread.is_locked:
        Lock.objects.create(thread=thread, by=by, reason=reason)
    return thread


@transaction.atomic
def unlock(*, thread, by):
    thread = discussing.locked(thread)
    if thread.is_locked:
        if not access.may_unlock(by, thread):
            raise access.HostsOnly()
        thread.lock.delete()
    return thread
