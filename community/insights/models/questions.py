"""What the window asks the rooms below, in one place."""

from accounts.models import ActiveDay
from community.campaigns.models import Campaign, Click, Conversion, TrackedLink
from community.insights.models.tallies import Way

OF_LINKS = ("campaign", "link", "channel", "landing")
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


def links_named(places) -> dict[int, TrackedLink]:
    """The links behind these places, with their campaigns, by number."""
    return {
        link.pk: link for link in TrackedLink.objects.filter(pk__in=list(places)).select_related("campaign", "page")
    }


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


def here_between(first, last) -> list[tuple]:
    """Who was here on which of these days, and since when they are members: member, day, joined."""
    rows = ActiveDay.objects.filter(day__gte=first, day__lte=last).order_by("day", "member_id")
    return list(rows.values_list("member_id", "day", "member__joined_at"))


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
