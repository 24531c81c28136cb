"""Keys for programs that act for a member, and the answers kept so that asking twice does nothing twice."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

USE_NOTED_EVERY = timedelta(minutes=1)
ANSWERS_KEPT = timedelta(hours=24)


class ApiKeyQuerySet(models.QuerySet):
    def of(self, member):
        return self.filter(member=member)

    def digested(self, digest: str):
        return self.filter(digest=digest)

    def standing(self):
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=now()), revoked_at=None)

    def used_now(self, pk):
        """Written at most once a minute, however many programs share a key."""
        moment = now()
        stale = Q(used_at=None) | Q(used_at__lt=moment - USE_NOTED_EVERY)
        return self.filter(stale, pk=pk).update(used_at=moment)

    def for_desk(self):
        return self.select_related("member", "made_by")


class ApiKey(models.Model):
    """Lets a program do what its member may, within the scopes. The key itself is shown once and never kept.

    What is kept is a keyed hash of it, a fast one: slow hashes protect what people think up, and nobody guesses 256
    random bits. It is keyed so that whoever can only write to this table cannot make a key of their own.
    """

    name = models.CharField(_("what it is for"), max_length=80)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_keys", verbose_name=_("acts for")
    )
    prefix = models.CharField(_("begins with"), max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(_("scopes"), default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("made"), default=now)
    expires_at = models.DateTimeField(_("good until"), null=True, blank=True)
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")

    def __str__(self):
        return f"{self.prefix}… ({self.name})"

    @property
    def is_standing(self) -> bool:
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now())

    @property
    def stale_use(self) -> bool:
        return self.used_at is None or self.used_at < now() - USE_NOTED_EVERY


class KeptAnswerQuerySet(models.QuerySet):
    def old(self):
        return self.filter(at__lt=now() - ANSWERS_KEPT)


class KeptAnswer(models.Model):
    """What a POST with an Idempotency-Key was answered, so that sending it again brings the same answer."""

    key = models.ForeignKey(ApiKey, models.CASCADE, related_name="answers")
    word = models.CharField(max_length=255)
    asked = models.CharField(max_length=64)  # what was asked, as a hash: the same word for something else is a mistake
    status = models.PositiveSmallIntegerField(default=0)
    body = models.BinaryField(default=bytes)
    at = models.DateTimeField(default=now, db_index=True)

    objects = KeptAnswerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("key", "word", name="one_answer_for_a_word_of_a_key")]

    def __str__(self):
        return f"{self.key_id} {self.word}"
