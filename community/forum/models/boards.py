"""Where people talk: boards with their doors, the groups they stand in, and what each says of itself."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin

from accounts.tiers import rank_of
from community.commons.bilingual import IN_ENGLISH, said
from community.commons.paging import Slice

LONGEST_TITLE = 80
LONGEST_SLOWNESS = 86_400  # seconds between two posts of one member: a day


def opened_by(path: str, person) -> Q:
    """Rows whose gate, the tier at `path`, lets this person through; no tier is an open door."""
    return opened_to(path, rank_of(person))


def opened_to(path: str, rank) -> Q:
    """The same for whoever has a tier of this rank."""
    return Q(**{path: None}) | Q(**{f"{path}__rank__lte": rank})


def closed_but_teasing(path: str, person) -> Q:
    """Rows of boards that do not let this person in, and tell a little of themselves before the door."""
    return Q(**{f"{path}teases": True}) & ~opened_by(f"{path}tier_to_see", person)


def sees_scheduled(person) -> bool:
    """What is to open later is there for hosts alone."""
    return bool(person and person.is_authenticated and person.is_staff and person.has_perm("forum.keep_order"))


def begun(path: str = "", moment=None) -> Q:
    """Threads whose time to open has come, to the second."""
    return Q(**{f"{path}opens_at": None}) | Q(**{f"{path}opens_at__lte": moment or now()})


class BoardGroup(models.Model):
    """Boards that stand together in lists, under a name."""

    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True, db_default="", help_text=IN_ENGLISH)
    position = models.PositiveSmallIntegerField(_("position"), default=100, db_default=100)

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("group of boards")
        verbose_name_plural = _("groups of boards")

    def __str__(self):
        return said(self.name, self.name_en)


class BoardQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(opened_by("tier_to_see", person))

    def listed_to(self, person):
        """Those that let this person in, and those that show a little of themselves to whoever stands before the door."""
        return self.filter(opened_by("tier_to_see", person) | Q(teases=True))

    def teasing(self, person):
        return self.filter(closed_but_teasing("", person))

    def in_order(self):
        doors = self.select_related("tier_to_see", "tier_to_start", "tier_to_reply", "group", "picture")
        return doors.order_by(F("group__position").asc(nulls_first=True), "group", "position", "pk")

    def in_group(self, group):
        return self.filter(group=group)

    def but(self, board):
        return self.exclude(pk=board.pk)

    def formerly(self, slug):
        """The board that had this address, or that took in another which had it."""
        return self.filter(former_addresses__slug=slug).first()

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def with_slugs(self, slugs):
        return self.filter(slug__in=slugs).order_by("pk")

    def with_pk(self, pk):
        return self.filter(pk=pk).first()

    def one(self, slug):
        return self.select_related("tier_to_see", "tier_to_start", "tier_to_reply").get(slug=slug)


class Board(PreviewableMixin, models.Model):
    """A room of its own subject, with a tier at each of its three doors."""

    class Approval(models.TextChoices):
        NONE = "none", _("nothing is looked at before it is published")
        FIRSTS = "firsts", _("first posts of newcomers wait for a host")
        ALL = "all", _("everything waits for a host")

    class Sort(models.TextChoices):
        LATEST = "latest", _("what stirred last comes first")
        HOT = "hot", _("what is talked about most comes first")
        NEWEST = "newest", _("what was started last comes first")

    slug = models.SlugField(_("end of its address"), max_length=60, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=40)
    description = models.CharField(_("description"), max_length=200, blank=True)
    rules = models.TextField(_("agreements"), max_length=2000, blank=True, help_text=_("Shown beside the threads."))
    name_en = models.CharField(_("name in English"), max_length=60, blank=True, db_default="", help_text=IN_ENGLISH)
    description_en = models.CharField(
        _("description in English"), max_length=300, blank=True, db_default="", help_text=IN_ENGLISH
    )
    rules_en = models.TextField(
        _("agreements in English"), max_length=3000, blank=True, db_default="", help_text=IN_ENGLISH
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100, help_text=_("Smaller comes first."))
    tier_to_see = models.ForeignKey(
        "accounts.Tier",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tier to see"),
        help_text=_("Empty: everyone, visitors included."),
    )
    tier_to_start = models.ForeignKey(
        "accounts.Tier",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tier to start"),
        help_text=_("Empty: every member."),
    )
    tier_to_reply = models.ForeignKey(
        "accounts.Tier",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tier to reply"),
        help_text=_("Empty: every member."),
    )

    group = models.ForeignKey(
        BoardGroup, models.SET_NULL, null=True, blank=True, related_name="boards", verbose_name=_("group")
    )
    picture = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("Shown small beside its name, cut to a square."),
    )
    title_hint = models.CharField(
        _("hint in the title field"),
        max_length=LONGEST_TITLE,
        blank=True,
        db_default="",
        help_text=_("Such as: bean, roast, and what went wrong."),
    )
    body_template = models.TextField(
        _("template of an opening"),
        max_length=2000,
        blank=True,
        db_default="",
        help_text=_("Stands in the field when somebody starts a discussion here; they write over it."),
    )
    approval = models.CharField(
        _("approval"), max_length=6, choices=Approval, default=Approval.NONE, db_default=Approval.NONE.value
    )
    sort = models.CharField(
        _("order of its list"), max_length=6, choices=Sort, default=Sort.LATEST, db_default=Sort.LATEST.value
    )
    # Empty for all of them, so that a kind which comes later is not shut out by an old list.
    kinds = models.JSONField(
        _("kinds of discussions"), default=list, blank=True, db_default=models.Value([], models.JSONField())
    )
    slow_seconds = models.PositiveIntegerField(
        _("seconds between two posts of one member"),
        default=0,
        db_default=0,
        validators=[MaxValueValidator(LONGEST_SLOWNESS)],
        help_text=_("0: no slow mode. A discussion may have its own."),
    )
    needs_tags = models.BooleanField(_("a new discussion needs a tag"), default=False, db_default=False)
    teases = models.BooleanField(
        _("shows a little to those it does not let in"),
        default=False,
        db_default=False,
        help_text=_(
            "Title, first lines, how many posts, faces and when somebody spoke last, with a way in. "
            "Off: for them the board does not exist."
        ),
    )

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        verbose_name = _("board")
        verbose_name_plural = _("boards")

    def __str__(self):
        return said(self.name, self.name_en)

    def get_absolute_url(self):
        return reverse("forum:board", args=[self.slug])

    @property
    def about(self) -> str:
        return said(self.description, self.description_en)

    @property
    def agreements(self) -> str:
        return said(self.rules, self.rules_en)

    def get_preview_template(self, request, mode_name):
        return "forum/board.html"

    def get_preview_context(self, request, mode_name):
        """How its page looks as an editor changes it: its own words, and what was said there last."""
        rows = list(self.threads.present().for_rows().latest_first()[:5]) if self.pk else []
        return super().get_preview_context(request, mode_name) | {"board": self, "threads": Slice(rows, "")}


class BoardAddressQuerySet(models.QuerySet):
    def of(self, board):
        return self.filter(board=board)

    def at(self, slug):
        return self.filter(slug=slug)


class BoardAddress(models.Model):
    """Where a board was before its address changed, or before it became part of another: whoever asks is sent on."""

    slug = models.SlugField(max_length=60, unique=True, allow_unicode=True)
    board = models.ForeignKey(Board, models.CASCADE, related_name="former_addresses")

    objects = BoardAddressQuerySet.as_manager()

    def __str__(self):
        return self.slug
