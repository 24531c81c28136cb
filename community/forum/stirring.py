"""What open pages of a board hear: that something was said there, and in which thread; never the words."""

from community.forum.catching_up import moment, moment_of
from community.forum.models import Board, Thread
from community.live import publishing, topics

OVERLAP = 10  # seconds that a page asks for twice: what was under way while it was made; its rows tell what is new


def tell_on_commit(thread):
    """Says on every open page of the thread's board how far the thread has come; not of one that only hosts see yet."""
    if not thread.is_scheduled:
        publishing.publish_on_commit(
            topic=f"board.{thread.board_id}",
            number=moment(thread.stirred_at),
            kind="stirred",
            extra={"loose": True, "thread": thread.pk, "number": thread.last_number},
        )


class BoardTopic(topics.Topic):
    """What stirs in one board, for whoever may look into it.

    Numbers are moments: threads of a board wait for nobody, so none follows the other by one, and a frame may come after
    one that is later. Each says by itself what it is about.
    """

    kind = "board"

    def admit(self, person, key):
        return Board.objects.visible_to(person).get(pk=int(key))

    def number(self, subject):
        return moment(Thread.objects.standing().on(subject).stirred_last())

    def since(self, subject, number):
        for thread in Thread.objects.standing().on(subject).stirred_since(moment_of(number)):
            told = {"loose": True, "thread": thread.pk, "number": thread.last_number}
            yield topics.Frame(n=moment(thread.stirred_at), kind="stirred", extra=told)
