"""Campaigns, their links, and who came through them."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from community.campaigns import codes
from community.campaigns.agents import Kind
from community.campaigns.channels import PAID, Channel
from community.commons.ids import uuid7

CLICK_IDS = (
    "fbclid",
    "gclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "ttclid",
    "twclid",
    "li_fat_id",
    "epik",
    "rdt_cid",
)


class CampaignQuerySet(models.QuerySet):
    def open(self):
        return self.filter(archived_at=None)

    def archived(self):
        return self.exclude(archived_at=None)

    def keyed(self, key: str):
        return self.filter(key__iexact=key)

    def for_desk(self):
        return self.select_related("owner").annotate(
            link_count=models.Count("links", filter=models.Q(links__archived_at=None))
        )


class Campaign(models.Model):
    """Something the brand does for a while, and the words it greets newcomers with."""

    name = models.CharField(_("name"), max_length=80)
    key = models.SlugField(
        _("key"),
        max_length=60,
        unique=True,
        help_text=_("The utm_campaign of its links: small letters, digits, hyphens."),
    )
    greeting_zh = models.CharField(
        _("greeting in Chinese"),
        max_length=200,
        blank=True,
        help_text=_("What a new member reads right after joining."),
    )
    greeting_en = models.CharField(_("greeting in English"), max_length=200, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    made_at = models.DateTimeField(default=now, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ("-made_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="campaign_ends_after_it_starts",
                violation_error_message=_("A campaign cannot end before it starts."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("campaigns:campaign", args=[self.pk])

    @property
    def greeting(self) -> str:
        chinese, english = self.greeting_zh, self.greeting_en
        return (chinese or english) if (get_language() or "zh").startswith("zh") else (english or chinese)


class TrackedLinkQuerySet(models.QuerySet):
    def coded(self, code: str):
        return self.filter(code_folded=codes.fold(code))

    def open(self):
        return self.filter(archived_at=None)

    def of(self, campaign):
        return self.filter(campaign=campaign)

    def for_desk(self):
        return self.select_related("campaign", "page").order_by("-made_at", "-pk")

    def for_the_door(self):
        return self.select_related("campaign", "page", "card_picture")


class TrackedLink(models.Model):
    """One place where the brand left an address of its own: one post, one poster, one letter."""

    code = models.CharField(pgettext_lazy("of a link", "code"), max_length=codes.LONGEST)
    code_folded = models.CharField(max_length=codes.LONGEST * 3, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="links", verbose_name=_("campaign"))
    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    label = models.CharField(_("label"), max_length=80, help_text=_("Which post, poster or letter this is."))
    # A page keeps its link when it moves; `address` is a path of this site or a URL on an allowed host.
    page = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("page")
    )
    address = models.CharField(_("address"), max_length=1000, blank=True)
    utm_source = models.CharField(max_length=100, blank=True)
    utm_medium = models.CharField(max_length=100, blank=True)
    utm_campaign = models.CharField(max_length=100, blank=True)
    utm_term = models.CharField(max_length=100, blank=True)
    utm_content = models.CharField(max_length=100, blank=True)
    card_title = models.CharField(_("card title"), max_length=120, blank=True)
    card_text = models.CharField(_("card text"), max_length=300, blank=True)
    card_picture = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("card picture")
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=now, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = TrackedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("tracked link")
        verbose_name_plural = _("tracked links")
        ordering = ("-made_at", "-pk")

    def __str__(self):
        return f"{self.get_channel_display()} · {self.label}"

    def save(self, *args, **kwargs):
        self.code_folded = codes.fold(self.code)
        if (fields := kwargs.get("update_fields")) is not None and "code" in fields:
            kwargs["update_fields"] = {*fields, "code_folded"}
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("campaigns:link", args=[self.pk])

    @property
    def path(self) -> str:
        return f"{settings.TRACKED_LINK_PREFIX}{self.code}"

    @property
    def url(self) -> str:
        """What the marketer copies."""
        return f"{settings.SITE_URL}{self.path}"

    @property
    def is_paid(self) -> bool:
        return self.channel in PAID

    @property
    def utm(self) -> dict[str, str]:
        names = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
        return {name: value for name in names if (value := getattr(self, name))}


class ClickQuerySet(models.QuerySet):
    def human(self):
        return self.filter(agent=Kind.HUMAN)

    def of_visitor(self, visitor):
        return self.filter(visitor=visitor)

    def of_member(self, member):
        """Every time this person came through a link, on whichever device, the first one first."""
        return self.human().filter(visitor__in=Claim.objects.visitors_of(member)).order_by("id")

    def until(self, moment):
        return self.filter(at__lte=moment)

    def since(self, moment):
        """From a moment on; None is the beginning."""
        return self if moment is None else self.filter(at__gte=moment)

    def with_link(self):
        return self.select_related("link", "link__campaign")

    def counted(self):
        """Human clicks, people, and the others, for each link at once."""
        human = models.Q(agent=Kind.HUMAN)
        return (
            self.order_by()
            .values("link_id")
            .annotate(
                clicks=models.Count("id", filter=human),
                people=models.Count("visitor", filter=human, distinct=True),
                previews=models.Count("id", filter=models.Q(agent=Kind.PREVIEW)),
                searches=models.Count("id", filter=models.Q(agent=Kind.SEARCH)),
                scanners=models.Count("id", filter=models.Q(agent=Kind.SCANNER)),
                ahead=models.Count("id", filter=models.Q(agent=Kind.PREFETCH)),
                unknown=models.Count("id", filter=models.Q(agent=Kind.UNKNOWN)),
            )
        )

    def of_links(self, links):
        return self.filter(link__in=links)


class Click(models.Model):
    """Someone, or something, asked for a tracked link. The table is parted by month along its time-sorted key."""

    class Trigger(models.TextChoices):
        LINK = "link", _("link")
        QR = "qr", _("QR code")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # No constraint in the database: a click is never refused, and its months come and go as whole tables.
    link = models.ForeignKey(TrackedLink, models.PROTECT, related_name="clicks", db_constraint=False, db_index=False)
    visitor = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField(default=now)
    agent = models.CharField(max_length=10, choices=Kind)
    trigger = models.CharField(max_length=10, choices=Trigger, default=Trigger.LINK)
    app = models.CharField(max_length=16, blank=True, default="")
    os = models.CharField(max_length=16, blank=True, default="")
    device = models.CharField(max_length=10, blank=True, default="")
    language = models.CharField(max_length=16, blank=True, default="")
    referrer = models.CharField(max_length=120, blank=True, default="")
    # Keyed with a salt that lives for a day or two: it tells two visits of one day apart, never who they were.
    address = models.BinaryField(null=True, blank=True)
    network = models.CharField(max_length=20, null=True, blank=True)  # noqa: DJ001 (null: nobody has looked yet)
    agent_said = models.CharField(max_length=300, blank=True, default="")
    query = models.TextField(blank=True, default="")
    fbclid = models.TextField(null=True, blank=True)  # noqa: DJ001 (null: it was not in the address at all)
    gclid = models.TextField(null=True, blank=True)  # noqa: DJ001
    gbraid = models.TextField(null=True, blank=True)  # noqa: DJ001
    wbraid = models.TextField(null=True, blank=True)  # noqa: DJ001
    msclkid = models.TextField(null=True, blank=True)  # noqa: DJ001
    ttclid = models.TextField(null=True, blank=True)  # noqa: DJ001
    twclid = models.TextField(null=True, blank=True)  # noqa: DJ001
    li_fat_id = models.TextField(null=True, blank=True)  # noqa: DJ001
    epik = models.TextField(null=True, blank=True)  # noqa: DJ001
    rdt_cid = models.TextField(null=True, blank=True)  # noqa: DJ001
    other_ids = models.JSONField(null=True, blank=True)

    objects = ClickQuerySet.as_manager()

    class Meta:
        verbose_name = _("click")
        verbose_name_plural = _("clicks")
        indexes = [
            # How many came through a link, and how many different people.
            models.Index(fields=["link", "agent", "visitor"], name="click_of_a_link"),
            # Where did this person come from.
            models.Index(fields=["visitor", "id"], name="click_of_a_visitor", condition=~models.Q(visitor=None)),
        ]

    def __str__(self):
        return f"{self.link_id} {self.at:%Y-%m-%d %H:%M}"


class MissQuerySet(models.QuerySet):
    def same_as(self, miss):
        return self.filter(day=miss.day, code=miss.code, referrer=miss.referrer)


class Miss(models.Model):
    """A code that nobody has made, and how often it was asked for on one day."""

    code = models.CharField(pgettext_lazy("of a link", "code"), max_length=codes.LONGEST)
    day = models.DateField(_("day"))
    referrer = models.CharField(_("from"), max_length=120, blank=True, default="")
    count = models.PositiveIntegerField(_("times"), default=1)

    objects = MissQuerySet.as_manager()

    class Meta:
        verbose_name = _("missed link")
        verbose_name_plural = _("missed links")
        constraints = [
            models.UniqueConstraint(fields=["day", "code", "referrer"], name="one_count_of_a_miss_each_day"),
        ]

    def __str__(self):
        return f"{self.code} ({self.count})"


class SaltQuerySet(models.QuerySet):
    def older_than(self, moment):
        return self.filter(made_at__lt=moment)


class Salt(models.Model):
    """The day's key for network addresses. Once it is destroyed, nobody can say which address a hash came from."""

    day = models.DateField(primary_key=True)
    secret = models.BinaryField()
    made_at = models.DateTimeField(default=now)

    objects = SaltQuerySet.as_manager()

    def __str__(self):
        return f"{self.day}"


class ClaimQuerySet(models.QuerySet):
    def visitors_of(self, member):
        return self.filter(member=member).values("visitor")


class Claim(models.Model):
    """This browser turned out to be that member's."""

    visitor = models.UUIDField(primary_key=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="claims")
    at = models.DateTimeField(default=now)

    objects = ClaimQuerySet.as_manager()

    def __str__(self):
        return f"{self.visitor}"


class ConversionQuerySet(models.QuerySet):
    def joined(self):
        return self.filter(kind=Conversion.Kind.JOINED)

    def of_member(self, member):
        return self.filter(member=member)

    def of_members(self, members):
        return self.filter(member__in=members)

    def since(self, moment):
        """From a moment on; None is the beginning."""
        return self if moment is None else self.filter(at__gte=moment)

    def with_links(self):
        return self.select_related("member", "first_link__campaign", "last_link__campaign")

    def credited_to(self, links, touch: str):
        """Those whose `touch` ("first" or "last") was one of these links."""
        return self.filter(**{f"{touch}_link__in": links})

    def counted(self, touch: str):
        return self.order_by().values(f"{touch}_link_id").annotate(count=models.Count("member", distinct=True))


class Conversion(models.Model):
    """A step a member took, and the links that had led them there by then."""

    class Kind(models.TextChoices):
        JOINED = "joined", _("joined")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="conversions")
    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField(default=now)
    # Bare identifiers: months of clicks may be dropped one day, and what they led to stays true.
    first_click = models.UUIDField(null=True, blank=True)
    last_click = models.UUIDField(null=True, blank=True)
    first_link = models.ForeignKey(TrackedLink, models.PROTECT, null=True, blank=True, related_name="+")
    last_link = models.ForeignKey(TrackedLink, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ConversionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("member", condition=models.Q(kind="joined"), name="a_member_joins_once"),
        ]

    def __str__(self):
        return f"{self.member_id} {self.kind}"
