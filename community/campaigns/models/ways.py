"""Where else a link may lead: rules in order, the arms of a split, and how many visits a limit has already let in."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.campaigns.models.links import TrackedLink


class RuleQuerySet(models.QuerySet):
    def of_links(self, ids):
        return self.filter(link_id__one_of=ids)

    def of_its_link(self):
        """Those of the link that an outer question is about."""
        return self.filter(link=models.OuterRef("pk"))

    def of(self, link):
        return self.filter(link=link)

    def in_order(self):
        return self.select_related("page").order_by("position", "pk")


class Rule(models.Model):
    """Sends some of a link's visitors elsewhere. Rules are asked in order, and the first that fits decides."""

    class Kind(models.TextChoices):
        DEVICE = "device", _("Device")
        APP = "app", _("App they read in")
        LANGUAGE = "language", _("Language")
        DATES = "dates", _("Dates")
        QUERY = "query", _("Word in the address")

    link = models.ForeignKey(TrackedLink, models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    value = models.CharField(_("value"), max_length=200)
    page = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("page")
    )
    address = models.CharField(_("address"), max_length=1000, blank=True)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ("position", "pk")

    def __str__(self):
        return f"{self.get_kind_display()}: {self.value}"


class SplitQuerySet(models.QuerySet):
    def of_links(self, ids):
        return self.filter(link_id__one_of=ids)

    def of_its_link(self):
        """Those of the link that an outer question is about."""
        return self.filter(link=models.OuterRef("pk"))

    def of(self, link):
        return self.filter(link=link)

    def running(self):
        return self.filter(ended_at=None)

    def in_order(self):
        return self.select_related("page").order_by("arm")


class Split(models.Model):
    """One arm of a link's split: a share of the people whom no rule took, and where they are sent.

    An arm that leads nowhere of its own leads where the link does. Numbers of arms are never given twice: a click
    keeps the number of its arm for ever.
    """

    link = models.ForeignKey(TrackedLink, models.CASCADE, related_name="splits")
    arm = models.PositiveSmallIntegerField()
    weight = models.PositiveSmallIntegerField(_("share"), default=50)
    page = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("page")
    )
    address = models.CharField(_("address"), max_length=1000, blank=True)
    made_at = models.DateTimeField(default=now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SplitQuerySet.as_manager()

    class Meta:
        verbose_name = _("arm of a split")
        verbose_name_plural = _("arms of a split")
        ordering = ("arm",)
        constraints = [
            models.UniqueConstraint(fields=["link", "arm"], name="an_arm_has_its_number_once"),
            models.CheckConstraint(condition=models.Q(weight__gte=1, weight__lte=100), name="an_arm_takes_a_share"),
        ]

    def __str__(self):
        return self.letter

    @property
    def letter(self) -> str:
        return letter_of(self.arm)


def letter_of(arm: int) -> str:
    """A, B, C …: how people speak of an arm."""
    return chr(ord("A") + arm) if arm < 26 else str(arm + 1)


class VisitsQuerySet(models.QuerySet):
    def of_links(self, links):
        return self.filter(link__in=links)


class Visits(models.Model):
    """How many people a link with a limit has let in. Raised in the transaction that writes their clicks down."""

    link = models.OneToOneField(TrackedLink, models.CASCADE, primary_key=True, related_name="visits")
    taken = models.PositiveIntegerField(default=0)

    objects = VisitsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "visits"

    def __str__(self):
        return f"{self.link_id}: {self.taken}"


class NewsQuerySet(models.QuerySet):
    def since(self, moment):
        return self.filter(at__gte=moment)

    def older_than(self, moment):
        return self.filter(at__lt=moment)


class News(models.Model):
    """A link was changed, or all of them were: what every door reads again and again, even without Valkey."""

    code = models.CharField(max_length=192)
    at = models.DateTimeField(default=now, db_index=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "news"

    def __str__(self):
        return self.code
