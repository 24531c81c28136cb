"""The verbs of a question: this is the answer, and no, it is not."""

from django.db import transaction

from community.forum import access, discussing, finding, streams
from community.forum.kinds import following
from community.forum.models import Acceptance, Post
from community.notices import ringing

ACCEPTED = "answer_accepted"


@transaction.atomic
def accept(*, post, by, at=None) -> Post:
    """Says which post answered the question; another one that was said to have is let go of."""
    thread, post = _at_hand(post)
    access.require(access.against_accepting(by, post) or access.against_being_heard(by))
    if thread.solved_number == post.number:
        return post
    if thread.solved_number:
        _let_go(thread)
    Acceptance.objects.on(thread).delete()  # of an answer that is gone, should it ever come back
    Acceptance.objects.create(thread=thread, post=post, by=by, **({"at": at} if at else {}))
    thread.solved_number = post.number
    _mark(thread, post, Post.Part.ACCEPTED)
    if at is None and access.may_see(post.author, thread) and access.may_ring(by, post.author):
        ringing.ring(
            member=post.author,
            kind=ACCEPTED,
            params={"title": thread.title},
            url=post.get_absolute_url(),
            about=f"post-{post.pk}",
        )
    return post


@transaction.atomic
def withdraw(*, post, by) -> Post:
    """It was not the answer after all."""
    thread, post = _at_hand(post)
    access.require(access.against_accepting(by, post) or access.against_being_heard(by))
    if thread.solved_number == post.number:
        _let_go(thread)
        post = thread.posts.for_reading().get(pk=post.pk)
    return post


def _at_hand(post):
    return discussing.located(post)


def _let_go(thread):
    post = thread.posts.get(number=thread.solved_number)
    post.thread = thread
    following.unsolve(thread, post)
    _mark(thread, post, "")


def _mark(thread, post, part):
    post.part = part
    post.sequence = discussing.turn(thread)
    post.save(update_fields=["part", "sequence"])
    thread.save(update_fields=["sequence", "solved_number"])
    finding.note_talk(thread)
    streams.tell_on_commit(post)
