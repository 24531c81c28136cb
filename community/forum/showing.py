"""A post as everyone sees it, rendered once for as long as nothing about it changes."""

from collections import OrderedDict
from threading import Lock

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.timezone import now
from django.utils.translation import get_language

from community.commons.templatetags.people import said
from community.forum import reacting

MOST = 2_000  # fragments of some two kilobytes each, in every process

_kept: OrderedDict[tuple, SafeString] = OrderedDict()
_lock = Lock()


def _facts(post, language, moment) -> tuple:
    """All that the fragment tells. The post's own changes each have a number; of people it shows what may change."""
    author, answered = post.author, post.reply_to and post.reply_to.author
    tier = author.tier
    return (
        post.pk,
        post.sequence,
        post.policy,
        post.is_gone,
        language,
        said(post.made_at, moment),
        post.edited_at and said(post.edited_at, moment),
        author.name,
        author.handle,
        author.mark,
        tier and (tier.rank, tier.name_zh, tier.name_en),
        answered and answered.name,
        reacting.kinds() if post.tally else reacting.kinds().every[:1],
    )


def marks(thread) -> SafeString:
    """What stands above a talk of how it is kept: alike for every reader of it."""
    return render_to_string("forum/_marks.html", {"thread": thread})


def page(seen) -> SafeString:
    """The posts of a page as one reader sees them: the same fragments, and between them what is theirs."""
    language, moment = get_language(), now()
    pieces: list[str] = []
    for post in seen.posts:
        pieces += [_seam(seam) for seam in getattr(post, "seams", ())]
        if post.number == seen.unread_from:
            pieces.append(render_to_string("forum/_unread.html", {"seen": seen}))
        shown = fragment(post, language, moment)
        if post.author_id in seen.folded:
            shown = render_to_string("forum/_folded.html", {"shown": shown})
        pieces += ["\n", shown, "\n"]
        if post.number == 1 and seen.beside:
            pieces.append(render_to_string(seen.beside.template, {"seen": seen.beside, "thread": seen.thread}))
    pieces += [_seam(seam) for seam in seen.last_seams]
    return SafeString("".join(pieces))


def _seam(seam) -> SafeString:
    return render_to_string("forum/_seam.html", {"seam": seam})


def fragment(post, language=None, moment=None) -> SafeString:
    """The same for page, frame and answer, in the active language; it never asks who is looking."""
    key = _facts(post, language or get_language(), moment or now())
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = render_to_string("forum/_post.html", {"post": post})
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made
