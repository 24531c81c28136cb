"""What reaching people cost, and what the platforms say came of it: files a marketer brought, and sums typed in."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.campaigns.models.links import TrackedLink
from community.campaigns.models.plans import Campaign


class SheetQuerySet(models.QuerySet):
    def for_desk(self):
        return self.select_related("by").defer("wrong")

    def with_people(self):
        return self.select_related("by")

    def ready(self):
        return self.filter(state=Sheet.State.READY)

    def kept(self):
        return self.filter(state=Sheet.State.KEPT)

    def same_file(self, sheet):
        """Kept before, byte for byte."""
        return self.kept().filter(digest=sheet.digest).exclude(pk=sheet.pk)

    def numbered(self, ids):
        return self.filter(pk__in=ids)

    def left_lying(self, moment):
        """Looked at once and neither kept nor let go."""
        return self.ready().filter(made_at__lt=moment)


class Sheet(models.Model):
    """One file that a marketer brought. Its rows wait here, counted nowhere, until somebody has looked and says keep."""

    class Kind(models.TextChoices):
        ADS = "ads", _("Meta ads")
        POSTS = "posts", _("posts of a page or of Instagram")

    class State(models.TextChoices):
        READY = "ready", _("not kept yet")
        KEPT = "kept", _("kept")
        UNDONE = "undone", _("undone")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.READY)
    name = models.CharField(_("file"), max_length=200)
    size = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    level = models.CharField(max_length=10, blank=True)  # ads: campaign, set or ad; posts: facebook or instagram
    rows = models.PositiveIntegerField(_("rows"), default=0)
    wrong_rows = models.PositiveIntegerField(_("rows left out"), default=0)
    told = models.JSONField(default=dict)  # columns, unknown columns, sums and days, as found while reading
    wrong = models.JSONField(default=list)  # the first rows that could not be read, and why
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("brought"), default=now)
    kept_at = models.DateTimeField(null=True, blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        indexes = [models.Index(fields=["-made_at", "-id"], name="sheet_latest")]

    def __str__(self):
        return self.name


class FigureQuerySet(models.QuerySet):
    def of_sheet(self, sheet):
        return self.filter(sheet=sheet)

    def numbered(self, ids):
        return self.filter(pk__in=ids)

    def standing(self):
        """Kept, and not said anew by a file that came later."""
        return self.filter(stands=True)

    def untied(self):
        return self.filter(link=None)


class AdFigureQuerySet(FigureQuerySet):
    def between(self, first, last):
        return self.filter(starts__lte=last, ends__gte=first)

    def untied(self):
        return self.filter(link=None, campaign=None)

    def summed(self):
        return self.order_by().values("currency").annotate(amount=models.Sum("spent"))

    def longer_than(self, first, last):
        """Of more days than the span holds: replaced, they leave a gap."""
        return self.filter(Q(starts__lt=first) | Q(ends__gt=last))

    def by_ad(self):
        """One line for each ad, whatever its days: what it cost, and what Meta claims. Reach is not among it."""
        return (
            self.order_by()
            .values("thing", "campaign_name", "set_name", "ad_name", "ad_id", "currency", "link_id", "campaign_id")
            .annotate(
                spent=models.Sum("spent"),
                results=models.Sum("results"),
                clicks=models.Sum("link_clicks"),
                first=models.Min("starts"),
                last=models.Max("ends"),
            )
        )

    def claimed(self, first, last):
        """What Meta says came of the days that lie wholly within the span, for each link and campaign."""
        return (
            self.standing()
            .filter(starts__gte=first, ends__lte=last)
            .order_by()
            .values("link_id", "campaign_id", "result_kind", "currency")
            .annotate(
                results=models.Sum("results"),
                purchases=models.Sum("purchases"),
                purchase_value=models.Sum("purchase_value"),
                link_clicks=models.Sum("link_clicks"),
                landing_views=models.Sum("landing_views"),
                impressions=models.Sum("impressions"),
                spent=models.Sum("spent"),
            )
        )

    def attributions(self, first, last):
        """Within which days Meta thanks itself, as the files say."""
        rows = self.standing().between(first, last).order_by()
        return rows.values_list("attribution", flat=True).distinct()[:10]

    def reaching_over(self, first, last):
        """Rows that begin or end outside the span: their numbers cannot be cut at its edge."""
        return self.standing().between(first, last).filter(Q(starts__lt=first) | Q(ends__gt=last))


class AdFigure(models.Model):
    """One line of Meta's own account: an ad, a set or a campaign over some days."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="ads")
    line = models.PositiveIntegerField()
    # What this line is about, in one short word: the same ad has the same one in every file.
    thing = models.CharField(max_length=32)
    campaign_thing = models.CharField(max_length=32)
    level = models.CharField(max_length=10)
    account_name = models.CharField(max_length=200, blank=True)
    campaign_name = models.CharField(_("Meta's campaign"), max_length=400, blank=True)
    set_name = models.CharField(_("ad set"), max_length=400, blank=True)
    ad_name = models.CharField(_("ad"), max_length=400, blank=True)
    ad_id = models.CharField(max_length=40, blank=True)
    starts = models.DateField()
    ends = models.DateField()
    currency = models.CharField(max_length=3)
    spent = models.DecimalField(max_digits=16, decimal_places=4, default=0)
    impressions = models.BigIntegerField(null=True, blank=True)
    # Of this line alone: people reached on two days, or by two ads, may be the same people.
    reach = models.BigIntegerField(null=True, blank=True)
    frequency = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    clicks = models.BigIntegerField(null=True, blank=True)
    link_clicks = models.BigIntegerField(null=True, blank=True)
    landing_views = models.BigIntegerField(null=True, blank=True)
    results = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    result_kind = models.CharField(max_length=160, blank=True)
    purchases = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    purchase_value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    attribution = models.CharField(max_length=160, blank=True)
    rest = models.JSONField(default=dict)  # columns we do not know, as they stood
    stands = models.BooleanField(default=False)
    # Read by days, never by link alone: an index of each would only make keeping a file slower.
    link = models.ForeignKey(TrackedLink, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)
    campaign = models.ForeignKey(Campaign, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)

    objects = AdFigureQuerySet.as_manager()

    class Meta:
        indexes = [
            # Which earlier rows say the same thing of the same days?
            models.Index(fields=["thing", "starts"], name="ad_figure_of_a_thing"),
            models.Index(fields=["ad_id", "starts"], name="ad_figure_of_an_ad", condition=~Q(ad_id="")),
            # What did these days cost? Of all lines: an index that spoke of `stands` would make keeping a file slower.
            models.Index(fields=["starts", "ends"], name="ad_figure_of_days"),
        ]

    def __str__(self):
        return self.ad_name or self.set_name or self.campaign_name


class PostFigureQuerySet(FigureQuerySet):
    def for_desk(self):
        return self.select_related("link__campaign")

    def whole(self):
        """Lines about a post's whole life, and not about one of its days."""
        return self.filter(day=None)

    def posted_between(self, start, end):
        return self.filter(posted_at__gte=start, posted_at__lt=end)

    def of_links(self, links):
        return self.filter(link__in=links)


class PostFigure(models.Model):
    """What Facebook or Instagram says of one post: seen by how many, answered by how many."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="posts")
    line = models.PositiveIntegerField()
    platform = models.CharField(max_length=10)
    post = models.CharField(max_length=120)  # what posting.key_of makes of the address: the same for all its spellings
    post_id = models.CharField(max_length=80, blank=True)
    permalink = models.CharField(max_length=600, blank=True)
    page_name = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300, blank=True)
    post_kind = models.CharField(max_length=60, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)  # none: its whole life so far
    views = models.BigIntegerField(null=True, blank=True)
    reach = models.BigIntegerField(null=True, blank=True)
    reactions = models.BigIntegerField(null=True, blank=True)
    comments = models.BigIntegerField(null=True, blank=True)
    shares = models.BigIntegerField(null=True, blank=True)
    saves = models.BigIntegerField(null=True, blank=True)
    clicks = models.BigIntegerField(null=True, blank=True)
    link_clicks = models.BigIntegerField(null=True, blank=True)
    rest = models.JSONField(default=dict)
    stands = models.BooleanField(default=False)
    link = models.ForeignKey(TrackedLink, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PostFigureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["post", "day"], name="post_figure_of_a_post"),
            models.Index(fields=["-posted_at", "-id"], name="post_figure_latest", condition=Q(stands=True)),
        ]

    def __str__(self):
        return self.title or self.permalink


class TieQuerySet(models.QuerySet):
    def of(self, kind, value):
        return self.filter(kind=kind, value=value)

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def of_link(self, link):
        return self.filter(link=link)

    def by_hand(self):
        return self.filter(how=Tie.How.HAND)

    def for_desk(self):
        return self.select_related("link__campaign", "campaign", "by")


class Tie(models.Model):
    """This post, or this ad, is where that link stands. Said once, true for files that came before and those to come."""

    class Kind(models.TextChoices):
        POST = "post", _("post")
        AD = "ad", _("ad, by its number")
        NAME = "name", _("ad, by its name")
        CAMPAIGN = "campaign", _("Meta's campaign")

    class How(models.TextChoices):
        HAND = "hand", _("tied by hand")
        WORDS = "words", _("utm_content of the link")
        MACRO = "macro", _("the ad's number came along with clicks")
        NAME = "name", _("the same name")

    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=120)
    said = models.CharField(max_length=600, blank=True)  # as people know it: the address, the names
    link = models.ForeignKey(TrackedLink, models.CASCADE, null=True, blank=True, related_name="ties")
    campaign = models.ForeignKey(Campaign, models.CASCADE, null=True, blank=True, related_name="ties")
    how = models.CharField(max_length=8, choices=How, default=How.HAND)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=now)

    objects = TieQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("kind", "value", name="a_post_or_ad_is_tied_once"),
            models.CheckConstraint(condition=Q(link=None) ^ Q(campaign=None), name="a_tie_leads_to_one_place"),
        ]

    def __str__(self):
        return self.said or self.value


class ExpenseQuerySet(models.QuerySet):
    def for_desk(self):
        return self.select_related("campaign", "link", "by")


class Expense(models.Model):
    """A sum somebody typed in: a fee for a person with followers, a print run, an advertisement elsewhere."""

    class Kind(models.TextChoices):
        MANUAL = "manual", _("other cost")
        KOL = "kol", _("fee for a KOL or partner")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.MANUAL)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="expenses", verbose_name=_("campaign"))
    link = models.ForeignKey(
        TrackedLink, models.PROTECT, null=True, blank=True, related_name="expenses", verbose_name=_("link")
    )
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)])
    currency = models.CharField(_("currency"), max_length=3, default="TWD")
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=now, editable=False)

    objects = ExpenseQuerySet.as_manager()

    class Meta:
        verbose_name = _("cost")
        verbose_name_plural = _("costs")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="an_expense_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="an_expense_is_no_income"),
        ]

    def __str__(self):
        return f"{self.amount} {self.currency}"


class CostQuerySet(models.QuerySet):
    def between(self, first, last):
        """Days, both included; None is open."""
        found = self if first is None else self.filter(day__gte=first)
        return found if last is None else found.filter(day__lte=last)

    def of_links(self, links):
        return self.filter(link__in=links)

    def of_campaigns(self, campaigns):
        return self.filter(campaign__in=campaigns)

    def of_no_link(self):
        """A campaign's own, which no link of it caused."""
        return self.filter(link=None)

    def unplaced(self):
        """Spent, and nobody has said yet for which campaign."""
        return self.filter(campaign=None)

    def summed(self, *names):
        """Amounts for each of `names` and each currency: sums of two currencies are no sum."""
        return self.order_by().values(*names, "currency").annotate(amount=models.Sum("amount"))


class Cost(models.Model):
    """What one day cost, for one link or one campaign. Made from figures and expenses, and made again at any time."""

    class Kind(models.TextChoices):
        META = "meta", "Meta"
        MANUAL = "manual", _("other cost")
        KOL = "kol", _("fee for a KOL or partner")

    day = models.DateField()
    link = models.ForeignKey(TrackedLink, models.CASCADE, null=True, blank=True, related_name="costs")
    campaign = models.ForeignKey(Campaign, models.CASCADE, null=True, blank=True, related_name="costs")
    kind = models.CharField(max_length=6, choices=Kind)
    amount = models.DecimalField(max_digits=16, decimal_places=4)
    currency = models.CharField(max_length=3)
    expense = models.ForeignKey(Expense, models.CASCADE, null=True, blank=True, related_name="days")

    objects = CostQuerySet.as_manager()

    class Meta:
        indexes = [
            # What did these days cost, and where?
            models.Index(fields=["day", "campaign", "link"], name="cost_of_a_day"),
        ]

    def __str__(self):
        return f"{self.day} {self.amount} {self.currency}"
