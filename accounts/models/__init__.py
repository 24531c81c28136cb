"""Members, the tiers they stand on, and what they agreed to."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.acts import MemberNote as MemberNote
from accounts.models.acts import StaffAct as StaffAct
from accounts.models.consents import LONGEST_MEMORY as LONGEST_MEMORY
from accounts.models.consents import BrowserConsent as BrowserConsent
from accounts.models.consents import Consent as Consent
from accounts.models.consents import Purpose as Purpose
from accounts.models.distances import Distance as Distance
from accounts.models.handoffs import Handoff as Handoff
from accounts.models.keys import ApiKey as ApiKey
from accounts.models.keys import KeptAnswer as KeptAnswer
from accounts.models.penalties import FOREVER as FOREVER
from accounts.models.penalties import LONGEST_REASON as LONGEST_REASON
from accounts.models.penalties import Appeal as Appeal
from accounts.models.penalties import Penalty as Penalty
from community.commons import chinese
from community.commons.bilingual import said

LONGEST_HANDLE = 30
LONGEST_NAME = 30


def _lasts(until) -> bool:
    """Ends are exact: what is over by the clock is over, whether or not anybody swept it away."""
    return until is not None and until > now()


class Tier(models.Model):
    """A step of membership. What it opens is decided by its rank alone, see tiers.py."""

    rank = models.PositiveSmallIntegerField(_("rank"), unique=True, help_text=_("1 is where everyone begins."))
    name_zh = models.CharField(_("name in Chinese"), max_length=20)
    name_en = models.CharField(_("name in English"), max_length=40)
    opens_zh = models.CharField(_("what it opens, in Chinese"), max_length=200, blank=True)
    opens_en = models.CharField(_("what it opens, in English"), max_length=200, blank=True)
    colour_hue = models.PositiveSmallIntegerField(_("colour, as a hue from 0 to 359"), default=165)

    class Meta:
        ordering = ("rank",)
        verbose_name = _("tier")
        verbose_name_plural = _("tiers")
        constraints = [
            models.CheckConstraint(condition=models.Q(rank__gte=1, rank__lte=1000), name="tier_rank_is_a_step"),
            models.CheckConstraint(condition=models.Q(colour_hue__lt=360), name="tier_hue_is_a_hue"),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return said(self.name_zh, self.name_en)

    @property
    def opens(self) -> str:
        return said(self.opens_zh, self.opens_en)


class MemberQuerySet(models.QuerySet):
    def with_email(self, email: str):
        """At most one: addresses are the same whatever their case."""
        return self.annotate(email_lower=Lower("email")).filter(email_lower=email.lower())

    def with_pk(self, pk):
        return self.filter(pk=pk).first()

    def numbered(self, pks):
        return self.filter(pk__in=pks)

    def named(self, handle: str):
        return self.filter(handle_folded=chinese.fold(handle))

    def with_handle(self, handle: str):
        """Exactly this one; what no handle can be is nobody's."""
        return (
            self.filter(handle=handle).first() if 0 < len(handle) <= LONGEST_HANDLE and "\x00" not in handle else None
        )

    def handles_starting(self, folded: str):
        return self.filter(handle_folded__startswith=folded)

    def public(self):
        return self.filter(is_active=True)

    def held(self):
        """Those a host has yet to look at."""
        return self.exclude(held_at=None)

    def held_or(self, pks):
        """Those a host has yet to look at, and these besides."""
        return self.filter(models.Q(held_at__isnull=False) | models.Q(pk__in=pks), is_active=True)

    def one(self, pk):
        return self.filter(pk=pk)

    def called_like(self, words: str):
        """A part of a name or handle, for people who pick somebody from a list."""
        return self.filter(models.Q(name__icontains=words) | models.Q(handle__icontains=words))

    def called_exactly(self, words):
        """By address or handle, each in its folded form."""
        words = list(words)
        return self.annotate(email_lower=Lower("email")).filter(
            models.Q(email_lower__in=words) | models.Q(handle_folded__in=words)
        )

    def going_by(self, names):
        """By a name they chose themselves, each of `names` in lower case; whom a host has yet to look at is not known."""
        called = self.annotate(name_lower=Lower("name")).filter(name_lower__in=list(names))
        return called.filter(is_active=True, named_at__isnull=False, held_at=None)

    def staff_first(self):
        return self.order_by("-is_staff", "name", "pk")

    def at_the_desk(self):
        """Those who work here, by name."""
        return self.filter(is_active=True, is_staff=True).order_by("name", "pk")

    def of_the_house(self):
        """Those who work here, and those whose words carry the brand's mark."""
        return self.filter(models.Q(is_staff=True) | ~models.Q(mark=""), is_active=True)

    def keepers(self, permission):
        """Those who work here and have a right, by its code."""
        right = models.Q(groups__permissions__codename=permission) | models.Q(user_permissions__codename=permission)
        return self.filter(right | models.Q(is_superuser=True), is_active=True, is_staff=True).distinct()

    def for_desk(self):
        return self.select_related("tier").order_by("-joined_at", "-pk")

    def joined_between(self, start, end):
        """From one moment on and before another; None leaves that side open."""
        found = self if start is None else self.filter(joined_at__gte=start)
        return found if end is None else found.filter(joined_at__lt=end)

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def after_id(self, pk):
        return self.filter(pk__gt=pk).order_by("pk")

    def unproven(self):
        return self.filter(proven_at=None)


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, handle):
        return self.get(handle=handle)

    def create_superuser(self, handle, email=None, password=None, **fields):
        """For `manage.py createsuperuser` alone; everybody else comes in through joining.admit."""
        member = self.model(handle=handle, email=email or None, is_staff=True, is_superuser=True, **fields)
        member.set_password(password)
        member.save()
        return member


class Member(AbstractBaseUser, PermissionsMixin):
    """A person of this community. Some social accounts bring no e-mail, so it may be missing; no password is needed."""

    email = models.EmailField(_("email"), blank=True, null=True)  # noqa: DJ001 (unique, so absence must be null)
    handle = models.CharField(_("handle"), max_length=LONGEST_HANDLE, unique=True)
    handle_folded = models.CharField(max_length=LONGEST_HANDLE * 3, unique=True, editable=False)
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=LONGEST_NAME)
    mark = models.CharField(
        _("host's mark"),
        max_length=20,
        blank=True,
        help_text=_("Shown beside the name of people who speak for the brand."),
    )
    tier = models.ForeignKey(
        Tier, models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("tier")
    )
    locale = models.CharField(_("language"), max_length=10, default="zh-hant")
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Taipei")
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    named_at = models.DateTimeField(null=True, editable=False)  # when they chose how to be called
    proven_at = models.DateTimeField(null=True, editable=False)  # when their e-mail was first known to be theirs
    joined_at = models.DateTimeField(_("joined"), default=now, editable=False)
    # A host looks at them first: what they write is kept, and nobody hears it before they are let through.
    held_at = models.DateTimeField(null=True, blank=True, editable=False)
    held_because = models.CharField(max_length=120, blank=True, default="", editable=False)
    # Their own word, or a host's: nothing of theirs is shared with platforms, and no offers are sent.
    is_minor = models.BooleanField(_("under 18"), default=False, db_default=False)
    # Their own word: whether others see that they are here, or write just now.
    is_seen = models.BooleanField(_("seen by others while here"), default=True, db_default=True)
    # Their own word: whether the bell tells them that others reacted to what they wrote.
    hears_reactions = models.BooleanField(_("hears of reactions"), default=True, db_default=True)
    # The ends of what stands against them, copied here from their penalties so that every page knows without asking.
    silenced_until = models.DateTimeField(null=True, blank=True, editable=False)
    suspended_until = models.DateTimeField(null=True, blank=True, editable=False)
    banned_until = models.DateTimeField(null=True, blank=True, editable=False)
    seal = models.CharField(max_length=12, default="", db_default="", editable=False)  # of every session, see below
    has_blocks = models.BooleanField(default=False, db_default=False, editable=False)  # of others, see Distance

    USERNAME_FIELD = "handle"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email", "name"]

    objects = MemberManager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_member_for_an_address_whatever_its_case"),
        ]
        indexes = [
            # Who joined lately, at the desk.
            models.Index(fields=["-joined_at", "-id"], name="member_joined_lately"),
            # Whom a post may mean by a name.
            models.Index(Lower("name"), name="member_going_by_a_name"),
        ]

    def __str__(self):
        return self.name or self.handle

    def save(self, *args, **kwargs):
        self.email = self.email or None
        self.handle_folded = chinese.fold(self.handle)
        if (fields := kwargs.get("update_fields")) is not None and "handle" in fields:
            kwargs["update_fields"] = {*fields, "handle_folded"}
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        if Member.objects.named(self.handle).exclude(pk=self.pk).exists():
            raise ValidationError({"handle": _("Someone already goes by that handle, or by one that looks the same.")})

    # A new seal ends every session. An empty one leaves Django's own hash as it is.
    def get_session_auth_hash(self):
        return super().get_session_auth_hash() + self.seal

    def get_session_auth_fallback_hash(self):
        for sealed in super().get_session_auth_fallback_hash():
            yield sealed + self.seal

    def get_absolute_url(self):
        return reverse("member", args=[self.handle])

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    # Wagtail's people screens ask every user model for these two.
    @property
    def first_name(self):
        return self.name

    @property
    def last_name(self):
        return ""

    @property
    def initial(self) -> str:
        return (self.name or self.handle)[:1].upper()

    @property
    def hue(self) -> int:
        """One of twelve face colours, the same for ever."""
        return (self.pk or 0) * 7 % 12

    @property
    def is_host(self) -> bool:
        """Speaks for the brand: known by the mark beside their name."""
        return bool(self.mark)

    @property
    def is_silenced(self) -> bool:
        return _lasts(self.silenced_until) or self.is_suspended

    @property
    def is_suspended(self) -> bool:
        return _lasts(self.suspended_until) or self.is_banned

    @property
    def is_banned(self) -> bool:
        return _lasts(self.banned_until)

    @property
    def has_chosen_a_name(self) -> bool:
        return self.named_at is not None

    @property
    def is_public(self) -> bool:
        """May be named to somebody who does not know yet that they are here."""
        return self.is_active and self.has_chosen_a_name


class StandingQuerySet(models.QuerySet):
    def current(self):
        return self.filter(until=None)

    def of_members(self, members):
        return self.filter(member__in=members)

    def begun_since(self, moment):
        return self.filter(since__gte=moment)

    def in_order(self):
        return self.order_by("member", "since", "pk")


class Standing(models.Model):
    """A member's tier over a span of time. The open-ended one is where they stand now."""

    class Source(models.TextChoices):
        JOINED = "joined", _("joined")
        CLIMBED = "climbed", _("earned")
        GRANTED = "granted", _("granted")

    member = models.ForeignKey(Member, models.CASCADE, related_name="standings")
    tier = models.ForeignKey(Tier, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=now)
    until = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=10, choices=Source)
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = StandingQuerySet.as_manager()

    class Meta:
        ordering = ("-since", "-pk")
        constraints = [
            models.UniqueConstraint("member", condition=models.Q(until=None), name="one_standing_at_a_time"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="standing_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.tier}"


class ActiveDayQuerySet(models.QuerySet):
    def of_members(self, members):
        return self.filter(member__in=members)

    def between(self, first, last):
        """Days from one to another, both of them too."""
        return self.filter(day__gte=first, day__lte=last)

    def members(self):
        return self.order_by().values("member").distinct()


class ActiveDay(models.Model):
    """A member was here on this day of the brand's calendar. One row however often they came, see attending."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="active_days")
    day = models.DateField()

    objects = ActiveDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("active day")
        verbose_name_plural = _("active days")
        constraints = [models.UniqueConstraint(fields=["member", "day"], name="one_active_day_of_a_member")]
        indexes = [
            # Who was here on a day.
            models.Index(fields=["day", "member"], name="active_on_a_day"),
        ]

    def __str__(self):
        return f"{self.member_id} {self.day}"
