"""What the regular of the demo keeps for later, how they changed one of their own posts, and who reacted to one."""

from datetime import timedelta

from django.db import transaction

from community.demo.laying.people import everyone
from community.demo.words import keepsakes as told
from community.forum import bookmarking, resounding
from community.forum.models import Bookmark, Post, Revision

AFTER = timedelta(minutes=26)  # after it was sent


@transaction.atomic
def lay():
    """Once: what one has let go of since stays let go of."""
    words = told()
    member = everyone()[words["who"]]
    if Bookmark.objects.of_member(member).exists() or Revision.objects.by(member).exists():
        return
    own = list(Post.objects.for_the_record(member))
    for kept in words["kept"]:
        post = _beginning(own, kept["begins"])
        remind_at = bookmarking.next_week() if kept.get("when") else None
        bookmarking.keep(member=member, post=post, note=kept["note"], remind_at=remind_at)
    changed = _beginning(own, words["changed"]["begins"])
    _change(changed, words["changed"]["former"])
    for post in (changed, *reversed(own)):
        if post.tally:
            resounding.settle(post.pk)
            break


def _beginning(posts, words) -> Post:
    return next(post for post in posts if post.body.startswith(words))


def _change(post, former):
    """The rows of an edit at that time; the verb would make it one of today."""
    at = post.made_at + AFTER
    Revision.objects.create(post=post, body=former, by=post.author, at=at)
    post.edited_at = at
    post.save(update_fields=["edited_at"])
