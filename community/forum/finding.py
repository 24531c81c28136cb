"""Search in Chinese: pairs of Han letters as words of a tsvector, so that two letters in mid-sentence are found."""

from community.commons import chinese
from community.forum.models import Findable

LONGEST_WORD = 64  # letters; what is longer was not written to be read
MOST_WORDS = 16  # of a question


def _words(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in chinese.tokens(text)]


def _is_pair(word: str) -> bool:
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
        if _is_pair(word) and not (_is_pair(follower) and follower[0] == word[1]):
            parts.append(f"'{word[1]}':{at}")
    return " ".join(parts)


def wanted(question: str) -> str:
    """A tsquery: what stands together is wanted together, what blanks part may stand apart. Empty when nothing is asked.

    A single Han letter, and a Latin word, are wanted as beginnings.
    """
    parts, left = [], MOST_WORDS
    for part in question.split():
        words = _words(part)[:left]
        left -= len(words)
        if words:
            parts.append(" <-> ".join(f"'{word}'" + ("" if _is_pair(word) else ":*") for word in words))
    return " & ".join(f"({part})" for part in parts)


def note_title(thread):
    Findable.objects.update_or_create(
        thread=thread, post=None, defaults={"words": vector(thread.title), "at": thread.started_at}
    )


def note_post(post):
    row = Findable(post=post, thread_id=post.thread_id, words=vector(post.body), at=post.made_at)
    Findable.objects.bulk_create([row], update_conflicts=True, unique_fields=["post"], update_fields=["words"])
