"""Who hears at the bell of what was said: whoever was answered, and whoever began the talk."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.forum import access, reading
from community.forum.models import Mention, Post
from community.notices import ringing
from community.notices.models import Ring

ANSWERED, ANSWERS = "answered", "answers"
SENTENCES = {
    ANSWERED: _("%(name)s answered you in “%(title)s”"),
    ANSWERS: _("%(name)s wrote in your discussion “%(title)s”"),
}


def said_on_commit(post: Post):
    """After the reply stands, each ring for itself: bells are locked one at a time, so that no two replies wait in a ring."""
    transaction.on_commit(partial(said, post.pk), robust=True)


def said(post_id: int):
    """Rings once until they have been there again: ten answers overnight are one ring, which leads to the first.

    Who is named in the post has heard of it by that; and nobody learns of whom a bell stayed silent.
    """
    post = Post.objects.for_results().select_related("reply_to__author__tier", "thread__author__tier").get(pk=post_id)
    thread = post.thread
    wanted = {thread.author_id: (thread.author, ANSWERS)}
    if post.reply_to:
        wanted[post.reply_to.author_id] = (post.reply_to.author, ANSWERED)
    for member_id in [post.author_id, *Mention.objects.in_post(post).values_list("member", flat=True)]:
        wanted.pop(member_id, None)
    if not wanted or thread.is_gone:
        return
    for member in access.may_be_rung(post.author, [member for member, _kind in wanted.values()]):
        if access.may_see(member, thread):
            _ring(member, wanted[member.pk][1], thread, post)


def _ring(member, kind, thread, post):
    ringing.ring(
        member=member,
        kind=kind,
        params={"name": str(post.author), "title": thread.title, "number": post.number},
        url=post.get_absolute_url(),
        about=f"thread-{thread.pk}-{reading.reached(member, thread)}",
    )


def heard(*, thread, member, number):
    """What rang for posts up to this one is read with them, wherever they were read."""
    rings = Ring.objects.unread().about(f"thread-{thread.pk}-").within(number)
    if rings.of(member).exists():
        ringing.read(member=member, rings=rings)
