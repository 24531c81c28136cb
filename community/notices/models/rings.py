"""Rings: what a member should know of, a row before anything is told, unread until they have read it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import now

from community.notices import kinds

READ_KEPT = timedelta(days=90)
UNREAD_KEPT = timedelta(days=365)


class RingQuerySet(models.QuerySet):
    def of(self, member):
        return self.filter(member=member)

    def unread(self):
        return self.filter(read_at=None)

    def about_something(self):
        return self.exclude(about="")

    def up_to(self, pk):
        """What had been seen when a page was drawn: a ring that came since is not silently read with it."""
        return self.filter(pk__lte=pk)

    def about(self, beginning):
        """What rang about things whose name begins so."""
        return self.filter(about__startswith=beginning)

    def about_this(self, thing):
        return self.filter(about=thing)

    def within(self, number):
        """Of those that say which of several things they ring for: up to this one."""
        return self.filter(params__number__lte=number)

    def numbered(self, pks):
        return self.filter(pk__in=pks)

    def old(self):
        """Read long ago, or left lying for a year."""
        moment = now()
        return self.filter(Q(read_at__lt=moment - READ_KEPT) | Q(at__lt=moment - UNREAD_KEPT))


class Ring(models.Model):
    """One thing to know of: which kind, about what, where it is. The words are made when it is read, in the reader's
    language, out of the kind's sentence and `params`."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="rings")
    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=500)
    about = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = RingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "member", "kind", "about", condition=~Q(about=""), name="rung_once_about_one_thing"
            ),
        ]
        indexes = [
            # How many are unread, on every page.
            models.Index(fields=["member"], condition=Q(read_at=None), name="ring_unread"),
            # A member's rings, newest first.
            models.Index(fields=["member", "-at", "-id"], name="ring_newest"),
        ]

    def __str__(self):
        return self.sentence

    def get_absolute_url(self):
        return reverse("bell:ring", args=[self.pk])

    @property
    def sentence(self) -> str:
        return kinds.say(self.kind, self.params)

    @property
    def is_read(self) -> bool:
        return self.read_at is not None


class BellQuerySet(models.QuerySet):
    def with_count(self):
        """Its number and how many rings are unread, in one question."""
        unread = Ring.objects.unread().filter(member=OuterRef("member")).order_by().values("member")
        counted = Subquery(unread.annotate(many=Count("pk")).values("many"))
        return self.annotate(unread=Coalesce(counted, Value(0)))

    def of(self, member_id):
        return self.filter(member_id=member_id)

    def locked(self, member_id):
        """Ours until the end of the transaction; made when it never rang."""
        Bell.objects.get_or_create(member_id=member_id)
        return self.of(member_id).select_for_update().get()

    def move(self, member_id) -> int:
        """One change more of what this bell shows; returns its number. The row stays locked until the commit."""
        Bell.objects.get_or_create(member_id=member_id)
        self.of(member_id).update(sequence=F("sequence") + 1)
        return self.of(member_id).values_list("sequence", flat=True).get()


class Bell(models.Model):
    """How often what a member's bell shows has changed: open pages know by this number whether they missed something."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="bell")
    sequence = models.BigIntegerField(default=0)

    objects = BellQuerySet.as_manager()

    def __str__(self):
        return f"{self.member_id}: {self.sequence}"
