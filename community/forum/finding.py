"""The index of search: what stands in it, in which words, and how it is made again.

Search in Chinese: pairs of Han letters are the words of a tsvector, so that two letters in mid-sentence are found.
"""

from datetime import UTC

from django.db import transaction
from django.utils.timezone import now

from community.commons import chinese
from community.forum import warming
from community.forum.models import Findable, Post, Thread

VERSION = 3  # raise it when words are made differently: what carries a lower one is made again, a batch at a time
LONGEST_WORD = 64  # letters; what is longer was not written to be read
MOST_WORDS = 16  # of a question
MOST_LETTERS = 60_000  # of a text: a tsvector has a limit of its own
KEPT = ["kind", "thread", "board", "author", "talk", "words", "at", "version"]


def _words(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in chinese.tokens(text[:MOST_LETTERS])]


def is_pair(word: str) -> bool:
    return len(word) == 2 and chinese.is_han(word[0])


def vector(text: str) -> str:
    """A tsvector as PostgreSQL writes it: no parser in between that would see words differently.

    The last letter of a run of Han letters is a word too, at its pair's place; so one letter alone is found anywhere.
    """
    words, parts = _words(text), []
    for place, word in enumerate(words, start=1):
        at = min(place, 16_383)
        parts.append(f"'{word}':{at}")
        follower = words[place] if place < len(words) else ""
        if is_pair(word) and not (is_pair(follower) and follower[0] == word[1]):
            parts.append(f"'{word[1]}':{at}")
    return " ".join(parts)


def said(text: str, at) -> str:
    """The words of a post, and when they were said."""
    return f"{vector(text)} '{month(at)}'"


def month(at) -> str:
    """The word that a post has for when it was said; nobody can write it."""
    return f"@{at.astimezone(UTC):%y%m}"


def _months(until, months: int, but: int = 0) -> str:
    last = until.year * 12 + until.month - 1
    return " | ".join(
        f"'@{number // 12 % 100:02}{number % 12 + 1:02}'" for number in range(last - but, last - months, -1)
    )


def lately(wanted: str, until, months: int, but: int = 0) -> str:
    """The same tsquery for what was said in so many months up to a moment, but not in the last few of them.

    A word that twenty thousand posts have costs a read of each, wherever the newest of them are. The index itself can
    put two words together, so it is asked for the newest months alone before it is asked for everything.
    """
    return f"({wanted}) & ({_months(until, months, but)})"


def formerly(wanted: str, until, months: int) -> str:
    """The same tsquery for all that was not said in so many months up to a moment."""
    return f"({wanted}) & !({_months(until, months)})" if months else wanted


def wanted(question: str, *, counts: bool = True) -> str:
    """A tsquery: what stands together is wanted together, what blanks part may stand apart. Empty when nothing is asked.

    A single Han letter, and the last Latin word or number of a part, are wanted as beginnings; numbers only where names
    `count` with them: so many begin with a 1 that to put them together takes longer than all the rest.
    """
    parts, left = [], MOST_WORDS
    for part in question.split():
        words = _words(part)[:left]
        left -= len(words)
        if words:
            parts.append(" <-> ".join(wanted_word(word, ends=word is words[-1], counts=counts) for word in words))
    return " & ".join(f"({part})" for part in parts)


def wanted_word(word: str, *, ends: bool = True, counts: bool = False) -> str:
    begins = is_letter(word) or (ends and not chinese.is_han(word[0]) and (counts or not word[0].isdigit()))
    return f"'{word}'" + (":*" if begins else "")


def is_letter(word: str) -> bool:
    """A Han letter alone: thousands of pairs begin with it."""
    return len(word) == 1 and chinese.is_han(word)


def surely(question: str) -> str:
    """What wanted() wants but for Han letters alone: enough to find by, where the rest is looked at after. May be empty."""
    words = [(word, word is part[-1]) for part in map(_words, question.split()) for word in part][:MOST_WORDS]
    return " & ".join(wanted_word(word, ends=ends) for word, ends in words if not is_letter(word))


def _title_row(thread) -> Findable:
    return Findable(
        kind=Findable.Kind.THREAD,
        thread=thread,
        board_id=thread.board_id,
        author_id=thread.author_id,
        talk=thread.talk,
        words=vector(thread.title),
        at=thread.started_at,
        version=VERSION,
    )


def _post_row(post, thread) -> Findable:
    return Findable(
        kind=Findable.Kind.POST,
        post=post,
        thread_id=thread.pk,
        board_id=thread.board_id,
        author_id=post.author_id,
        talk=thread.talk,
        words=said(post.body, post.made_at),
        at=post.made_at,
        version=VERSION,
    )


def _keep(rows, subject: str):
    Findable.objects.bulk_create(rows, update_conflicts=True, unique_fields=[subject], update_fields=KEPT)


def note_title(thread):
    row = _title_row(thread)
    told = {name: getattr(row, name) for name in ("kind", "board_id", "author_id", "talk", "words", "at", "version")}
    Findable.objects.update_or_create(thread=thread, post=None, defaults=told)


def note_titles(threads):
    """Of threads that are new, all at once."""
    Findable.objects.bulk_create([_title_row(thread) for thread in threads], batch_size=1000)


def note_move(thread):
    """The thread stands on another board now, and all its words with it."""
    Findable.objects.in_thread(thread).update(board=thread.board_id)


def note_talk(thread):
    """A question was solved, or is not any more: all that was said in it is found as such."""
    Findable.objects.in_thread(thread).update(talk=thread.talk)


def note_post(post):
    note_posts([post])


def note_posts(posts):
    _keep([_post_row(post, post.thread) for post in posts], "post")


def note_article(*, page, title, words, author_id, at):
    """A page that everyone may open, by its title and the words that are for everyone: called from above, by the cms."""
    row = Findable(
        kind=Findable.Kind.ARTICLE,
        page_id=page.pk,
        author_id=author_id,
        words=vector(f"{title}\n{words}"),
        at=at,
        version=VERSION,
    )
    _keep([row], "page")


def forget_article(page):
    Findable.objects.of_page(page).delete()


def note_member(member):
    note_members([member])


def note_members(members):
    rows = [
        Findable(
            kind=Findable.Kind.MEMBER,
            member=member,
            words=vector(f"{member.name} {member.handle} {member.mark}"),
            at=member.joined_at,
            version=VERSION,
        )
        for member in members
    ]
    _keep(rows, "member")


def note_tag(tag):
    """By its name, what else it is called, and what is said of it."""
    called = " ".join([tag.name, *(synonym.name for synonym in tag.synonyms.all())])
    words = vector(f"{called}\n{tag.description}")
    row = {"kind": Findable.Kind.TAG, "words": words, "at": now(), "version": VERSION}
    Findable.objects.update_or_create(tag=tag, defaults=row)


_from_above: list = []


def also_rebuild(notes):
    """A room above gives what makes its own entries again: `notes()` yields once for each."""
    _from_above.append(notes)


def rebuild_above():
    return (one for notes in _from_above for one in notes())


@transaction.atomic
def _rebuild_posts(after: int, size: int, *, everything=False) -> tuple[int, int]:
    """Makes the entries of the next posts again; gives the last one's key, 0 at the end, and how many were made.

    The rows are locked for the moment: an edit waits, and then writes its own words over ours.
    """
    posts = Post.objects.after_id(after)
    posts = posts if everything else posts.not_indexed(VERSION)
    batch = list(posts.select_for_update(of=("self",)).select_related("thread")[:size])
    note_posts(batch)
    return (batch[-1].pk if batch else 0), len(batch)


@transaction.atomic
def _rebuild_threads(after: int, size: int, *, everything=False) -> tuple[int, int]:
    """The same for titles; and how warm each thread is, measured from its rows."""
    threads = Thread.objects.after_id(after)
    threads = threads if everything else threads.not_indexed(VERSION)
    batch = list(threads.select_for_update(of=("self",))[:size])
    for thread in batch:
        note_title(thread)
        thread.heat = warming.measure(thread)
    Thread.objects.bulk_update(batch, ["heat"])
    return (batch[-1].pk if batch else 0), len(batch)


def rebuild(*, most: int, size: int, everything=False, tell=lambda kind, last, made: None) -> int:
    """Makes entries again, titles first, each batch its own transaction: stopped anywhere, it goes on from there.

    Without `everything` only those are made that are missing or were made by older rules.
    """
    done = 0
    for kind, step in (("threads", _rebuild_threads), ("posts", _rebuild_posts)):
        last = 0
        while done < most:
            last, made = step(last, min(size, most - done), everything=everything)
            done += made
            if not made:
                break
            tell(kind, last, made)
    return done


def is_behind() -> bool:
    return Findable.objects.older_than(VERSION).exists()
