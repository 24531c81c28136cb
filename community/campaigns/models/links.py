"""The links a brand leaves in the world, and the codes that were asked for though nobody made them."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from community.campaigns import codes
from community.campaigns.channels import PAID, Channel
from community.campaigns.models.partners import Partner
from community.campaigns.models.plans import Campaign
from community.commons import lookups  # noqa: F401 (one_of)

UTM = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")


class Routed(NamedTuple):
    """What the door reads of a link."""

    pk: int
    code: str
    code_folded: str
    page__url_path: str | None
    address: str
    before_address: str
    after_address: str
    full_address: str
    starts_at: datetime | None
    ends_at: datetime | None
    most_visits: int | None
    paused_at: datetime | None
    campaign__paused_at: datetime | None
    has_rules: bool
    has_arms: bool
    utm_source: str
    utm_medium: str
    utm_campaign: str
    utm_term: str
    utm_content: str

    @property
    def utm(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, value) for name, value in zip(UTM, self[-len(UTM) :], strict=True) if value)


class TrackedLinkQuerySet(models.QuerySet):
    def coded(self, code: str):
        return self.filter(code_folded=codes.fold(code))

    def with_codes(self, folded):
        return self.filter(code_folded__one_of=folded)

    def open(self):
        return self.filter(archived_at=None)

    def archived(self):
        return self.exclude(archived_at=None)

    def of(self, campaign):
        return self.filter(campaign=campaign)

    def narrowed(self, *, campaign=None, channel=None, code=""):
        """By whatever was given."""
        rows = self.filter(campaign=campaign) if campaign else self
        rows = rows.filter(channel=channel) if channel else rows
        return rows.coded(code) if code else rows

    def of_member(self, member):
        """A member's own invitation."""
        return self.filter(member=member)

    def invitations(self):
        """Links that members made for their friends."""
        return self.exclude(member=None)

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def of_partner(self, partner):
        return self.filter(partner=partner)

    def of_the_brand(self):
        """Those a marketer made: not what members invite their friends with."""
        return self.filter(member=None)

    def on(self, channel: str):
        return self.filter(channel=channel)

    def owned_by(self, member):
        return self.filter(owner=member)

    def tagged(self, tag):
        return self.filter(tags=tag)

    def paused(self):
        return self.exclude(paused_at=None, campaign__paused_at=None)

    def ended(self, moment):
        return self.filter(ends_at__lte=moment)

    def in_trouble(self):
        return self.filter(health__trouble__gt="")

    def told_of(self, words: str):
        """Links whose label, code, notes, words or destination hold every one of these words."""
        found = self
        for word in words.split()[:6]:
            found = found.filter(
                models.Q(label__icontains=word)
                | models.Q(code_folded__contains=codes.fold(word))
                | models.Q(notes__icontains=word)
                | models.Q(address__icontains=word)
                | models.Q(page__title__icontains=word)
                | models.Q(campaign__name__icontains=word)
                | models.Q(utm_source__icontains=word)
                | models.Q(utm_campaign__icontains=word)
                | models.Q(utm_content__icontains=word)
            )
        return found

    def labelled(self, label: str):
        return self.filter(label=label)

    def among(self, folded):
        return self.filter(code_folded__in=folded)

    def words_in(self, place: str):
        """Each word that stands in one place of some link's address."""
        return self.exclude(**{place: ""}).order_by().values_list(place, flat=True).distinct()

    def alike(self, folded, most=3000):
        """Links whose codes could be what somebody meant by one of these: they begin or end alike."""
        near = models.Q(pk=None)
        for code in folded:
            near |= models.Q(code_folded__startswith=code[:2]) | models.Q(code_folded__endswith=code[-2:])
        return self.filter(near).order_by("-made_at", "-pk").select_related("campaign", "page")[:most]

    def due(self, moment):
        """Links that lead somewhere for somebody, and whose destinations are to be asked, the longest unasked first."""
        return (
            self.open()
            .filter(campaign__archived_at=None)
            .filter(models.Q(ends_at=None) | models.Q(ends_at__gt=moment) | ~models.Q(after_address=""))
            .filter(models.Q(health=None) | models.Q(health__next_at__lte=moment))
            .order_by(models.F("health__next_at").asc(nulls_first=True), "pk")
        )

    def numbered(self, ids):
        return self.filter(pk__in=ids).select_related("campaign")

    def with_content(self):
        """Whose address says which ad or poster it is."""
        return self.exclude(utm_content="").only("pk", "utm_content")

    def paid(self, channels):
        return self.filter(channel__in=channels)

    def for_desk(self):
        return self.select_related("campaign", "page", "owner", "health").order_by("-made_at", "-pk")

    def with_tags(self):
        return self.prefetch_related("tags")

    def for_checking(self):
        """With everything that says where a link may lead, and whom to tell."""
        return self.select_related("campaign__owner", "page", "owner", "made_by", "member").prefetch_related(
            "rules__page", "splits__page"
        )

    def routed(self, *, rules, arms):
        """No more than says where each leads, as bare rows: the door reads very many of them.

        Rules and arms stand apart; `rules` and `arms` are the questions whether a link has any, and few have.
        """
        rows = self.order_by().annotate(has_rules=models.Exists(rules), has_arms=models.Exists(arms))
        return rows.values_list(*Routed._fields)

    def newest_before(self, pk):
        """The newest first, from a key downwards; None is the very newest."""
        rows = self.filter(archived_at=None).order_by("-pk")
        return rows if pk is None else rows.filter(pk__lt=pk)

    def for_the_door(self):
        return self.select_related("campaign", "page", "card_picture").prefetch_related("rules__page", "splits__page")


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
    # Outside of its days, or once it is full, a link leads elsewhere; without such an address, to a page that says so.
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    most_visits = models.PositiveIntegerField(_("most visits"), null=True, blank=True)
    before_address = models.CharField(_("before the start, leads to"), max_length=1000, blank=True)
    after_address = models.CharField(_("after the end, leads to"), max_length=1000, blank=True)
    full_address = models.CharField(_("after the last visit, leads to"), max_length=1000, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    text = models.TextField(
        _("text"), blank=True, default="", help_text=_("What is posted around the link; empty is the one we propose.")
    )
    notes = models.TextField(_("notes"), blank=True, default="", help_text=_("For colleagues; nobody else reads it."))
    tags = models.ManyToManyField("campaigns.Tag", blank=True, related_name="links", verbose_name=_("tags"))
    # Who hears of it when something is wrong with the link.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=now, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Whose invitation this is, or whose page it stands on; most links are the brand's own.
    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="invite_link"
    )
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="links")

    objects = TrackedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("tracked link")
        verbose_name_plural = _("tracked links")
        ordering = ("-made_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at=None)
                | models.Q(ends_at=None)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="link_ends_after_it_starts",
                violation_error_message=_("A link cannot end before it starts."),
            ),
        ]

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
        return {name: value for name in UTM if (value := getattr(self, name))}


class MissQuerySet(models.QuerySet):
    def same_as(self, miss):
        return self.filter(day=miss.day, code=miss.code, referrer=miss.referrer)

    def of_code(self, folded: str):
        return self.filter(code=folded)

    def of_codes(self, folded):
        return self.filter(code__in=folded)

    def by_code(self, *, ignored=False):
        """Each code that nobody has made since, how often it was asked for, and when last."""
        made = TrackedLink.objects.filter(code_folded=models.OuterRef("code"))
        waved_off = Ignored.objects.filter(code=models.OuterRef("code"))
        return (
            self.filter(~models.Exists(made), models.Exists(waved_off) if ignored else ~models.Exists(waved_off))
            .order_by()
            .values("code")
            .annotate(
                times=models.Sum("count"),
                first=models.Min("day"),
                last=models.Max("day"),
            )
        )

    def by_referrer(self):
        """For each code and each place it was asked for from, how often."""
        return self.order_by().values("code", "referrer").annotate(times=models.Sum("count")).order_by("code", "-times")


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


class IgnoredQuerySet(models.QuerySet):
    def coded(self, code: str):
        return self.filter(code=codes.fold(code))


class Ignored(models.Model):
    """A missed code that somebody looked at and waved off: a robot's guess, most often."""

    code = models.CharField(max_length=codes.LONGEST, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    objects = IgnoredQuerySet.as_manager()

    class Meta:
        verbose_name = _("missed link that was waved off")
        verbose_name_plural = _("missed links that were waved off")

    def __str__(self):
        return self.code
