"""Answers without words: the six that the brand offers, and who gave which."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.commons.bilingual import said
from community.forum.models.words import Post, Waned

PLACES = range(1, 7)  # six are offered: more would be a keyboard, fewer would all be applause


def new_key() -> str:
    return get_random_string(8, "abcdefghijkmnpqrstuvwxyz23456789")


class ReactionKindQuerySet(models.QuerySet):
    def in_order(self):
        """Those that are offered, as they stand; then what is offered no more."""
        return self.order_by(models.F("place").asc(nulls_last=True), "pk")

    def at(self, place):
        return self.filter(place=place)

    def with_pk(self, pk):
        return self.filter(pk=pk).first()


class ReactionKind(models.Model):
    """One answer without words. What is offered no more has no place; what was given of it is still counted by its name."""

    key = models.CharField(max_length=10, unique=True, editable=False)
    sign = models.CharField(
        _("sign"),
        max_length=8,
        blank=True,
        help_text=_("One emoji. Empty: its name stands there."),
        validators=[RegexValidator(r"^[^\w\s<>&\"']*$", _("One emoji, and no words."))],
    )
    name_zh = models.CharField(_("name in Chinese"), max_length=8)
    name_en = models.CharField(_("name in English"), max_length=20)
    place = models.PositiveSmallIntegerField(
        _("place"),
        null=True,
        blank=True,
        choices=[(place, str(place)) for place in PLACES],
        help_text=_("Six are offered. Whichever stood at this place takes the place this one had."),
    )

    objects = ReactionKindQuerySet.as_manager()

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        constraints = [
            models.UniqueConstraint(
                fields=["place"], name="one_reaction_at_a_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=models.Q(place=None) | models.Q(place__gte=1, place__lte=6), name="six_reactions_are_offered"
            ),
        ]

    def __str__(self):
        return f"{self.sign} {self.name}".strip()

    def save(self, *args, **kwargs):
        self.key = self.key or new_key()
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        return said(self.name_zh, self.name_en)


class ReactionQuerySet(models.QuerySet):
    def firsts_of(self, members):
        """(member, when) of the first reaction of each of these members."""
        given = self.filter(member__in=members).order_by()
        return given.values("member").annotate(first=models.Min("at")).values_list("member", "first")

    def members_since(self, moment):
        return self.filter(at__gte=moment).order_by().values_list("member", flat=True).distinct()

    def on_thread(self, thread):
        return self.filter(post__thread=thread, post__removal__post=None)

    def warmth(self, since, each) -> float:
        told = self.annotate(left=Waned("at", since)).aggregate(sum=models.Sum("left"))
        return each * (told["sum"] or 0.0)

    def of(self, member, posts):
        return self.filter(member=member, post__in=posts)

    def to(self, post):
        return self.filter(post=post)

    def of_kind(self, key):
        return self.filter(kind=key)

    def but_of(self, members):
        return self.exclude(member__in=members)

    def given_after(self, moment):
        return self.filter(at__gt=moment)

    def latest_first(self):
        return self.order_by("-at", "-pk")

    def by_those_here(self):
        """Not of those who have left."""
        return self.filter(member__is_active=True)

    def with_faces(self):
        """For a list of who gave them."""
        return self.select_related("member__tier")

    def tally(self):
        return {row["kind"]: row["many"] for row in self.values("kind").annotate(many=models.Count("pk")).order_by()}


class Reaction(models.Model):
    """One member's answer to a post without words."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="reaction_rows", db_index=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=10)  # the key of its kind, which is never deleted
    at = models.DateTimeField(default=now)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "member"], name="one_reaction_of_a_member_to_a_post"),
        ]

    def __str__(self):
        return f"{self.post_id}: {self.kind}"
