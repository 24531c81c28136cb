"""Who came through a link: every click, and the day's salt for network addresses."""

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.campaigns import moments
from community.campaigns.agents import Kind
from community.campaigns.models.links import TrackedLink
from community.campaigns.models.people import Claim
from community.commons.ids import uuid7

CLICK_IDS = (
    "fbclid",
    "gclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "ttclid",
    "twclid",
    "li_fat_id",
    "epik",
    "rdt_cid",
)


class ClickQuerySet(models.QuerySet):
    def human(self):
        return self.filter(agent=Kind.HUMAN)

    def of_visitor(self, visitor):
        return self.filter(visitor=visitor)

    def with_ids(self, ids):
        return self.filter(pk__in=list(ids))

    def of_visitors(self, visitors):
        return self.filter(visitor__in=list(visitors))

    def with_visitor(self):
        """Of browsers that keep a cookie of ours; the others cannot be followed any further."""
        return self.exclude(visitor=None)

    def as_touches(self, until=None):
        """What attribution reads of each, and no more: one question, however many."""
        rows = self if until is None else self.filter(at__lte=until)
        return rows.order_by().values(
            "id",
            "visitor",
            "agent",
            "at",
            "link_id",
            "referrer",
            "app",
            "os",
            "device",
            "language",
            "link__channel",
            "link__utm_source",
            "link__campaign_id",
            "link__campaign__look_back_days",
        )

    def of_member(self, member):
        """Every time this person came through a link, on whichever device, the first one first."""
        return self.human().filter(visitor__in=Claim.objects.visitors_of(member)).order_by("id")

    def latest_of(self, member, moment):
        """The last time this person came through a link before a moment."""
        return self.of_member(member).until(moment).select_related("link__page").order_by("-id").first()

    def latest_from_facebook(self, member, moment, since):
        """The last click of this person that Facebook had marked, unless that was too long ago."""
        found = self.of_member(member).until(moment).since(since).filter(id__gte=moments.floor(since))
        return found.exclude(fbclid=None).exclude(fbclid="").order_by("-id").first()

    def until(self, moment):
        return self.filter(at__lte=moment)

    def before(self, moment):
        return self.filter(at__lt=moment)

    def claimers(self):
        """The members whose browsers these came from."""
        return Claim.objects.of_visitors(self.exclude(visitor=None).values("visitor")).order_by().values("member")

    def since(self, moment):
        """From a moment on; None is the beginning."""
        return self if moment is None else self.filter(at__gte=moment)

    def between(self, start, end):
        """From one moment up to another, by the key itself: only the months in question are read."""
        return self.filter(id__gte=moments.floor(start), id__lt=moments.floor(end))

    def after(self, identifier, end):
        """What came after this one and before another, in the order of their keys."""
        return self.filter(id__gt=identifier, id__lt=end).order_by("id")

    def let_in(self):
        """Those who were sent where they wanted, and not to what stands there before, after or in between."""
        return self.filter(outcome="")

    def with_link(self):
        return self.select_related("link", "link__campaign")

    def counted(self):
        """Human clicks, people, and the others, for each link at once."""
        human = models.Q(agent=Kind.HUMAN)
        return (
            self.order_by()
            .values("link_id")
            .annotate(
                clicks=models.Count("id", filter=human),
                people=models.Count("visitor", filter=human, distinct=True),
                previews=models.Count("id", filter=models.Q(agent=Kind.PREVIEW)),
                searches=models.Count("id", filter=models.Q(agent=Kind.SEARCH)),
                scanners=models.Count("id", filter=models.Q(agent=Kind.SCANNER)),
                ahead=models.Count("id", filter=models.Q(agent=Kind.PREFETCH)),
                unknown=models.Count("id", filter=models.Q(agent=Kind.UNKNOWN)),
            )
        )

    def of_links(self, links):
        return self.filter(link__in=links)


class Click(models.Model):
    """Someone, or something, asked for a tracked link. The table is parted by month along its time-sorted key."""

    class Trigger(models.TextChoices):
        LINK = "link", _("link")
        QR = "qr", _("QR code")

    class Outcome(models.TextChoices):
        NORMAL = "", _("sent on")
        EARLY = "early", _("before the start")
        ENDED = "ended", _("after the end")
        FULL = "full", _("after the last visit")
        PAUSED = "paused", _("while paused")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    # No constraint in the database: a click is never refused, and its months come and go as whole tables.
    link = models.ForeignKey(TrackedLink, models.PROTECT, related_name="clicks", db_constraint=False, db_index=False)
    visitor = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField(default=now)
    agent = models.CharField(max_length=10, choices=Kind)
    trigger = models.CharField(max_length=10, choices=Trigger, default=Trigger.LINK)
    app = models.CharField(max_length=16, blank=True, default="")
    os = models.CharField(max_length=16, blank=True, default="")
    device = models.CharField(max_length=10, blank=True, default="")
    language = models.CharField(max_length=16, blank=True, default="")
    referrer = models.CharField(max_length=120, blank=True, default="")
    # Keyed with a salt that lives for a day or two: it tells two visits of one day apart, never who they were.
    address = models.BinaryField(null=True, blank=True)
    # What kind of network it came from; the address itself is kept nowhere.
    network = models.CharField(max_length=20, null=True, blank=True)  # noqa: DJ001 (null: nobody has looked yet)
    agent_said = models.CharField(max_length=300, blank=True, default="")
    query = models.TextField(blank=True, default="")
    fbclid = models.TextField(null=True, blank=True)  # noqa: DJ001 (null: it was not in the address at all)
    gclid = models.TextField(null=True, blank=True)  # noqa: DJ001
    gbraid = models.TextField(null=True, blank=True)  # noqa: DJ001
    wbraid = models.TextField(null=True, blank=True)  # noqa: DJ001
    msclkid = models.TextField(null=True, blank=True)  # noqa: DJ001
    ttclid = models.TextField(null=True, blank=True)  # noqa: DJ001
    twclid = models.TextField(null=True, blank=True)  # noqa: DJ001
    li_fat_id = models.TextField(null=True, blank=True)  # noqa: DJ001
    epik = models.TextField(null=True, blank=True)  # noqa: DJ001
    rdt_cid = models.TextField(null=True, blank=True)  # noqa: DJ001
    other_ids = models.JSONField(null=True, blank=True)
    # Defaults of the database's own: clicks spooled before these columns were made come in later.
    fresh = models.BooleanField(default=False, db_default=False)  # the visitor was given their name in this answer
    variant = models.SmallIntegerField(null=True, blank=True)  # the arm of a split, from 0
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True, default="", db_default="")

    objects = ClickQuerySet.as_manager()

    class Meta:
        verbose_name = _("click")
        verbose_name_plural = _("clicks")
        indexes = [
            # How many came through a link, and how many different people.
            models.Index(fields=["link", "agent", "visitor"], name="click_of_a_link"),
            # Where did this person come from.
            models.Index(fields=["visitor", "id"], name="click_of_a_visitor", condition=~models.Q(visitor=None)),
        ]

    def __str__(self):
        return f"{self.link_id} {self.at:%Y-%m-%d %H:%M}"


class SaltQuerySet(models.QuerySet):
    def older_than(self, moment):
        return self.filter(made_at__lt=moment)


class Salt(models.Model):
    """The day's key for network addresses. Once it is destroyed, nobody can say which address a hash came from."""

    day = models.DateField(primary_key=True)
    secret = models.BinaryField()
    made_at = models.DateTimeField(default=now)

    objects = SaltQuerySet.as_manager()

    def __str__(self):
        return f"{self.day}"
