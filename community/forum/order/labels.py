"""How the log of staff acts calls what is done in this room."""

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext_lazy as _

from accounts import appointing, recording
from accounts.models import Penalty
from community.commons.bilingual import listed
from community.forum.models import Board, Case, Rules, WatchedWord

LABELS = {
    "post.removed": _("took a post away"),
    "post.restored": _("brought a post back"),
    "post.hidden": _("hid a post that was reported"),
    "thread.removed": _("took a discussion away"),
    "thread.restored": _("brought a discussion back"),
    "thread.hidden": _("hid a discussion that was reported"),
    "thread.locked": _("closed a discussion"),
    "thread.unlocked": _("opened a discussion again"),
    "thread.pinned": _("pinned a discussion"),
    "thread.unpinned": _("took a pin off a discussion"),
    "thread.slowed": _("set how fast a discussion may go"),
    "thread.moved": _("moved a discussion"),
    "thread.merged": _("merged a discussion into another"),
    "thread.grew": _("let a discussion take in another"),
    "thread.split": _("split posts off a discussion"),
    "thread.branched": _("began a discussion with posts of another"),
    "thread.scheduled": _("set when a discussion opens or closes"),
    "thread.tagged": _("changed the tags of a discussion"),
    "case.taken": _("took a report in hand"),
    "case.released": _("let go of a report"),
    "case.settled": _("settled a report"),
    "penalty.note": _("asked a member for something"),
    "penalty.warning": _("warned a member"),
    "penalty.silence": _("silenced a member"),
    "penalty.suspension": _("suspended a member"),
    "penalty.ban": _("banned a member"),
    "penalty.lifted": _("took a penalty back"),
    "appeal.granted": _("granted an appeal"),
    "appeal.refused": _("refused an appeal"),
    "held.approved": _("published what waited"),
    "held.refused": _("did not publish what waited"),
    "member.swept": _("took everything of a member away"),
    "member.unswept": _("brought everything of a member back"),
    "member.handed_over": _("handed a member's words over"),
    "word.added": _("added a watched word"),
    "word.removed": _("took a watched word off"),
    "rules.changed": _("changed the rules of order"),
}

# What the details of a line are called, and what it is about and where that is.
NAMES = {
    "action": _("what happens"),
    "active": _("May come in"),
    "board": _("board"),
    "by_sound": _("also what sounds like it"),
    "closes_at": _("closes"),
    "decision": _("decision"),
    "everywhere": _("in all lists"),
    "handle": _("Handle"),
    "held": _("held words"),
    "hours": _("hours"),
    "kind": _("what"),
    "mark": _("host's mark"),
    "minor": _("Under 18"),
    "name": _("Name"),
    "opens_at": _("opens"),
    "posts": _("posts"),
    "removed": _("taken away"),
    "roles": _("Roles"),
    "seconds": _("seconds"),
    "sentence": _("what the writer is told"),
    "tags": _("tags"),
    "thing": _("about"),
    "thread": _("discussion"),
    "tier": _("Tier"),
    "threads": _("discussions"),
    "until": _("until"),
    "words": _("word"),
    **{field.name: field.verbose_name for field in Rules._meta.fields},
}
THINGS = {
    "post": (_("post"), "forum:post"),
    "thread": (_("discussion"), "forum:thread"),
    "board": (_("board"), ""),
    "case": (_("report"), "order_desk:case"),
    "held": (_("held words"), ""),
    "penalty": (_("penalty"), ""),
    "sweep": (_("batch"), ""),
    "word": (_("watched word"), ""),
}
VALUES = {**dict(Case.Decision.choices), **dict(Penalty.Kind.choices), True: _("yes"), False: _("no")}
BY_NAME = {"action": dict(WatchedWord.Action.choices), "approval": dict(Board.Approval.choices)}


def thing_of(name: str) -> tuple[str, str]:
    """What people call `post-12`, and its address where it has one."""
    kind, _dash, pk = name.partition("-")
    label, place = THINGS.get(kind, ("", ""))
    if not label:
        return name, ""
    return f"{label} {pk}" if pk.isdigit() else str(label), reverse(place, args=[pk]) if place else ""


def said(name: str, value) -> str:
    """A detail as people read it: days as days, decisions by their names."""
    if value is None or value == "":
        return ""
    if name == "roles" and isinstance(value, list):
        return listed(map(appointing.called, value))
    if isinstance(value, list):
        return listed(value)
    if name in BY_NAME:
        return str(BY_NAME[name].get(value, value))
    if name == "thing":
        return thing_of(str(value))[0]
    if isinstance(value, str) and (moment := _moment(value)):
        return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")
    return str(VALUES.get(value, value)) if isinstance(value, str | bool) else str(value)


def _moment(text):
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and is_aware(moment) else None


def register():
    for act, label in LABELS.items():
        recording.register(act, label)
