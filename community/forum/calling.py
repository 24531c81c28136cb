"""Names as they are typed: `@小明` in words that nobody helped to write names the one member who goes by it."""

import re
from collections import Counter

from accounts.models import LONGEST_NAME, Member
from community.commons import prose, rich
from community.commons.rich import Run
from community.forum import cooking, mentioning

MOST_LOOKED_UP = 40  # signs in one post; further ones are signs and nothing more
# After a letter or digit of the Latin kind it is a mail address; after / = and the like it belongs to an address.
_SIGN = re.compile(r"(?<![\w.%+/@＠:=&?#~-])[@＠](?=[^\s@＠])", re.ASCII)
_CODE = re.compile(r"`[^`]+`")
_LATIN = re.compile(r"\w", re.ASCII)
_GOES_ON = re.compile(r"[.-]?[^\W_]|_", re.ASCII)  # after a name in Latin letters: it was the beginning of another word
_DOMAIN = re.compile(r"\.[a-z0-9]", re.IGNORECASE | re.ASCII)


def called(*, author, board, body, source="") -> str:
    """The words as they are composed, with whoever is called in them named; unchanged where nobody is meant for certain.

    A name is as long as somebody is called so: Han has no blanks between words. Two who go by the same are neither of them,
    and whoever may not read there, or whom nobody would be offered, is not named by this either.
    """
    if not any(sign in (source or body) for sign in "@＠"):
        return source
    words = rich.read(source) if source else cooking.as_words(body)
    signs = [(run.text, at) for _block, run in _bare(words) for at in _signs(run.text)][:MOST_LOOKED_UP]
    names = {name.lower() for text, at in signs for name in _names(text, at)}
    people = _people(names, author, board) if names else {}
    if not any(people.values()):
        return source
    for block, run in [each for each in _bare(words) if _signs(each[1].text)]:
        at = next(place for place, each in enumerate(block.inside) if each is run)
        block.inside[at : at + 1] = _parted(run, people)
    return words.source if words.mentions else source


def _people(names, author, board) -> dict[str, Member | None]:
    """Who goes by each of these names; None where somebody does, and nobody is named by it."""
    found = list(Member.objects.going_by(names).select_related("tier"))
    many = Counter(member.name.lower() for member in found)
    return {
        name: member if many[name] == 1 and member != author and mentioning.may_hear(member, board) else None
        for member in found
        if (name := member.name.lower())
    }


def _bare(words):
    """Runs of bare words with their paragraphs: what is quoted was said by somebody else, and code calls nobody."""
    fenced = False
    for block in _paragraphs(words.blocks):
        for run in block.inside:
            if run.text.lstrip().startswith("```"):
                fenced = not fenced
            elif not (fenced or run.mention or run.href):
                yield block, run


def _paragraphs(blocks):
    for block in blocks:
        if block.kind == "p":
            yield block
        elif block.kind != "blockquote":
            yield from _paragraphs(block.inside)


def _signs(text) -> list[int]:
    """Where somebody may be called: not in an address, not in code."""
    if not (found := [match.start() for match in _SIGN.finditer(text)]):
        return []
    shut = [match.span() for match in _CODE.finditer(text)]
    shut += [(begins, begins + len(address)) for begins, address in prose.addresses(text)]
    return [at for at in found if not any(begins <= at < ends for begins, ends in shut)]


def _names(text, at):
    """What may be the name after the sign, the longest first."""
    rest = text[at + 1 : at + 1 + LONGEST_NAME]
    for long in range(len(rest), 0, -1):
        name, after = rest[:long], text[at + 1 + long : at + 3 + long]
        if name == name.strip() and _ends(name, after):
            yield name


def _ends(name, after) -> bool:
    if _DOMAIN.match(after):
        return False
    if _LATIN.match(name[-1]):
        return not _GOES_ON.match(after)
    # One sign of Han alone is too often the beginning of another word.
    return len(name) > 1 or not after or not after[0].isalnum()


def _parted(run, people):
    parts, done = [], 0
    for at in _signs(run.text)[:MOST_LOOKED_UP]:
        member = next((people[name.lower()] for name in _names(run.text, at) if name.lower() in people), None)
        if member is None:
            continue
        parts += [Run(run.text[done:at], run.marks), Run(f"@{member}", mention=member.pk)]
        done = at + 1 + len(member.name)
    return [part for part in [*parts, Run(run.text[done:], run.marks)] if part.text]
