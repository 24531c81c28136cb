"""What a marketer plans: campaigns, and the words they greet newcomers with."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.commons.bilingual import said


class CampaignQuerySet(models.QuerySet):
    def open(self):
        return self.filter(archived_at=None)

    def archived(self):
        return self.exclude(archived_at=None)

    def with_id(self, pk):
        return self.filter(pk=pk)

    def for_choosing(self, most=300):
        return self.order_by("-made_at", "-pk")[:most]

    def newest_keys(self, most=500):
        return self.order_by("-made_at").values_list("key", flat=True)[:most]

    def named_or_keyed(self, words):
        """Campaigns that a list of names and keys speaks of."""
        return self.filter(models.Q(key__in=[word.lower() for word in words]) | models.Q(name__in=words))

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
    # The raid switch: links that lead nowhere for a while, and newcomers whom a host looks at before they are heard.
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    holds_newcomers = models.BooleanField(
        _("hold newcomers"),
        default=False,
        help_text=_("What its newcomers write waits until a host has let them through."),
    )
    look_back_days = models.PositiveSmallIntegerField(
        _("look-back days"),
        default=90,
        help_text=_("How long before a step a click through one of its links still earns credit for it."),
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
        return said(self.greeting_zh, self.greeting_en)
