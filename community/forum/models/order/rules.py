"""What happens by itself, decided at the desk; and the words that are watched for."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from community.forum.models.boards import Board


@register_setting(icon="warning")
class Rules(BaseGenericSetting):
    """One row for the whole house. Without a row all is as the fields begin."""

    approval = models.CharField(
        _("a host reads first"),
        max_length=10,
        choices=Board.Approval,
        default=Board.Approval.NONE,
        help_text=_("On every board. A board may ask for more, never for less."),
    )
    newcomer_posts = models.PositiveSmallIntegerField(
        _("somebody is a newcomer until they have written so many posts"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("And for as long as they stand on the first tier."),
    )
    first_posts = models.PositiveSmallIntegerField(
        _("so many posts count as the first ones"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    hold_links = models.BooleanField(_("hold newcomers' posts with links"), default=True)
    typed_seconds = models.PositiveSmallIntegerField(
        _("hold newcomers' posts that were typed in fewer seconds than"),
        default=3,
        validators=[MaxValueValidator(60)],
        help_text=_("0 switches it off."),
    )
    hide_at = models.PositiveSmallIntegerField(
        _("hide at once what was reported with a weight of"),
        default=6,
        validators=[MaxValueValidator(1000)],
        help_text=_(
            "A newcomer's report weighs 1, a regular's 2, an old friend's 3; see the guide. 0 switches it off."
        ),
    )
    silence_after = models.PositiveSmallIntegerField(
        _("silence a newcomer who was reported by so many people"),
        default=3,
        validators=[MaxValueValidator(100)],
        help_text=_("Until a host decides. 0 switches it off."),
    )

    class Meta:
        verbose_name = _("rules of order")
        verbose_name_plural = _("rules of order")

    def __str__(self):
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> "Rules":
        """Reading writes nothing: before somebody saved them, the rules are as they begin."""
        return cls._default_manager.order_by("pk").first() or cls()


class WatchedWordQuerySet(models.QuerySet):
    def version(self) -> tuple:
        """Another one whenever a word came or went: words are never changed, only taken out and put in."""
        told = self.aggregate(many=models.Count("pk"), last=models.Max("pk"))
        return told["many"], told["last"]

    def with_pk(self, pk):
        return self.filter(pk=pk).first()

    def for_desk(self):
        return self.select_related("by")


class WatchedWord(models.Model):
    """A word that something happens about, in whatever dress it comes."""

    class Action(models.TextChoices):
        REPORT = "report", _("report it to the hosts")
        MASK = "mask", _("show dots in its place")
        HOLD = "hold", _("hold the post for a host")
        REFUSE = "refuse", _("refuse it with a sentence")

    words = models.CharField(_("word"), max_length=60)
    action = models.CharField(_("what happens"), max_length=8, choices=Action, default=Action.HOLD)
    by_sound = models.BooleanField(_("also what sounds like it"), default=False)
    sentence = models.CharField(_("what the writer is told"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    objects = WatchedWordQuerySet.as_manager()

    class Meta:
        verbose_name = _("watched word")
        verbose_name_plural = _("watched words")
        constraints = [models.UniqueConstraint(fields=["words"], name="one_row_for_a_watched_word")]

    def __str__(self):
        return self.words
