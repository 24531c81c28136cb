"""What happens to words before they are said: refused, kept for a host, masked, or let through."""

import re
import time
from dataclasses import dataclass, field

from django.core import signing

from community.commons import prose
from community.forum import access
from community.forum.models import Board, Held, Post, Revision, Rules, WatchedWord
from community.forum.order import casing, watching

_STAMP = "typed since"
_LEADS_TO = re.compile(r"href=[\"'](https?://[^\"']+)", re.IGNORECASE)
LONGEST_TYPING = 60 * 60 * 24 * 7


def stamp() -> str:
    """The moment a form was made, signed: how long somebody wrote is then known without any script."""
    return signing.dumps(int(time.time() * 1000), salt=_STAMP, compress=False)


def seconds_since(stamp: str) -> float | None:
    """How long ago a form was made; None when it does not say, or says what we never signed."""
    try:
        made = signing.loads(stamp, salt=_STAMP, max_age=LONGEST_TYPING)
    except signing.BadSignature:
        return None
    return max(0.0, time.time() - made / 1000) if isinstance(made, int) else None


@dataclass
class Sifted:
    """Words as they may be said, and what was found in them."""

    body: str
    title: str = ""
    source: str = ""  # as the composer made them; the body is then their plain form
    found: list = field(default_factory=list)
    original: str = ""  # the words before dots were put into them

    def note(self, post):
        """What follows once the words are a post: the author and hosts keep the unmasked ones, hosts are told."""
        if self.original:
            Revision.objects.create(post=post, body=self.original, by=post.author)
        words = {each.word.words for each in self.found if each.word.action == WatchedWord.Action.REPORT}
        if words:
            casing.report_by_rule(post=post, words="、".join(sorted(words)))


def is_newcomer(author, rules) -> bool:
    return _posts_of(author, rules) is not None


def _posts_of(author, rules) -> int | None:
    """How many posts of a newcomer stand; None for everybody else."""
    if author.is_staff or author.is_host or (author.tier and author.tier.rank > access.FIRST_RANK):
        return None
    many = Post.objects.standing_of(author, most=max(rules.newcomer_posts, rules.first_posts))
    return many if many < max(rules.newcomer_posts, rules.first_posts) else None


def sift(*, author, board, body, title="", source="", took=None, trusted=False) -> Sifted:
    """Raises what stands against these words, or gives them as they may be said.

    `trusted`: a host has read them, or they are brought in from elsewhere; then only what is masked is looked for.
    """
    watch = watching.watch()
    plain = prose.plain(source) if source else body
    found = watch.find(f"{title}\n{plain}") if title else watch.find(plain)
    if not trusted and not access.keeps_order(author):
        _refuse(found)
        _hold(author, board, f"{title}\n{plain}\n{' '.join(_LEADS_TO.findall(source))}", found, took)
    return _masked(watch, body, title, source, found)


def _refuse(found):
    for each in found:
        if each.word.action == WatchedWord.Action.REFUSE:
            raise access.WordRefused(each.word.sentence or None)


def _hold(author, board, text, found, took):
    because = Held.Because
    held = [each.word.words for each in found if each.word.action == WatchedWord.Action.HOLD]
    if held:
        raise access.NeedsAHost(because.WORD, "、".join(dict.fromkeys(held))[:200])
    rules = Rules.current()
    asked = {rules.approval, board.approval}
    if Board.Approval.ALL in asked:
        raise access.NeedsAHost(because.EVERYTHING)
    many = _posts_of(author, rules)
    if many is None:
        return
    if Board.Approval.FIRSTS in asked and many < rules.first_posts:
        raise access.NeedsAHost(because.FIRST)
    if many >= rules.newcomer_posts:
        return
    if rules.hold_links and prose.has_link(text):
        raise access.NeedsAHost(because.LINK)
    if took is not None and took < rules.typed_seconds:
        raise access.NeedsAHost(because.FAST, f"{took:.1f} s")


def _masked(watch, body, title, source, found) -> Sifted:
    if not any(each.word.action == WatchedWord.Action.MASK for each in found):
        return Sifted(body, title, source, found)
    hidden = _without(watch, body)
    original = (prose.plain(source) if source else body) if hidden != body or source else ""
    return Sifted(hidden, _without(watch, title), watching.masked_markup(source, watch), found, original)


def _without(watch, text) -> str:
    return watching.masked(text, [each for each in watch.find(text) if each.word.action == WatchedWord.Action.MASK])
