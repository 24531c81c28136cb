"""Keeping a post or a thread for oneself, and being reminded of it."""

import csv
import io
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext_lazy as _

from community.commons.refusals import Refusal
from community.forum import access
from community.forum.models import Bookmark, Post, Thread
from community.notices import ringing

REMINDS = "bookmark_due"
SENTENCES = {REMINDS: _("You wanted to come back to “%(title)s”. %(note)s")}
MOST = 5_000  # nobody reads more again; a script would keep the whole house
MORNING = time(9)
LONGEST_AHEAD = timedelta(days=2 * 366)


class TooManyKept(Refusal):
    status = 409
    message = _("You have kept a great deal already. Let go of something first.")


def tomorrow() -> datetime:
    """Nine in the morning, by the clock of the site."""
    return make_aware(datetime.combine(localtime().date() + timedelta(days=1), MORNING))


def next_week() -> datetime:
    """The morning of the Monday that comes."""
    today = localtime().date()
    return make_aware(datetime.combine(today + timedelta(days=7 - today.weekday()), MORNING))


@transaction.atomic
def keep(*, member, post=None, thread=None, note="", remind_at=None, by_mail=False) -> Bookmark:
    """Keeps it, or changes what was noted with it. Another time is another reminder."""
    access.require(access.against_keeping(member, post=post, thread=thread))
    mine = Bookmark.objects.of_member(member)
    row = mine.about(post=post, thread=thread).select_for_update().first()
    if row is None:
        if mine.count() >= MOST:
            raise TooManyKept
        # Two presses at once make one row.
        Bookmark.objects.bulk_create([Bookmark(member=member, post=post, thread=thread)], ignore_conflicts=True)
        row = mine.about(post=post, thread=thread).select_for_update().get()
    if row.remind_at != remind_at:
        row.told_at = None
    row.note, row.remind_at, row.by_mail = note, remind_at, by_mail
    row.save(update_fields=["note", "remind_at", "by_mail", "told_at"])
    return row


def let_go(*, member, bookmark):
    """No longer kept; said twice it is said once."""
    Bookmark.objects.of_member(member).same(bookmark.pk).delete()


@transaction.atomic
def remind(bookmark_id, moment) -> bool:
    """Rings for one bookmark, once; whoever may not read it any more hears nothing."""
    if not Bookmark.objects.claim(bookmark_id, moment):
        return False
    row = Bookmark.objects.for_telling(bookmark_id)
    thing = _readable(row)
    if thing is None:
        return False
    title = thing.title if row.thread_id else thing.thread.title
    ringing.ring(
        member=row.member,
        kind=REMINDS,
        params={"title": title, "note": row.note},
        url=thing.get_absolute_url(),
        about=f"bookmark-{row.pk}-{row.remind_at.isoformat()}",
        mail=row.by_mail,
    )
    return True


def _readable(row) -> Post | Thread | None:
    """What was kept, as far as its owner may read it at this moment."""
    if row.thread_id:
        return Thread.objects.visible_to(row.member).with_pk(row.thread_id)
    return Post.objects.visible_to(row.member).select_related("thread").with_pk(row.post_id)


def written_out(member) -> str:
    """All that a member keeps, as a file of their own; what they may not read any more has no title."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["saved_at", "address", "title", "note", "remind_at"])
    for row in Bookmark.objects.of_member(member).for_rows(member).order_by("pk"):
        told = (_said(row.saved_at), _address(row), row.title if row.is_readable else "", row.note)
        writer.writerow([*(_neutral(each) for each in told), _said(row.remind_at) if row.remind_at else ""])
    return "\ufeff" + out.getvalue()


def _address(row) -> str:
    return settings.SITE_URL + row.place.get_absolute_url()


def _said(moment) -> str:
    return localtime(moment).isoformat(timespec="minutes")


def _neutral(text) -> str:
    """As text: no spreadsheet takes it for a formula."""
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) else text
