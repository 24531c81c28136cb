"""Ringing the bell, and having read it."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import override

from community.notices import kinds, streams
from community.notices.models import Bell, Ring


@transaction.atomic
def ring(*, member, kind, params, url, about="", mail=False, stop="") -> Ring | None:
    """Lets a member know, once for each kind and thing it is `about`; an empty `about` is a new thing every time.

    `url` is a place on this site. With `mail` a letter goes out too, in the member's language; `stop` is the place
    where they stop such letters. Gives the ring, or None when they were told before or cannot come in any more.
    """
    if not kinds.known(kind):
        raise ValueError(f"nobody registered the kind {kind!r}")
    if not url.startswith("/") or url.startswith("//"):
        raise ValueError("a ring leads to a place on this site")
    if not member.is_active:
        return None
    row = Ring(member=member, kind=kind, params=params, url=url, about=about)
    if about:
        rung, made = Ring.objects.get_or_create(
            member=member, kind=kind, about=about, defaults={"params": params, "url": url}
        )
        if not made:
            return None
        row = rung
    else:
        row.save()
    _changed(member.pk)
    if mail and member.email:
        _write(row, stop)
    return row


def locked(*, member, about) -> Ring | None:
    """What rang about this thing, read or not, for one who says it anew: nobody else does until their transaction ends."""
    Bell.objects.locked(member.pk)
    return Ring.objects.of(member).about_this(about).first()


@transaction.atomic
def gather(*, ring, member, kind, params, url, about) -> Ring | None:
    """Says what has gathered about one thing. An open ring says it anew, in its place at the top; one that was read gives
    way to another, for there is news again. `ring` is what locked() gave.
    """
    if not member.is_active:
        return None
    if ring and not ring.is_read and (ring.kind, ring.params) == (kind, params):
        return ring
    if ring and ring.is_read:
        ring.delete()
        ring = None
    if ring is None:
        ring = Ring(member=member, about=about)
    ring.kind, ring.params, ring.url, ring.at = kind, params, url, now()
    ring.save()
    _changed(member.pk)
    return ring


@transaction.atomic
def take_back(*, ring):
    """What rang is not so any more; what was read is past, and stays."""
    if ring and not ring.is_read:
        ring.delete()
        _changed(ring.member_id)


def read(*, member, rings) -> int:
    """Marks these rings of the member as read; says how many were not before."""
    with transaction.atomic():
        unread = rings.of(member).unread()
        if not unread.exists():
            return 0
        Bell.objects.locked(member.pk)  # before its rings, as who gathers one takes them: nobody waits in a ring
        newly = unread.update(read_at=now())
        if newly:
            _changed(member.pk)
    return newly


def _changed(member_id):
    streams.tell_on_commit(member_id, Bell.objects.move(member_id))


def _write(row, stop):
    """The sentence is the subject; the letter says where it leads, and where such letters are stopped."""
    stop = stop and settings.SITE_URL + stop
    with override(row.member.locale):
        context = {"sentence": row.sentence, "address": settings.SITE_URL + row.url, "site_url": settings.SITE_URL}
        context["stop"] = stop
        letter = EmailMultiAlternatives(
            subject=row.sentence,
            body=render_to_string("letters/ring.txt", context),
            to=[row.member.email],
            headers={"List-Unsubscribe": f"<{stop}>"} if stop else {},
        )
        letter.attach_alternative(render_to_string("letters/ring.html", context), "text/html")
        letter.send()
