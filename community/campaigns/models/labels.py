"""What the team keeps beside its links: tags to find them by, and what was changed about each."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.campaigns.models.links import TrackedLink
from community.commons import chinese


class TagQuerySet(models.QuerySet):
    def named(self, names):
        return self.filter(folded__in=[chinese.fold(name).strip() for name in names])

    def in_use(self):
        return self.filter(links__isnull=False).distinct()


class Tag(models.Model):
    """A word of the team's own to find links by; two spellings of it are one tag."""

    name = models.CharField(_("name"), max_length=40)
    folded = models.CharField(max_length=120, unique=True, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ("folded",)

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.folded = chinese.fold(self.name).strip()
        super().save(*args, **kwargs)


class ChangeQuerySet(models.QuerySet):
    def of(self, link):
        return self.filter(link=link)

    def for_desk(self):
        return self.select_related("by")


class Change(models.Model):
    """Somebody made a link lead or count otherwise: who, when, from what, to what."""

    class Field(models.TextChoices):
        DESTINATION = "destination", _("leads to")
        BEFORE = "before_address", _("before the start, leads to")
        AFTER = "after_address", _("after the end, leads to")
        FULL = "full_address", _("after the last visit, leads to")
        STARTS = "starts_at", _("starts")
        ENDS = "ends_at", _("ends")
        MOST = "most_visits", _("most visits")
        PAUSED = "paused", _("paused")
        RULES = "rules", _("rules")
        SPLIT = "split", _("split")
        CHANNEL = "channel", _("channel")
        LABEL = "label", _("label")
        SOURCE = "utm_source", "utm_source"
        MEDIUM = "utm_medium", "utm_medium"
        CAMPAIGN = "utm_campaign", "utm_campaign"
        TERM = "utm_term", "utm_term"
        CONTENT = "utm_content", "utm_content"

    link = models.ForeignKey(TrackedLink, models.CASCADE, related_name="changes")
    at = models.DateTimeField(default=now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    field = models.CharField(max_length=16, choices=Field)
    before = models.TextField(blank=True, default="")
    after = models.TextField(blank=True, default="")
    visits = models.PositiveBigIntegerField(default=0)  # people's clicks that had come through when it was changed

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a link")
        verbose_name_plural = _("changes of links")
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["link", "-at", "-id"], name="change_newest")]

    def __str__(self):
        return f"{self.get_field_display()}: {self.before} → {self.after}"
