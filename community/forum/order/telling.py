"""What members are told of keeping order: at the bell, and by a letter that says why and what they can do."""

from functools import partial

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.access import closed_address
from accounts.models import Member
from community.commons import prose
from community.notices import ringing

LONGEST_SAID = 200  # letters of one's own words in a letter: enough to know them by

SENTENCES = {
    "order_report_acted": _("Thank you for telling us. A host has looked at it, and has done something about it."),
    "order_report_fine": _("Thank you for telling us. A host has looked at it, and finds that it can stay."),
    "order_hidden": _(
        "Members reported something you wrote. It is hidden until a host has looked; that is all for now."
    ),
    "order_shown": _("A host has looked at what was reported of you: nothing is wrong, everyone can read it again."),
    "order_removed": _("A host took away something you wrote. Why: %(reason)s"),
    "order_taken": _("A host took away something you wrote."),
    "order_swept": _("A host took away all that you wrote here. Why: %(reason)s"),
    "order_unswept": _("A host brought back what had been taken away. Everyone can read it again."),
    "order_note": _("A host asks you for something: %(reason)s"),
    "order_warning": _("A host asks you to stop: %(reason)s"),
    "order_silence": _("You cannot write for now. Why: %(reason)s"),
    "order_suspension": _("You can only read for now. Why: %(reason)s"),
    "order_ban": _("You can no longer come in. Why: %(reason)s"),
    # Of the same steps, where what they are about was taken away, too.
    "order_note_taken": _("A host took away something you wrote, and asks you for something: %(reason)s"),
    "order_warning_taken": _("A host took away something you wrote, and asks you to stop: %(reason)s"),
    "order_silence_taken": _("A host took away something you wrote, and you cannot write for now. Why: %(reason)s"),
    "order_suspension_taken": _("A host took away something you wrote, and you can only read for now. Why: %(reason)s"),
    "order_ban_taken": _("A host took away something you wrote, and you can no longer come in. Why: %(reason)s"),
    "order_lifted": _("What stood against you has been taken back. %(reason)s"),
    "order_appeal_granted": _("A host has read your objection, and agrees with you. %(reason)s"),
    "order_appeal_refused": _("A host has read your objection, and it stays as it is. %(reason)s"),
    "order_held": _("A host reads what you write first, from now on. Why: %(reason)s"),
    "order_held_published": _("A host has read what you wrote. Everyone can read it now."),
    "order_held_refused": _("A host has read what you wrote, and did not publish it. Why: %(reason)s"),
    "order_reported": _("Something was reported, and waits for a host."),
    "order_objected": _("%(name)s objects to a decision, and waits for another host."),
    "order_words_wait": _("What somebody wrote waits for a host."),
}


def call_hosts_on_commit(kind, *, url, about, but=(), **params):
    """Rings at everyone who keeps order, once for what it is about: a phone in the pocket is where a host is."""
    transaction.on_commit(partial(_call_hosts, kind, url, about, but, params), robust=True)


def _call_hosts(kind, url, about, but, params):
    # Each ring for itself, after the act: bells are locked one at a time.
    for host in Member.objects.keepers("keep_order").exclude(pk__in=but).order_by("pk"):
        ringing.ring(member=host, kind=kind, params=params, url=url, about=about)


def standing_page(member) -> str:
    """Where they read why, and object; for whoever may not come in, an address that lets them do just that."""
    return closed_address(member) if member.is_banned else reverse("standing:index")


def tell(member, kind, *, url="", about="", reason="", said="", mail=True, until=None, may_object=False):
    """Rings, and writes: in the member's language, with the reason as the host wrote it and the words it is about."""
    url = url or standing_page(member)
    ring = ringing.ring(member=member, kind=kind, params={"reason": reason}, url=url, about=about)
    if ring is not None and mail and member.email:
        _write(ring, member, reason=reason, said=said, until=until, may_object=may_object)


def _write(ring, member, **told):
    with override(member.locale):
        sentence = str(SENTENCES[ring.kind]) % {"reason": ""}
        context = {"sentence": sentence.strip(), "name": member, "address": settings.SITE_URL + ring.url, **told}
        context["said"] = prose.excerpt(told["said"], LONGEST_SAID)
        context["site_url"] = settings.SITE_URL
        letter = EmailMultiAlternatives(
            subject=ring.sentence[:120], body=render_to_string("letters/order.txt", context), to=[member.email]
        )
        letter.attach_alternative(render_to_string("letters/order.html", context), "text/html")
        letter.send()
