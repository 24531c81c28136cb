"""What open pages hear of a thread: each change is the post it happened to, in its present state."""

from functools import cache
from heapq import merge

from accounts import parting
from community.commons import public
from community.forum import access, showing
from community.forum.kinds import frames
from community.forum.models import Thread, asked
from community.forum.showing import fragment
from community.live import publishing, topics


def forget_on_commit(thread_id: int):
    """What strangers are shown of a thread, and of every list it may stand in, is made anew."""
    public.purge_on_commit(f"thread-{thread_id}", "forum")


def tell_on_commit(post):
    """Shows the post's present state on every page where its thread is open."""
    forget_on_commit(post.thread_id)

    @cache
    def present():
        # Read after the commit, once for all languages: the object at hand may hold less than the fragment shows.
        return asked.post_as_shown(post.pk)

    publishing.publish_on_commit(
        topic=f"thread.{post.thread_id}",
        number=post.sequence,
        kind="post",
        render=lambda language: fragment(present()),
        extra={"id": f"post-{post.pk}"},
    )


def tell_part_on_commit(part):
    """Shows what a thread has beside its posts, as it is after the commit: a frames.Part."""
    forget_on_commit(part.thread_id)
    publishing.publish_on_commit(
        topic=f"thread.{part.thread_id}",
        number=part.number,
        kind=part.kind,
        render=lambda language: part.html(),
        extra={"id": part.id},
    )


def tell_act_on_commit(act):
    """Says on every page where the thread is open that a host did something. What it is now, where that is alike for all."""
    forget_on_commit(act.thread_id)

    @cache
    def present():
        return Thread.objects.for_reading().get(pk=act.thread_id)

    publishing.publish_on_commit(
        topic=f"thread.{act.thread_id}",
        number=act.sequence,
        kind="act",
        render=lambda language: showing.marks(present()) if act.kind in SHOWN else "",
        extra=_told(act),
    )


# Acts whose marks may be shown at once to whoever hears of them. A thread that moved may have shut its door, and one that
# became part of another is elsewhere: of those only that it happened is told, and the page asks by its own rights.
SHOWN = {"pinned", "unpinned", "locked", "unlocked", "slowed", "opened", "closed"}


def _told(act) -> dict:
    return {"act": act.kind, "gone": act.after.get("posts", []) if act.kind == "split" else []}


def recheck_on_commit(thread):
    """Everyone who has the thread open is asked again whether they may, before they hear anything more of it."""
    publishing.recheck_topic_on_commit(f"thread.{thread.pk}")
    forget_on_commit(thread.pk)


def recheck_all_on_commit():
    """The same for every thread and board: a board's door has changed."""
    publishing.recheck_topic_on_commit("thread.")
    publishing.recheck_topic_on_commit("board.")


class ThreadTopic(topics.Topic):
    """What happens in one thread, numbered by the thread's own sequence."""

    kind = "thread"

    def admit(self, person, key):
        return Thread.objects.visible_to(person).get(pk=int(key))

    def number(self, subject):
        return subject.sequence

    def face(self, person, subject):
        return {"id": person.pk, "name": str(person)} if access.may_be_seen_here(person) else None

    def apart(self, person, subject):
        return parting.apart_from(person)

    def hears(self, person, subject):
        return access.may_reply(person, subject) and access.against_being_heard(person) is None

    def answers(self, person, subject):
        return access.may_reply(person, subject) if person.is_authenticated else None

    def since(self, subject, number):
        told = (self.posts(subject, number), frames.since(subject, number), self.acts(subject, number))
        return merge(*told, key=lambda frame: frame.n)

    def posts(self, subject, number):
        for post in subject.posts.for_reading().changed_since(number):
            yield topics.Frame(n=post.sequence, kind="post", id=f"post-{post.pk}", html=fragment(post))

    def acts(self, subject, number):
        for act in subject.acts.after(number):
            html = showing.marks(Thread.objects.for_reading().get(pk=subject.pk)) if act.kind in SHOWN else ""
            yield topics.Frame(n=act.sequence, kind="act", html=html, extra=_told(act))
