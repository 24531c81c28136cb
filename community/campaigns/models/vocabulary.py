"""The team's words for campaigns: which ones it uses in each place, and the templates new links are filled from."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _


class Place(models.TextChoices):
    """Where a word stands in an address."""

    SOURCE = "utm_source", "utm_source"
    MEDIUM = "utm_medium", "utm_medium"
    CAMPAIGN = "utm_campaign", "utm_campaign"
    TERM = "utm_term", "utm_term"
    CONTENT = "utm_content", "utm_content"


class WordQuerySet(models.QuerySet):
    def of(self, place: str):
        return self.filter(place=place)

    def same_as(self, place: str, word: str):
        return self.filter(place=place, word=word)


class Word(models.Model):
    """A word the team knows in one place of an address."""

    place = models.CharField(_("place"), max_length=12, choices=Place)
    word = models.CharField(_("word"), max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    objects = WordQuerySet.as_manager()

    class Meta:
        verbose_name = _("word of the team")
        verbose_name_plural = _("words of the team")
        ordering = ("place", "word")
        constraints = [models.UniqueConstraint(fields=["place", "word"], name="a_word_stands_once_in_a_place")]

    def __str__(self):
        return f"{self.place}={self.word}"


class Closed(models.Model):
    """A place in which the team takes only words it knows."""

    place = models.CharField(_("place"), max_length=12, choices=Place, unique=True)

    class Meta:
        verbose_name = _("place for known words only")
        verbose_name_plural = _("places for known words only")

    def __str__(self):
        return self.place


class TemplateQuerySet(models.QuerySet):
    def same_name(self, name: str):
        return self.filter(name=name)

    def usual(self):
        return self.filter(is_usual=True)


class Template(models.Model):
    """How the campaign words of new links are filled. Gaps such as {source} or {campaign} are filled for each link."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    utm_source = models.CharField(max_length=100, blank=True, default="{source}")
    utm_medium = models.CharField(max_length=100, blank=True, default="{medium}")
    utm_campaign = models.CharField(max_length=100, blank=True, default="{campaign}")
    utm_term = models.CharField(max_length=100, blank=True, default="")
    utm_content = models.CharField(max_length=100, blank=True, default="")
    is_usual = models.BooleanField(_("the usual one"), default=False)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of campaign words")
        verbose_name_plural = _("templates of campaign words")
        ordering = ("-is_usual", "name")
        constraints = [
            models.UniqueConstraint(
                fields=["is_usual"], condition=models.Q(is_usual=True), name="one_template_is_the_usual_one"
            )
        ]

    def __str__(self):
        return self.name
