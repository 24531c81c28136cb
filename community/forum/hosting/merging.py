"""Two threads that are one: the posts of one go to the end of the other.

Numbers of the other stay what they were, so that its links, its readers' marks and what stands open hold; those who come
with the posts find them by their old numbers, which lead to where they are now.
"""

from django.db import transaction
from django.utils.timezone import now

from community.forum import access, discussing, drafting, streams
from community.forum.hosting import acting, places, telling
from community.forum.models import MOST_TAGS, Act, Bookmark, Findable, Held, Pin, ReadMark, Thread, ThreadTag


@transaction.atomic
def merge(*, thread, into, by, reason="") -> Thread:
    """Puts the posts of `thread` at the end of `into`. Its address leads there from now on; this is not undone."""
    access.require(access.against_hosting(by))
    rows = acting.locked_in_order(thread, into)
    source, target = rows[thread.pk], rows[into.pk]
    if source.merged_into_id == target.pk:
        return target
    access.require(access.against_merging(source, target))
    begins, posts = target.last_number, list(source.posts.order_by("number"))
    if source.board_id != target.board_id:
        # A moment of the one board says nothing of what was read on the other: each reader's own number does.
        ReadMark.objects.keep_what_boards_say([source, target])
        target.came_at = now()
    numbers = places.give(posts, source, target)
    _marks(source, target, begins, numbers)
    drafting.move_along(former=source, into=target)
    Held.objects.in_thread(source).update(thread=target)
    Bookmark.objects.follow(source, target)
    Findable.objects.of_title(source).delete()
    Pin.objects.of(source).delete()
    Thread.objects.merged_into_one(source).update(merged_into=target)
    _tags(source, target)
    if posts:
        target.seams = [*target.seams, {"above": posts[0].number, "act": Act.Kind.GREW, "many": len(posts)}]
    stirred = max(source.stirred_at, target.stirred_at)
    acting.note(
        source, Act.Kind.MERGED, by=by, reason=reason, before={"posts": len(posts)}, after={"thread": target.pk}
    )
    acting.note(target, Act.Kind.GREW, by=by, reason=reason, after={"thread": source.pk, "posts": len(posts)})
    source.merged_into, source.posts_count, source.heat, source.seams = target, 0, 0, []
    source.first_lines, source.last_said, source.faces = "", "", []
    source.save()
    discussing.refresh_row(target)
    target.stirred_at = stirred
    target.save()
    streams.recheck_on_commit(source)
    url = (posts[0] if posts else target).get_absolute_url()
    told = {"by": by, "former": source, "now_in": target, "url": url, "about": f"merged-{source.pk}"}
    telling.tell_on_commit(telling.MERGED, people=[source.author_id], **told)
    return target


def _marks(source, target, begins, numbers):
    """Whoever had read all of the other has read as far in what was added; nobody's unread post is marked as read."""
    reached = dict(ReadMark.objects.on(source).values_list("member", "number"))
    old = sorted(numbers)
    rows = []
    for mark in ReadMark.objects.on(target):
        read = sum(1 for number in old if number <= reached.get(mark.member_id, 0))
        if mark.number >= begins and read:
            mark.number = begins + read
            rows.append(mark)
    ReadMark.objects.bulk_update(rows, ["number"], batch_size=1000)
    ReadMark.objects.on(source).delete()


def _tags(source, target):
    mine = {tag.pk for tag in target.tags.all()}
    more = [tag for tag in source.tags.all() if tag.pk not in mine][: max(MOST_TAGS - len(mine), 0)]
    ThreadTag.objects.bulk_create([ThreadTag(thread=target, tag=tag) for tag in more], ignore_conflicts=True)
