"""Letters: every mail the house owes somebody, a row before it is a promise."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

MOST_TRIES = 6
CLAIM_LASTS = timedelta(minutes=5)


class LetterQuerySet(models.QuerySet):
    def due(self):
        """Waiting, not being sent right now, and past the pause that the last failure asked for."""
        moment = now()
        return self.filter(
            Q(claimed_until=None) | Q(claimed_until__lt=moment), state=Letter.State.WAITING, not_before__lte=moment
        ).order_by("made_at")

    def claim(self, pk) -> bool:
        """True for one worker only; a worker that dies lets go after CLAIM_LASTS."""
        claimed = self.due().filter(pk=pk).order_by().update(claimed_until=now() + CLAIM_LASTS, tries=F("tries") + 1)
        return claimed == 1

    def for_desk(self):
        return self.defer("raw")

    def old(self):
        """What need not be kept: letters hold addresses and codes."""
        return self.filter(made_at__lt=now() - timedelta(days=14)).exclude(state=Letter.State.WAITING)


class Letter(models.Model):
    """One mail, as it will travel (RFC 5322), and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        GIVEN_UP = "given_up", _("given up")

    to = models.CharField(_("to"), max_length=1000)
    subject = models.CharField(_("subject"), max_length=998)
    sender = models.CharField(max_length=320)
    recipients = models.JSONField(default=list)
    raw = models.BinaryField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(_("made"), default=now)
    not_before = models.DateTimeField(default=now)
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            # What must still be sent.
            models.Index(fields=["made_at"], condition=Q(state="waiting"), name="letter_still_waiting"),
            # The latest, at the desk.
            models.Index(fields=["-made_at", "-id"], name="letter_latest"),
        ]

    def __str__(self):
        return self.subject
