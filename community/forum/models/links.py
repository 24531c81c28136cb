"""What links in posts lead to: what other sites say of a page of theirs, and which threads and pages of ours are named."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now

from community.commons.ids import uuid7
from community.forum.models.rooms import Thread
from community.forum.models.words import Post

LONGEST_CARD_URL = 1_000  # of ASCII, so that an index can hold it
CLAIMED_FOR = timedelta(minutes=2)  # whoever asks has given up by then
LEFT_AFTER = timedelta(minutes=3)  # a card that nobody asked about by then was lost on the way to the queue
UNUSED_AFTER = timedelta(days=2)


class LinkCardQuerySet(models.QuerySet):
    def with_urls(self, urls):
        return self.filter(url__in=urls)

    def with_pk(self, pk):
        return self.filter(pk=pk).first()

    def stale(self):
        """Not asked about yet, or so long ago that the answer may be another by now."""
        return self.filter(expires_at__lte=now())

    def claim(self, pk) -> bool:
        """True for one worker only, and only while there is something to ask."""
        moment = now()
        mine = self.filter(pk=pk, expires_at__lte=moment, claimed_until__lte=moment)
        return mine.update(claimed_until=moment + CLAIMED_FOR) == 1

    def left_lying(self):
        """New ones whose task never came."""
        moment = now()
        return self.filter(state=LinkCard.State.WAITING, claimed_until__lte=moment, expires_at__lte=moment - LEFT_AFTER)

    def unused(self):
        used = models.Exists(Reference.objects.filter(card=models.OuterRef("pk")))
        return self.filter(~used, pages=None, made_at__lte=now() - UNUSED_AFTER)

    def keep_for_page(self, page, cards):
        """A page of ours shows these, and no others any more."""
        kept = LinkCard.pages.through.objects
        kept.filter(page_id=page.pk).exclude(linkcard__in=cards).delete()
        rows = [LinkCard.pages.through(page_id=page.pk, linkcard=card) for card in cards]
        kept.bulk_create(rows, ignore_conflicts=True)


class LinkCard(models.Model):
    """What a page elsewhere says of itself, asked for once by us, for every post that leads there."""

    class State(models.TextChoices):
        WAITING = "waiting"
        GOOD = "good"
        NOTHING = "nothing"  # not reached, or nothing was said: the link stays a link

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    url = models.CharField(max_length=LONGEST_CARD_URL, unique=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    site = models.CharField(max_length=100, blank=True, default="")
    title = models.CharField(max_length=200, blank=True, default="")
    words = models.CharField(max_length=300, blank=True, default="")
    picture = models.UUIDField(null=True)  # made anew by us, in the forms of pictures of members
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=now)
    asked_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(default=now)  # from then on a post that leads there has it asked anew
    failures = models.PositiveSmallIntegerField(default=0)  # in a row; each makes the next wait longer
    why = models.CharField(max_length=12, blank=True, default="")  # of the last failure
    claimed_until = models.DateTimeField(default=now)
    pages = models.ManyToManyField("wagtailcore.Page", related_name="+")  # of ours, that show it beside posts

    objects = LinkCardQuerySet.as_manager()

    class Meta:
        indexes = [
            # What still waits to be asked about.
            models.Index(fields=["expires_at"], condition=Q(state="waiting"), name="card_waiting"),
            # What may be in no post any more.
            models.Index(fields=["made_at"], name="card_by_age"),
        ]

    def __str__(self):
        return self.title or self.url

    @property
    def is_good(self) -> bool:
        return self.state == self.State.GOOD

    def file(self, form: str) -> str:
        return f"cards/{str(self.picture)[-2:]}/{self.picture}.{form}"

    def address(self, form: str) -> str:
        return reverse("forum:card_picture", args=[self.picture, form])


class ReferenceQuerySet(models.QuerySet):
    def of_post(self, post):
        return self.filter(post=post)

    def to_card(self, card):
        return self.filter(card=card)

    def to_thread(self, thread):
        return self.filter(thread=thread)

    def to_board(self, board):
        return self.filter(thread__board=board)

    def to_page(self, page):
        """To a page of ours, or to one below it."""
        return self.filter(page__path__startswith=page.path)

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def posts(self):
        return self.order_by("post").values_list("post", flat=True).distinct()


class Reference(models.Model):
    """A post shows a card: when what the card tells changes, or may not be told any more, the post is cooked again."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="references")
    card = models.ForeignKey(LinkCard, models.CASCADE, null=True, related_name="+")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, related_name="+")
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, null=True, related_name="+")

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(card__isnull=False, thread=None, page=None)
                | Q(card=None, thread__isnull=False, page=None)
                | Q(card=None, thread=None, page__isnull=False),
                name="reference_to_one_thing",
            ),
            models.UniqueConstraint(fields=["post", "card"], condition=~Q(card=None), name="one_reference_to_a_card"),
            models.UniqueConstraint(
                fields=["post", "thread"], condition=~Q(thread=None), name="one_reference_to_a_thread"
            ),
            models.UniqueConstraint(fields=["post", "page"], condition=~Q(page=None), name="one_reference_to_a_page"),
        ]

    def __str__(self):
        return f"{self.post_id} → {self.card or self.thread or self.page}"

    @property
    def to(self) -> tuple[str, object]:
        """Of which kind it is, and the key of what it leads to."""
        told = {"card": self.card_id, "thread": self.thread_id, "page": self.page_id}
        return next((kind, pk) for kind, pk in told.items() if pk is not None)
