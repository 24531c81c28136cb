"""Threads and boards on pages, and how their words are shown in lists."""

from datetime import timedelta

from django import template
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.commons import lighting, phrasing, prose
from community.forum import catching_up, looking, reacting, reading, showing, stirring
from community.forum.forms import ReplyForm
from community.forum.kinds import planning
from community.forum.models import MOST_UNREAD, Board, Thread, asked

register = template.Library()
ACTS = {
    "pinned": _("put on top"),
    "unpinned": _("taken down from the top"),
    "locked": _("closed"),
    "unlocked": _("opened again"),
    "slowed": _("pace set"),
    "moved": _("moved to another board"),
    "merged": _("made part of another"),
    "grew": _("another made part of it"),
    "split": _("posts split off"),
    "branched": _("begun with posts of another"),
    "scheduled": _("times set"),
    "opened": _("opened"),
    "closed": _("closed"),
    "tagged": _("tags changed"),
}


@register.inclusion_tag("forum/_panel.html", takes_context=True)
def thread_panel(context, thread, count=6):
    """The latest posts of a thread and the place to answer, for a page of another room; nothing where it may not be seen."""
    person = context["request"].user
    if thread and thread.merged_into_id:
        thread = thread.merged_into
    thread = Thread.objects.visible_to(person).for_reading().with_pk(thread.pk) if thread else None
    if thread is None:
        return {}
    return {"thread": thread, "seen": reading.latest(thread, person, count), "form": ReplyForm.begun(thread, person)}


@register.inclusion_tag("forum/_board_latest.html", takes_context=True)
def board_latest(context, board, count=4):
    """What stirred last on a board, as far as this reader may see it."""
    person = context["request"].user
    if board is None or not Board.objects.visible_to(person).with_pk(board.pk):
        return {}
    threads = Thread.objects.on(board).visible_to(person).for_rows(person).latest_first()[:count]
    return {"board": board, "threads": threads, "person": person}


@register.simple_tag
def reads(person):
    """What lets a list hear of what its reader reads elsewhere, from this moment on."""
    if not person.is_authenticated:
        return ""
    told = '<live-reads topic="read.{}" since="{}"></live-reads>'
    return format_html(told, person.pk, catching_up.moment(now()))


@register.simple_tag
def stirs():
    """From which moment on a list wants to hear what stirs in its board."""
    return catching_up.moment(now() - timedelta(seconds=stirring.OVERLAP))


@register.inclusion_tag("forum/_board_aside.html")
def board_aside(thread):
    return {"threads": asked.beside(thread)}


@register.simple_tag
def post_shown(post):
    return showing.fragment(post)


@register.simple_tag
def posts_shown(seen):
    return showing.page(seen)


@register.filter
def reactions(post):
    """(kind, how many), the most given first."""
    return reacting.shown(post)


@register.filter
def reaction_name(key) -> str:
    kind = reacting.kinds().named(key)
    return kind.name if kind else ""


@register.filter
def reaction_sign(key) -> str:
    """Its sign and its name, in words alone where it has no sign."""
    kind = reacting.kinds().named(key)
    return f"{kind.sign} {kind.name}".strip() if kind else ""


@register.filter
def reactors(post) -> int:
    """How many people reacted: each of them once."""
    return sum(post.tally.values())


@register.filter
def is_new_to(thread, person) -> bool:
    """Whether a row carries the dot: there is something this member has not seen."""
    if not getattr(person, "is_authenticated", False) or not thread.last_number:
        return False
    unread = getattr(thread, "unread", None)
    if unread is not None and (thread.read_number is not None or not unread):
        return unread > 0
    since, board_read_at = looking.new_since(person), getattr(thread, "board_read_at", None)
    return thread.stirred_at > (max(since, board_read_at) if board_read_at else since)


@register.filter
def unread_said(thread) -> str:
    """How many posts are new to a member who has read in it before, as a row says it; nothing for what they never opened."""
    unread, reached = getattr(thread, "unread", 0), getattr(thread, "read_number", None)
    if not unread or (reached is None and not thread.board_read_at):
        return ""
    return f"{MOST_UNREAD - 1}+" if unread >= MOST_UNREAD else str(unread)


@register.filter
def act_said(act) -> str:
    """What was done, in a word or two."""
    return str(ACTS[act.kind])


@register.filter
def gist(post) -> str:
    return prose.excerpt(post.body, 120)


@register.filter
def lit(text, question):
    """Text with what was searched marked where it stands."""
    return lighting.lit(text, question)


@register.filter
def lit_title(title, question):
    """The same, and it breaks between words."""
    title = phrasing.held(title)
    return lighting.lit(title, question, breaks=phrasing.breaks(title))


@register.filter
def around(text, question):
    """The line of a longer text where what was searched stands."""
    return lighting.around(text, question)


@register.filter
def speakers(posts, most=5):
    """Whose faces stand above a talk: each person once, the latest first."""
    people = {post.author_id: post.author for post in reversed(list(posts)) if not post.is_gone}
    return list(people.values())[:most]


@register.filter
def plan(held):
    """What a discussion that waits for a host will begin with."""
    return planning.shown(held)
