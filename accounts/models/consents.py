"""What people agreed to, as members and before, for which purpose, and when they took it back."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

LONGEST_MEMORY = timedelta(days=395)  # of a browser that agreed to be known again: thirteen months


class Purpose(models.TextChoices):
    """What somebody's data may be used for, each for itself."""

    TERMS = "terms", _("terms of use and privacy notice")
    MARKETING = "marketing", _("news and offers by mail")
    MEASURING = "measuring", _("knowing you again on later visits, to see what brought you")
    ADS = "ads", _("telling ad platforms that you joined")


class ConsentQuerySet(models.QuerySet):
    def standing(self, member, purpose):
        """At most one: given and not withdrawn."""
        return self.filter(member=member, purpose=purpose, withdrawn_at=None)

    def of_member(self, member):
        return self.filter(member=member)

    def decided(self, member, purpose):
        """Whatever they ever said of it, taken back or not."""
        return self.filter(member=member, purpose=purpose)


class Consent(models.Model):
    """What a member agreed to, for which purpose, in which wording, and when they took it back."""

    Purpose = Purpose

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose)
    version = models.CharField(max_length=20)
    given_at = models.DateTimeField(default=now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("-given_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                "member", "purpose", condition=models.Q(withdrawn_at=None), name="one_standing_consent_for_a_purpose"
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.get_purpose_display()} ({self.version})"


class BrowserConsentQuerySet(models.QuerySet):
    def of_visitor(self, visitor):
        return self.filter(visitor=visitor)

    def of_visitors(self, visitors):
        return self.filter(visitor__in=visitors)

    def standing(self, visitor, purpose):
        """At most one, given lately enough: after thirteen months a browser is asked again."""
        return self.filter(visitor=visitor, purpose=purpose, withdrawn_at=None, given_at__gt=now() - LONGEST_MEMORY)

    def open(self, visitor, purpose):
        return self.filter(visitor=visitor, purpose=purpose, withdrawn_at=None)


class BrowserConsent(models.Model):
    """What somebody agreed to with a browser, before or without being a member."""

    visitor = models.UUIDField()
    purpose = models.CharField(max_length=12, choices=Purpose)
    version = models.CharField(max_length=20)
    given_at = models.DateTimeField(default=now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = BrowserConsentQuerySet.as_manager()

    class Meta:
        ordering = ("-given_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                "visitor", "purpose", condition=models.Q(withdrawn_at=None), name="one_standing_consent_of_a_browser"
            ),
        ]
        indexes = [models.Index(fields=["visitor", "purpose"], name="consent_of_a_browser")]

    def __str__(self):
        return f"{self.visitor}: {self.get_purpose_display()} ({self.version})"
