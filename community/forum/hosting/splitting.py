"""Posts that went off the subject: they become a thread of their own."""

from django.db import transaction
from django.utils.timezone import now

from community.forum import access, discussing, finding, streams
from community.forum.hosting import acting, places, telling
from community.forum.models import Act, Held, ReadMark, Thread


@transaction.atomic
def split(*, thread, by, posts, title, board=None, reason="") -> Thread:
    """Makes a thread of chosen posts; a line in each of the two says where they went and where they came from.

    Done twice, the second finds the posts gone, and leads to where they went.
    """
    source = acting.locked(thread, by)
    access.require(access.against_taking_from_its_page(source))
    chosen = list(source.posts.with_ids([post.pk for post in posts]).select_related("author").order_by("number"))
    if not chosen:
        return Thread.objects.standing(by).where_post_is(posts[0]) or source
    access.require(access.against_splitting(chosen))
    first = chosen[0]
    made = Thread.objects.create(
        board=board or source.board,
        author=first.author,
        title=title,
        started_at=first.made_at,
        stirred_at=first.made_at,
    )
    made = discussing.locked(made)
    if made.board_id != source.board_id:
        ReadMark.objects.keep_what_boards_say([source])
        made.came_at = now()
    finding.note_title(made)
    places_in = {"above": first.number, "act": Act.Kind.SPLIT, "thread": made.pk, "many": len(chosen)}
    numbers = places.give(chosen, source, made)
    source.seams = [*source.seams, places_in]
    made.seams = [{"above": 1, "act": Act.Kind.BRANCHED, "thread": source.pk, "many": len(chosen)}]
    _marks(source, made, numbers)
    Held.objects.about_posts([post.pk for post in chosen]).update(thread=made)
    ids = [f"post-{post.pk}" for post in chosen]
    acting.note(source, Act.Kind.SPLIT, by=by, reason=reason, after={"thread": made.pk, "posts": ids})
    acting.note(made, Act.Kind.BRANCHED, by=by, reason=reason, after={"thread": source.pk})
    for each in (source, made):
        discussing.refresh_row(each)
        each.save()
    streams.forget_on_commit(made.pk)
    told = {"by": by, "former": source, "now_in": made, "url": made.get_absolute_url(), "about": f"split-{made.pk}"}
    telling.tell_on_commit(telling.SPLIT, people=[post.author_id for post in chosen], **told)
    return made


def _marks(source, made, numbers):
    """Who has read a post has read it there too; and nobody is kept unread by posts that left."""
    old = sorted(numbers)
    left = source.posts.latest_first().values_list("number", flat=True).first() or 0
    marks = list(ReadMark.objects.on(source))
    rows = []
    for mark in marks:
        if read := sum(1 for number in old if number <= mark.number):
            rows.append(ReadMark(member_id=mark.member_id, thread=made, number=read, at=mark.at))
    ReadMark.objects.bulk_create(rows, batch_size=1000, ignore_conflicts=True)
    behind = [mark for mark in marks if left <= mark.number < source.last_number]
    for mark in behind:
        mark.number = source.last_number
    ReadMark.objects.bulk_update(behind, ["number"], batch_size=1000)
