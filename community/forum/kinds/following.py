"""What follows for a thread's kind when something is said, taken away or brought back in it; the thread is locked."""

from community.forum import access, finding, streams
from community.forum.kinds import frames
from community.forum.models import Acceptance, Ask, Gathering, Post, Thread


def _next(thread) -> int:
    thread.sequence += 1
    thread.save(update_fields=["sequence"])
    return thread.sequence


def changed_ask(thread, ask):
    """The next number is this question's, and everyone is shown it."""
    ask.sequence = _next(thread)
    ask.save()
    streams.tell_part_on_commit(frames.of_ask(thread, ask, ask.sequence))


def changed_gathering(thread, gathering):
    gathering.sequence = _next(thread)
    gathering.save()
    streams.tell_part_on_commit(frames.of_gathering(thread, gathering.sequence))


def said(thread, post):
    """A host who replies to a question at a gathering has answered it, and its turn is over."""
    asked = post.reply_to
    if thread.kind != Thread.Kind.GATHERING or asked is None or asked.part != Post.Part.ASKED:
        return
    gathering, ask = Gathering.objects.of(thread), Ask.objects.with_pk(asked.pk)
    if ask is None or not access.hosts(post.author, gathering):
        return
    if ask.answer_id is None:
        ask.answer = post
        changed_ask(thread, ask)
    if gathering.current_id == ask.pk:
        gathering.current = None
        changed_gathering(thread, gathering)


def settled(thread, post):
    """A post went or came back: nothing that is gone answers a question, closes a gathering, or is being answered."""
    if thread.kind == Thread.Kind.QUESTION:
        _settle_question(thread, post)
    elif thread.kind == Thread.Kind.GATHERING:
        _settle_gathering(thread, post)


def left(thread, posts):
    """Posts have gone to another thread: an answer that was accepted here answers another question there, and a gathering
    knows nothing more of what was asked, answered or summed up elsewhere. Their own `part` goes with the move.
    """
    if Acceptance.objects.of_posts(posts).delete()[0]:
        thread.solved_number = None
        thread.save(update_fields=["solved_number"])
        finding.note_talk(thread)
    gathering = Gathering.objects.of(thread) if thread.kind == Thread.Kind.GATHERING else None
    if gathering is None:
        return
    Ask.objects.of_posts(posts).delete()
    for ask in Ask.objects.answered_in(posts):
        ask.answer = None
        changed_ask(thread, ask)
    gathering.refresh_from_db()  # a question that was its turn is none any more
    gathering.recap = None if gathering.recap_id in posts else gathering.recap
    changed_gathering(thread, gathering)


def unsolve(thread, post):
    """The question waits for its answer again; whoever calls gives the post its number, and saves it."""
    Acceptance.objects.of_posts([post]).delete()
    _say_solved(thread, post, None)


def _settle_question(thread, post):
    """While an answer is gone it answers nothing. Back again it is what it was, unless another was accepted meanwhile:
    who accepted it has not changed their mind, and a deletion undone within seconds must not cost the answer its place.
    """
    if post.number == thread.solved_number:
        if post.is_gone:
            _say_solved(thread, post, None)
    elif thread.solved_number is None and not post.is_gone and Acceptance.objects.of_posts([post]).exists():
        _say_solved(thread, post, post.number)


def _say_solved(thread, post, number):
    thread.solved_number = number
    thread.save(update_fields=["solved_number"])
    post.part = Post.Part.ACCEPTED if number else ""
    post.save(update_fields=["part"])
    finding.note_talk(thread)


def _settle_gathering(thread, post):
    gathering = Gathering.objects.of(thread)
    if gathering.recap_id == post.pk and post.is_gone:
        gathering.recap, post.part = None, ""
        post.save(update_fields=["part"])
        changed_gathering(thread, gathering)
    if gathering.current_id == post.pk and post.is_gone:
        gathering.current = None
        changed_gathering(thread, gathering)
    for ask in Ask.objects.answered_by(post):
        if post.is_gone:
            ask.answer = None
            changed_ask(thread, ask)
    if post.part == Post.Part.ASKED and not post.is_gone:
        changed_ask(thread, Ask.objects.with_pk(post.pk))
