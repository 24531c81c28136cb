"""A member's words for the authorities: everything that is kept, with its times, in a file that any office opens."""

import csv
import io

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localtime

from accounts import recording
from community.forum import access
from community.forum.models import Post

COLUMNS = (
    "post", "thread", "title", "made_at", "edited_at", "state", "removed_at", "removed_because",
    "address_of_the_post", "ip_address", "words", "former_words",
)  # fmt: skip
NOT_KEPT = "not kept: this site stores no IP addresses"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def neutral(value) -> str:
    """As text: no spreadsheet takes it for a formula, and nothing of it is lost."""
    text = str(value).replace("\x00", "")
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


@transaction.atomic
def hand_over(*, member, by, reason) -> str:
    """The file, and the line in the log that says who took it and why: never one without the other."""
    if not access.may_hand_over(by):
        raise access.HostsOnly
    out = io.StringIO()
    writer = csv.writer(out)
    for name, value in _head(member, by, reason):
        writer.writerow([name, neutral(value)])
    writer.writerow([])
    writer.writerow(COLUMNS)
    many = 0
    for post in Post.objects.for_the_record(member):
        writer.writerow([neutral(value) for value in _row(post)])
        many += 1
    recording.record(by=by, act="member.handed_over", member=member, why=reason, after={"posts": many})
    return "\ufeff" + out.getvalue()


def _head(member, by, reason):
    yield "member", member.pk
    yield "handle", member.handle
    yield "name", member.name
    yield "email", member.email or ""
    yield "joined_at", _said(member.joined_at)
    yield "ip_addresses", NOT_KEPT
    yield "exported_by", by.handle
    yield "reason", reason
    yield "time_zone", settings.TIME_ZONE


def _row(post):
    gone = post.is_gone and post.removal
    return (
        post.pk,
        post.thread_id,
        post.thread.title,
        _said(post.made_at),
        _said(post.edited_at) if post.edited_at else "",
        gone.hand if gone else "stands",
        _said(gone.at) if gone else "",
        gone.reason if gone else "",
        f"{settings.SITE_URL}/forum/posts/{post.pk}/",
        NOT_KEPT,
        post.body,
        "\n---\n".join(f"{_said(former.at)} {former.body}" for former in post.revisions.all()),
    )


def _said(moment) -> str:
    return localtime(moment).isoformat(timespec="seconds")
