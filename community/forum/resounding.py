"""Who hears at the bell that others reacted: the author of a post, gathered into one ring for it, and never by mail."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from community.forum import access
from community.forum.models import Post, Reaction
from community.notices import ringing

ONE, MANY = "reacted", "reacted_many"
SENTENCES = {
    ONE: _("%(name)s reacted to your post in “%(title)s”"),
    MANY: _("%(name)s and %(others)s more reacted to your post in “%(title)s”"),
}


def reacted_on_commit(post: Post, member):
    """After a reaction was given, changed or taken back."""
    if member.pk != post.author_id:
        transaction.on_commit(partial(settle, post.pk), robust=True)


@transaction.atomic
def settle(post_id: int):
    """Says who has reacted since the author last read of it; with nobody left, what nobody has read is taken back."""
    post = Post.objects.for_results().select_related("author__tier", "thread__removal", "removal").get(pk=post_id)
    about = f"reactions-{post.pk}"
    rung = ringing.locked(member=post.author, about=about)
    since = _since(rung)
    given = _given(post, since)
    many = given.count() if given is not None else 0
    if not many:
        ringing.take_back(ring=rung)
        return
    latest = given.latest_first().with_faces().first()
    ringing.gather(
        ring=rung,
        member=post.author,
        kind=MANY if many > 1 else ONE,
        params={"name": str(latest.member), "others": many - 1, "title": post.thread.title, "since": since},
        url=post.get_absolute_url(),
        about=about,
    )


def _since(rung) -> str:
    """The moment after which reactions are news; none for all there are."""
    if rung is None:
        return ""
    return rung.read_at.isoformat() if rung.is_read else rung.params.get("since", "")


def _given(post, since):
    """Reactions that the author is to hear of; None where they hear of none at all."""
    if not post.author.hears_reactions or post.is_gone or post.thread.is_gone:
        return None
    if not access.may_see(post.author, post.thread):
        return None
    rows = Reaction.objects.to(post).by_those_here().but_of({post.author_id, *access.silent_for(post.author)})
    return rows.given_after(datetime.fromisoformat(since)) if since else rows
