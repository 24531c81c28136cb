"""Friends whom members brought, and what speaks against counting some of them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.campaigns.models.links import TrackedLink


class Flag(models.TextChoices):
    """Why a marketer should look before a friend counts."""

    SELF = "self", _("the same browser as the inviter's")
    ALIAS = "alias", _("the same mailbox as the inviter's")
    HOUSEHOLD = "household", _("the same network as the inviter's on that day")
    SIBLING = "sibling", _("the same network as another friend's on that day")
    LOOP = "loop", _("the inviter was brought by this friend")
    BURST = "burst", _("many friends within an hour")


class ReferralQuerySet(models.QuerySet):
    def by(self, member):
        return self.filter(referrer=member)

    def by_members(self, members):
        return self.filter(referrer__in=members)

    def of_friend(self, member):
        return self.filter(friend=member)

    def of_friends(self, members):
        return self.filter(friend__in=members)

    def held(self):
        """Something speaks against them, and nobody has decided."""
        return self.exclude(flags=[]).filter(decision="")

    def refused(self):
        return self.filter(decision=Referral.Decision.REFUSED)

    def counted(self):
        return self.exclude(counted_at=None)

    def uncounted(self):
        """What may still come to count."""
        return self.filter(counted_at=None).exclude(decision=Referral.Decision.REFUSED)

    def clear(self):
        """Nothing speaks against them, or a marketer let them through."""
        return self.filter(models.Q(flags=[]) | models.Q(decision=Referral.Decision.ALLOWED))

    def joined_between(self, start, end):
        return self.filter(at__gte=start, at__lte=end)

    def but(self, friend):
        return self.exclude(friend=friend)

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def after_id(self, pk):
        return self.filter(pk__gt=pk).order_by("pk")

    def for_desk(self):
        return self.select_related("referrer", "friend", "decided_by")

    def with_friends(self):
        return self.select_related("friend__tier")

    def per_referrer(self):
        """How many friends each has brought, how many of them counted, how many wait for a decision."""
        return (
            self.order_by()
            .values("referrer")
            .annotate(
                friends=models.Count("pk"),
                active=models.Count("pk", filter=~models.Q(counted_at=None)),
                held=models.Count("pk", filter=~models.Q(flags=[]) & models.Q(decision="")),
            )
        )


class Referral(models.Model):
    """This member came first through that member's own link."""

    class Decision(models.TextChoices):
        ALLOWED = "allowed", _("let through")
        REFUSED = "refused", _("not counted")

    referrer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="referrals")
    friend = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="referral")
    link = models.ForeignKey(TrackedLink, models.PROTECT, related_name="referrals")
    at = models.DateTimeField()  # when the friend joined
    flags = ArrayField(models.CharField(max_length=10, choices=Flag), default=list, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)  # when the friend had become active
    decision = models.CharField(max_length=10, choices=Decision, blank=True, default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("friend brought by a member")
        verbose_name_plural = _("friends brought by members")
        constraints = [
            models.CheckConstraint(condition=~models.Q(referrer=models.F("friend")), name="nobody_is_their_own_friend"),
        ]
        indexes = [
            # The newest first, at the desk.
            models.Index(fields=["-at", "-id"], name="referral_newest"),
        ]

    def __str__(self):
        return f"{self.referrer_id} → {self.friend_id}"

    @property
    def is_held(self) -> bool:
        return bool(self.flags) and not self.decision

    @property
    def reasons(self) -> list[str]:
        return [str(Flag(flag).label) for flag in self.flags]


class WhereaboutsQuerySet(models.QuerySet):
    def of_members(self, members):
        return self.filter(member__in=members)

    def on(self, days):
        return self.filter(day__in=days)

    def before(self, day):
        return self.filter(day__lt=day)


class Whereabouts(models.Model):
    """From which network a member came on a day, as a hash under that day's salt; kept a week, to tell a household."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()  # the salt's day
    address = models.BinaryField()
    agent_said = models.CharField(max_length=300, blank=True, default="", db_default="")
    seen_at = models.DateTimeField(default=now)

    objects = WhereaboutsQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "day"], name="one_whereabouts_of_a_member_a_day")]

    def __str__(self):
        return f"{self.member_id} {self.day}"
