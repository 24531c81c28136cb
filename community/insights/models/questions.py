"""What the window asks the rooms below, in one place."""

from collections import namedtuple

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils.timezone import get_default_timezone_name

from accounts.models import Member
from community.campaigns import moments
from community.campaigns.models import Campaign, Click, Conversion, Step, Tag, TrackedLink
from community.forum.models import Post, Thread
from community.insights.models.tallies import Way

OF_LINKS = ("campaign", "link", "channel", "landing", "tag")
OF_WAYS = ("app", "os", "device", "language")


def numbers(values) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 18]


def links_where(chosen: dict[str, list[str]]) -> list[int]:
    """The links that fit every filter; several values of one filter are alternatives."""
    links = TrackedLink.objects.order_by()
    for name, values in chosen.items():
        if name == "campaign":
            links = links.filter(campaign__in=numbers(values))
        elif name == "link":
            links = links.filter(pk__in=numbers(values))
        elif name == "channel":
            links = links.filter(channel__in=values)
        elif name == "tag":
            links = links.filter(tags__in=numbers(values)).distinct()
        elif name == "landing":
            pages = numbers([value.removeprefix("page-") for value in values if value.startswith("page-")])
            links = links.filter(page__in=pages) | links.filter(page=None, address__in=values)
    return list(links.values_list("pk", flat=True))


def ways_where(chosen: dict[str, list[str]]) -> list[int]:
    """The ways that fit every filter."""
    ways = Way.objects.order_by()
    for name, values in chosen.items():
        ways = ways.filter(**{f"{name}__in": values})
    return list(ways.values_list("pk", flat=True))


def links_named(places, beside: str = "campaign") -> dict[int, TrackedLink]:
    """The links behind these places, with their campaigns or their pages, by number."""
    links = TrackedLink.objects.order_by().filter(pk__in=list(places)).select_related(beside)
    return {link.pk: link for link in links}


LinkParted = namedtuple("LinkParted", "campaign_id channel page_id address")


def _array(places) -> str:
    """Numbers as the database writes them: a thousand of them one by one cost more than the answer."""
    return "{" + ",".join(map(str, places)) + "}"


def links_parted(places) -> dict[int, LinkParted]:
    """What links are parted by."""
    with connection.cursor() as cursor:
        asked = (
            "SELECT id, campaign_id, channel, page_id, address FROM campaigns_trackedlink WHERE id = ANY(%s::bigint[])"
        )
        cursor.execute(asked, [_array(places)])
        return {pk: LinkParted(*rest) for pk, *rest in cursor.fetchall()}


def tags_of(places) -> dict[int, list[int]]:
    """The numbers of the tags of each of these links: one with two tags is counted under both."""
    found: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        asked = "SELECT trackedlink_id, tag_id FROM campaigns_trackedlink_tags WHERE trackedlink_id = ANY(%s::bigint[])"
        cursor.execute(asked, [_array(places)])
        for link, tag in cursor.fetchall():
            found.setdefault(link, []).append(tag)
    return found


def campaigns_named(keys) -> dict[int, Campaign]:
    return Campaign.objects.in_bulk([int(key) for key in keys])


def tags_named(keys) -> dict[int, Tag]:
    return Tag.objects.in_bulk([int(key) for key in keys])


def tag_numbered(number: str) -> Tag | None:
    return Tag.objects.filter(pk__in=numbers([number])).first()


def campaigns_within(first, last) -> list[Campaign]:
    """Campaigns that begin or end in a span of days."""
    begin = Campaign.objects.filter(starts_on__gte=first, starts_on__lte=last)
    return list(
        (begin | Campaign.objects.filter(ends_on__gte=first, ends_on__lte=last)).order_by("starts_on", "pk")[:50]
    )


def joined_between(start, end):
    """The joining of everybody who joined from one moment on and before another."""
    return list(Conversion.objects.filter(kind=Conversion.Kind.JOINED, at__gte=start, at__lt=end).order_by("at", "pk"))


def fates_of(members) -> list[tuple]:
    """Every step these members have taken by now: member, kind, amount, currency."""
    steps = Conversion.objects.order_by().filter(member__in=list(members))
    return list(steps.values_list("member_id", "kind", "amount", "currency"))


_SEEN_ANEW = """
SELECT member, min(day), joined_at, age FROM (
    SELECT a.member_id AS member, a.day, m.joined_at,
        (a.day - (m.joined_at AT TIME ZONE %(zone)s)::date) / 7 AS age
    FROM accounts_activeday a JOIN accounts_member m ON m.id = a.member_id
    WHERE a.day > %(first)s - 7 AND a.day <= %(last)s AND a.day >= (m.joined_at AT TIME ZONE %(zone)s)::date
) here GROUP BY member, joined_at, age HAVING min(day) >= %(first)s ORDER BY 2, 1, 4"""


def seen_anew(first, last) -> list[tuple]:
    """Who was seen on one of these days for the first time in that week of their membership: member, day, joined, week.

    A week of a membership that holds one of these days has begun at most six days before the first of them.
    """
    told = {"first": first, "last": last, "zone": get_default_timezone_name()}
    with connection.cursor() as cursor:
        cursor.execute(_SEEN_ANEW, told)
        return cursor.fetchall()


def first_fact():
    """The moment of the first click, or of the first joining if that was earlier; None where nothing has happened."""
    click, joined = Click.objects.order_by("id").first(), Conversion.objects.order_by("at").first()
    return min((row.at for row in (click, joined) if row), default=None)


def steps_between(start, end):
    """Every step that members took from one moment on and before another."""
    return list(Conversion.objects.filter(at__gte=start, at__lt=end).order_by("at", "pk"))


def joined_of_the_changed(since) -> list[tuple]:
    """When those members joined of whom a step was written or moved lately, and when that was."""
    changed = Conversion.objects.order_by().filter(changed_at__gte=since).exclude(kind=Conversion.Kind.JOINED)
    joined = Conversion.objects.order_by().filter(changed_at__gte=since, kind=Conversion.Kind.JOINED)
    return [*changed.values_list("member__joined_at", "changed_at"), *joined.values_list("at", "changed_at")]


def campaign_numbered(number: str) -> Campaign | None:
    return Campaign.objects.filter(pk__in=numbers([number])).first()


# --- right now


def clicks_since(moment, most: int) -> list[Click]:
    return list(
        Click.objects.human().filter(id__gte=moments.floor(moment)).select_related("link").order_by("-id")[:most]
    )


def arrivals_since(moment, most: int) -> list[Step]:
    return list(Step.objects.since(moment).filter(kind="painted").arrivals().order_by("-id")[:most])


def joined_since(moment, most: int) -> list[Conversion]:
    joined = Conversion.objects.filter(kind=Conversion.Kind.JOINED, at__gte=moment)
    return list(joined.select_related("last_link").order_by("-at", "-pk")[:most])


def posts_since(moment, most: int) -> list[Post]:
    """Posts that anybody may read. By their numbers, which follow time: no index of moments is needed for this."""
    open_to_all = Thread.objects.visible_to(AnonymousUser())
    latest = Post.objects.readable().filter(thread__in=open_to_all).select_related("thread").order_by("-pk")
    return [post for post in latest[:most] if post.made_at >= moment]


def counts_since(moment) -> dict[str, int]:
    clicks = Click.objects.human().filter(id__gte=moments.floor(moment)).count()
    arrivals = Step.objects.since(moment).filter(kind="painted").arrivals().count()
    joined = Conversion.objects.filter(kind=Conversion.Kind.JOINED, at__gte=moment).count()
    return {"came": clicks + arrivals, "joined": joined, "wrote": len(posts_since(moment, 1_000))}


# --- alarms


def hour_of(measure: str, start, end) -> int:
    """Clicks by people, or people who joined, from one moment on and before another."""
    if measure == "clicks":
        return Click.objects.human().between(start, end).count()
    return Conversion.objects.filter(kind=Conversion.Kind.JOINED, at__gte=start, at__lt=end).count()


def at_the_desk() -> list[Member]:
    """Whoever works there; what they may see is asked of access."""
    return list(Member.objects.filter(is_active=True, is_staff=True).order_by("pk"))
