"""Those who point at us from a page of their own: people with followers, fan pages, good causes."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PartnerQuerySet(models.QuerySet):
    def for_desk(self):
        return self.annotate(link_count=models.Count("links")).order_by("name", "pk")

    def keyed(self, key: str):
        """Who may still look: a key that was taken back leads nowhere."""
        return self.filter(key=key, revoked_at=None)


class Partner(models.Model):
    """Someone whose page points at us. Their own page of figures is found by a key and opened by its seal."""

    class Kind(models.TextChoices):
        KOL = "kol", _("person with followers")
        PAGE = "page", _("fan page")
        CAUSE = "cause", pgettext_lazy("a kind of partner", "good cause")

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(pgettext_lazy("of a partner", "kind"), max_length=10, choices=Kind, default=Kind.KOL)
    page_address = models.URLField(_("their page"), max_length=300, blank=True)
    notes = models.TextField(_("notes"), max_length=1000, blank=True)
    fee = models.DecimalField(_("fee"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="TWD")
    # A new key makes every earlier address of the page a wrong one.
    key = models.CharField(max_length=16, unique=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=now, editable=False)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fee=None) | models.Q(fee__gte=0), name="partner_fee_is_not_below_nothing"
            ),
        ]

    def __str__(self):
        return self.name
