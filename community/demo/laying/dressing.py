"""What a marketer sets up beside the links: partners, tags, notes, a pause, an end, and a split."""

from datetime import timedelta
from functools import cache

from community.campaigns import partnering
from community.campaigns.models import Partner, Split, Tag
from community.demo import words


def partners() -> dict[str, Partner]:
    return {partner.name: partner for partner in Partner.objects.all()}


def lay_partners(*, by):
    here = partners()
    for told in words.front_door()["partner"]:
        if told["name"] not in here:
            partnering.make(
                by=by,
                name=told["name"],
                kind=told["kind"],
                page_address=told["page"],
                fee=told.get("fee"),
                notes=told["notes"],
            )


@cache
def _set() -> dict:
    return words.front_door()


def dress(link, *, by, now):
    """Once, when the link is made: whatever the marketer of the demo changes later stays as they left it."""
    told, code = _set()["links"], link.code
    link.owner, link.notes = by, _set()["notes"].get(code, "")
    for one in _set()["partner"]:
        if code in one["links"]:
            link.partner = partners()[one["name"]]
    if code in told["paused"]:
        link.paused_at = now - timedelta(days=29)
    if code in told["ended"]:
        link.ends_at = now - timedelta(days=7)
    link.save()
    link.tags.set([_tag(name) for name, codes in _set()["tags"].items() if code in codes])
    if code == told["split"]:
        other = f"/{told['other_landing']}/"
        Split.objects.bulk_create([Split(link=link, arm=0), Split(link=link, arm=1, address=other)])


def _tag(name) -> Tag:
    return Tag.objects.named([name]).first() or Tag.objects.create(name=name)
