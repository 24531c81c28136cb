"""How the log of staff acts calls what is done in this room."""

from django.utils.translation import gettext_lazy as _

from accounts import recording

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


def register():
    for act, label in LABELS.items():
        recording.register(act, label)
