"""The verbs of talking: start, reply, edit, react, and knowing how far one has read."""

import uuid
from datetime import timedelta

from django.db import connection, transaction
from django.utils.timezone import now

from community.commons import prose
from community.forum import (
    access,
    calling,
    catching_up,
    cooking,
    drafting,
    echoing,
    finding,
    mentioning,
    pacing,
    picturing,
    reacting,
    resounding,
    signals,
    stirring,
    streams,
    warming,
)
from community.forum.cards import noting
from community.forum.cooking import POLICY
from community.forum.kinds import following
from community.forum.models import BoardRead, Post, Reaction, ReadMark, Revision, Thread, asked
from community.forum.order import measures, sifting

TWICE = timedelta(seconds=60)  # the same words so soon are a second press of the button
EXCERPT = 120
FIRST_LINES = 80  # letters of the opening that those see whom the board does not let in
FACES = 5
MOST_MOVES = 3  # a post that hosts move more often than that while one writes is asked for again


def locked(thread) -> Thread:
    """The thread's row, ours until the end of the transaction: sequence and numbers are given under this lock."""
    row = asked.locked(thread.pk)
    if row.merged_into_id:
        # Going on to the other would take two rows in any order; whoever asks again is led there before any lock.
        raise access.ThreadElsewhere
    return row


def located(post) -> tuple[Thread, Post]:
    """A post and the row of its thread, ours until the end of the transaction, wherever hosts have moved it meanwhile.

    The row of a thread that it has just left is let go of before that of the other is asked for: nobody waits in a ring.
    """
    for _turn in range(MOST_MOVES):
        if (place := Post.objects.thread_of(post.pk)) is None:
            raise access.PostGone
        try:
            with transaction.atomic():
                thread = locked(Thread(pk=place))
                if found := thread.posts.for_reading().with_pk(post.pk):
                    found.thread = thread
                    return thread, found
                raise access.PostElsewhere
        except (access.PostElsewhere, access.ThreadElsewhere):
            continue
    raise access.PostElsewhere


def _one_at_a_time(author):
    """Two starts of one member wait for one another: there is no thread yet whose row the second press could wait for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('forum_start', %s))", [author.pk])


def turn(thread) -> int:
    """The next event's number in a locked thread; the caller saves it."""
    thread.sequence += 1
    return thread.sequence


def refresh_row(thread):
    """Sets what lists show of a locked thread from the posts that can still be read."""
    posts, former = thread.posts.readable().select_related("author"), thread.first_lines
    last = posts.latest_first().first()
    thread.posts_count = posts.count()
    thread.last_said = prose.excerpt(last.body, EXCERPT) if last else ""
    thread.last_by = last.author if last else None
    thread.stirred_at = last.made_at if last else thread.started_at
    opening = thread.posts.readable().openings().first()
    thread.first_lines = first_lines(opening) if opening else ""
    thread.faces = faces(author for author in posts.latest_first().values_list("author_id", flat=True)[:40])
    host = thread.posts.said_by_hosts_but(thread.author_id).latest_first().first()
    thread.host_number = host.number if host else None
    thread.heat = warming.measure(thread)
    if thread.first_lines != former:
        signals.retold.send(Thread, thread=thread)


def put_on(thread, board):
    """A locked thread stands on another board from now on; what each reader has read of it stays as it was."""
    ReadMark.objects.keep_what_boards_say([thread])
    thread.board, thread.came_at = board, now()


def first_lines(post) -> str:
    return prose.excerpt(post.body, FIRST_LINES)


def faces(authors) -> list[int]:
    return list(dict.fromkeys(authors))[:FACES]


def _say(thread, *, author, body, source="", reply_to=None, key=None, at=None) -> Post:
    """Adds a post to a locked thread."""
    at = at or now()
    cooked = cooking.cook(body=body, source=source, thread=thread, author=author)
    thread.last_number += 1
    post = Post.objects.create(
        thread=thread,
        number=thread.last_number,
        sequence=turn(thread),
        author=author,
        body=cooked.body,
        source=cooked.source,
        html=cooked.html,
        policy=POLICY,
        reply_to=reply_to,
        key=key,
        made_at=at,
    )
    thread.posts_count += 1
    thread.stirred_at = max(at, thread.stirred_at) if thread.last_number > 1 else at
    thread.last_said = prose.excerpt(post.body, EXCERPT)
    thread.last_by = author
    thread.faces = faces([author.pk, *thread.faces])
    if post.number == 1:
        thread.first_lines = first_lines(post)
    if post.number > 1 and author.is_host and author.pk != thread.author_id:
        thread.host_number = post.number
    thread.heat = warming.warmed(thread.heat, worth=warming.worth_of(post), at=at)
    thread.save()
    finding.note_post(post)
    # Of a new post nothing was kept before: where it names nobody and shows no picture, nobody need look.
    if post.source:
        mentioning.note(post, thread)
    if cooked.pictures:
        picturing.settle(post, cooked.pictures)
    if cooked.cards:
        noting.note(post, cooked.cards)
    stirring.tell_on_commit(thread)
    return post


def _said_already(*, author, body, source, key, thread=None, title="") -> Post | None:
    """The post that a double submit has already made; the same words below another title are another thread."""
    if key and (post := Post.objects.sent_with(author, key).first()):
        return post
    posts = thread.posts if thread else Post.objects.opening(title)
    return posts.said_again(author, body, source, now() - TWICE).first()


@transaction.atomic
def start(
    *, board, author, title, body, source="", key=None, at=None, took=None, approved=False, draft=None, **kind
) -> Thread:
    """Opens a thread with its first post. `at` is given for words that are brought in from elsewhere.

    `took`: how many seconds it was written in. `approved`: a host has read it. `draft`: the version it was sent from. A
    thread that is more than a discussion is started by kinds/opening.py, which says here what lists show of it.
    """
    access.require(access.against_starting(author, board) or (None if approved else access.against_being_heard(author)))
    if at is None:
        _one_at_a_time(author)
    if draft is not None:
        drafting.spend(author=author, place=board, key=key, version=draft)
    if at is None:
        source = calling.called(author=author, board=board, body=body, source=source)
        said = _said_already(author=author, body=body, source=source, key=key, title=title)
        if said and said.number == 1:
            return said.thread
        measures.require(author, "start", kept=body)
    mentioning.require_measure(author, source)
    words = {"title": title, "body": body, "source": source}
    sifted = sifting.sift(author=author, board=board, took=took, trusted=bool(at or approved), **words)
    title, body, source = sifted.title, sifted.body, sifted.source
    moment = at or now()
    thread = Thread.objects.create(
        board=board, author=author, title=title, started_at=moment, stirred_at=moment, **kind
    )
    finding.note_title(thread)
    post = _say(locked(thread), author=author, body=body, source=source, key=key, at=moment)
    sifted.note(post)
    mark_read(member=author, thread=post.thread, number=post.number)
    return post.thread


@transaction.atomic
def reply(
    *,
    thread,
    author,
    body,
    source="",
    reply_to=None,
    key: uuid.UUID | None = None,
    at=None,
    took=None,
    approved=False,
    draft: int | None = None,
) -> Post:
    """Adds a post, and shows it wherever the thread is open. Sent twice, it is said once; its draft goes with it."""
    thread = locked(thread)
    access.require(
        access.against_replying(author, thread) or (None if approved else access.against_being_heard(author))
    )
    if draft is not None:
        drafting.spend(author=author, place=thread, key=key, version=draft)
    if at is None:
        source = calling.called(author=author, board=thread.board, body=body, source=source)
        if said := _said_already(author=author, body=body, source=source, key=key, thread=thread):
            return said
        access.require(pacing.against_haste(author, thread, kept=body))
        measures.require(author, "reply", kept=body)
    mentioning.require_measure(author, source)
    words = {"body": body, "source": source}
    sifted = sifting.sift(author=author, board=thread.board, took=took, trusted=bool(at or approved), **words)
    told = {"body": sifted.body, "source": sifted.source, "reply_to": reply_to, "key": key, "at": at}
    post = _say(thread, author=author, **told)
    sifted.note(post)
    mark_read(member=author, thread=thread, number=post.number)
    streams.tell_on_commit(post)
    following.said(thread, post)
    if at is None:
        echoing.said_on_commit(post)
    return post


@transaction.atomic
def edit(*, post, author, body, source="", base=None, approved=False, draft=None) -> Post:
    """Changes one's own words; the former ones are kept, and after the grace time the post says so.

    `base`: the latest revision there was when the writer began, as Revision.latest_of gives it. When there is a newer one,
    the words were changed elsewhere meanwhile, and nothing is overwritten unseen.
    """
    thread, post = located(post)
    access.require(access.against_editing(author, post) or (None if approved else access.against_being_heard(author)))
    if draft is not None:
        drafting.spend(author=author, place=post, key=None, version=draft)
    # The plain field shows a composed post's words: saved unchanged without script, they keep their form.
    if body == post.body and source in ("", post.source):
        return post
    if base is not None and base != Revision.objects.latest_of(post):
        raise access.EditedMeanwhile
    source = calling.called(author=author, board=thread.board, body=body, source=source)
    sifted = sifting.sift(author=author, board=thread.board, body=body, source=source, trusted=approved)
    cooked = cooking.cook(body=sifted.body, source=sifted.source, thread=thread, author=author, post=post)
    if (post.body, post.source) == (cooked.body, cooked.source):
        return post
    mentioning.require_measure(author, source)
    measures.require(author, "edit", kept=body)
    Revision.objects.create(post=post, body=post.body, source=post.source, by=author)
    post.body, post.source, post.html, post.policy = cooked.body, cooked.source, cooked.html, POLICY
    if access.edit_leaves_a_mark(post):
        post.edited_at = now()
    post.sequence = turn(thread)
    post.save()
    sifted.note(post)
    refresh_row(thread)
    thread.save()
    finding.note_post(post)
    mentioning.note(post, thread)
    picturing.settle(post, cooked.pictures)
    noting.note(post, cooked.cards)
    streams.tell_on_commit(post)
    return post


@transaction.atomic
def cook_again(*, post) -> bool:
    """Makes a post's HTML anew, for newer rules or what it names having changed; open pages are told if it differs."""
    thread, post = located(post)
    cooked = cooking.cook(body=post.body, source=post.source, thread=thread, author=post.author, post=post)
    differs = (post.body, post.html) != (cooked.body, cooked.html)
    post.body, post.html, post.policy = cooked.body, cooked.html, POLICY
    if differs:
        post.sequence = turn(thread)
        refresh_row(thread)
        thread.save()
        finding.note_post(post)
        streams.tell_on_commit(post)
    post.save(update_fields=["body", "html", "policy", "sequence"])
    noting.note(post, cooked.cards)
    return differs


@transaction.atomic
def react(*, post, member, kind, at=None) -> str:
    """Sets, changes or, chosen again, takes back a member's reaction; returns the one that stands now, or ""."""
    thread, post = located(post)
    access.require(access.against_reacting(member, post) or access.against_being_heard(member))
    if at is None:
        measures.require(member, "react")
    row = Reaction.objects.of(member, [post]).first()
    if row and row.kind == kind:
        row.delete()
        stands = ""
    else:
        if not reacting.is_offered(kind):
            raise access.NoSuchReaction
        stands = kind
        Reaction.objects.update_or_create(post=post, member=member, defaults={"kind": kind, "at": at or now()})
    post.tally = post.reaction_rows.all().tally()
    post.sequence = turn(thread)
    post.save(update_fields=["tally", "sequence"])
    if not row:
        thread.heat = warming.warmed(thread.heat, worth=warming.OF_REACTION, at=at or now())
    elif not stands:
        thread.heat = warming.measure(thread)
    thread.save(update_fields=["sequence", "heat"])
    streams.tell_on_commit(post)
    if at is None:
        resounding.reacted_on_commit(post, member)
    return stands


@transaction.atomic
def mark_read(*, member, thread, number):
    """A member has seen the thread up to this post; their other devices hear of it."""
    if number < thread.last_number and not thread.posts.numbered_after(number).exists():
        number = thread.last_number  # what came after has gone to another thread: there is nothing more to read
    at, number = now(), min(number, thread.last_number)
    if ReadMark.objects.advance(member=member, thread=thread, number=number, at=at):
        catching_up.told(member=member, thread=thread, number=number, at=at)


@transaction.atomic
def mark_boards_read(*, member, boards, at=None):
    """A member has seen all that was said on these boards: one row for each, however many threads there are.

    Their other devices hear of it.
    """
    at = at or now()
    if BoardRead.objects.all_read(member=member, boards=boards, at=at):
        catching_up.tell_on_commit(member=member, at=at)


@transaction.atomic
def thread_for(*, page, title, board, author=None, at=None) -> Thread:
    """The discussion of a page, made when it is first asked for; it follows the page's title and board."""
    author = author or page.owner
    thread, is_new = Thread.objects.get_or_create(
        page_id=page.pk,
        defaults={
            "title": title,
            "board": board,
            "author": author,
            "started_at": at or now(),
            "stirred_at": at or now(),
        },
    )
    if not is_new and (thread.title, thread.board_id) != (title, board.pk):
        if thread.title != title:
            thread.title = title
            signals.retold.send(Thread, thread=thread)
        if thread.board_id != board.pk:
            put_on(thread, board)
        thread.save(update_fields=["title", "board", "came_at"])
        finding.note_move(thread)
    finding.note_title(thread)
    return thread
