"""The links a brand leaves in the world, and the codes that were asked for though nobody made them."""

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


class TrackedLinkQuerySet(models.QuerySet):
    def coded(self, code: str):
        return self.filter(code_folded=codes.fold(code))

    def open(self):
        return self.filter(archived_at=None)

    def of(self, campaign):
        return self.filter(campaign=campaign)

    def of_member(self, member):
        """A member's own invitation."""
        return self.filter(member=member)

    def of_partner(self, partner):
        return self.filter(partner=partner)

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
    # Outside of its days, or once it is full, a link leads elsewhere; without such an address, to a page that says so.
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    most_visits = models.PositiveIntegerField(_("most visits"), null=True, blank=True)
    before_address = models.CharField(_("before the start, leads to"), max_length=1000, blank=True)
    after_address = models.CharField(_("after the end, leads to"), max_length=1000, blank=True)
    full_address = models.CharField(_("after the last visit, leads to"), max_length=1000, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
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
        names = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
        return {name: value for name in names if (value := getattr(self, name))}


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
