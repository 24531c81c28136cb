"""Threads and boards on pages, and how their words are shown in lists."""

import re
from datetime import timedelta

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.timezone import now

from community.commons import prose
from community.forum import reading, showing
from community.forum.forms import ReplyForm
from community.forum.models import Board, Thread

register = template.Library()

OLD_NEWS = timedelta(days=14)  # what stirred longer ago is not new to somebody who never opened it
AROUND = 40  # letters shown before what was searched


@register.inclusion_tag("forum/_panel.html", takes_context=True)
def thread_panel(context, thread, count=6):
    """The latest posts of a thread and the place to answer, for a page of another room; nothing where it may not be seen."""
    person = context["request"].user
    thread = Thread.objects.visible_to(person).for_reading().with_pk(thread.pk) if thread else None
    if thread is None:
        return {}
    return {"thread": thread, "seen": reading.latest(thread, person, count), "form": ReplyForm(thread=thread)}


@register.inclusion_tag("forum/_board_latest.html", takes_context=True)
def board_latest(context, board, count=4):
    """What stirred last on a board, as far as this reader may see it."""
    person = context["request"].user
    if board is None or not Board.objects.visible_to(person).with_pk(board.pk):
        return {}
    threads = Thread.objects.on(board).visible_to(person).for_rows(person).latest_first()[:count]
    return {"board": board, "threads": threads, "person": person}


@register.inclusion_tag("forum/_board_aside.html")
def board_aside(board, thread, count=5):
    """Other discussions of a board; whoever reads one of its threads may see them all."""
    threads = Thread.objects.on(board).present().latest_first()[: count + 1]
    return {"threads": [each for each in threads if each.pk != thread.pk][:count]}


@register.simple_tag
def post_shown(post):
    return showing.fragment(post)


@register.filter
def is_new_to(thread, person) -> bool:
    """Whether a row carries the dot: there is something this member has not seen."""
    if not getattr(person, "is_authenticated", False) or not thread.last_number:
        return False
    reached = getattr(thread, "read_number", None)
    if reached is not None:
        return reached < thread.last_number
    return thread.stirred_at > max(person.joined_at, now() - OLD_NEWS)


@register.filter
def gist(post) -> str:
    return prose.excerpt(prose.plain(post.html), 120)


def _pattern(question):
    words = sorted({word for word in question.split() if word}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)), re.IGNORECASE) if words else None


@register.filter
def lit(text, question):
    """Text with the searched words marked where they stand as they were typed."""
    pattern = _pattern(question)
    if pattern is None:
        return text
    out, at = [], 0
    for match in pattern.finditer(text):
        out += [escape(text[at : match.start()]), format_html("<mark>{}</mark>", match.group())]
        at = match.end()
    return mark_safe("".join([*out, escape(text[at:])]))  # noqa: S308 (every part was escaped)


@register.filter
def around(text, question):
    """The line of a post where the searched words stand."""
    line = " ".join(text.split())
    pattern = _pattern(question)
    match = pattern.search(line) if pattern else None
    start = max(match.start() - AROUND, 0) if match else 0
    return lit(("…" if start else "") + prose.excerpt(line[start:], 120), question)


@register.filter
def speakers(posts, most=5):
    """Whose faces stand above a talk: each person once, the latest first."""
    people = {post.author_id: post.author for post in reversed(list(posts)) if not post.is_gone}
    return list(people.values())[:most]
