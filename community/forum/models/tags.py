"""What threads are about, in the brand's own words: tags, and the other spellings that mean them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.commons import chinese
from community.forum.models.rooms import Thread

LONGEST_TAG = 24


class TagQuerySet(models.QuerySet):
    def meant_by(self, folded):
        """Tags of these names, or of which these are other spellings."""
        folded = list(folded)
        return self.filter(Q(folded__in=folded) | Q(synonyms__folded__in=folded)).distinct()

    def of_brand(self):
        return self.filter(is_brands=True)

    def visible_to(self, person):
        """The brand's own list is for everyone; what a member called something is seen where it stands on a thread."""
        standing = Thread.objects.visible_to(person).filter(thread_tags__tag=models.OuterRef("pk"))
        return self.filter(Q(is_brands=True) | models.Exists(standing))

    def on(self, thread):
        return self.filter(thread_tags__thread=thread)

    def one(self, slug):
        return self.get(slug=slug)

    def with_slug(self, slug):
        return self.filter(slug=slug).first()

    def with_ids(self, ids):
        return self.filter(pk__in=ids)

    def but(self, tag):
        return self.exclude(pk=tag.pk)

    def slugs_from(self, base):
        return self.filter(slug__startswith=base).values_list("slug", flat=True)

    def formerly(self, slug):
        """The tag that took in another which had this address."""
        return self.filter(former_addresses__slug=slug).first()

    def by_use(self):
        return self.annotate(uses=models.Count("thread_tags")).order_by("-uses", "name")


class Tag(models.Model):
    """A word that threads on any board may carry. Spellings of one word are one tag."""

    name = models.CharField(_("name"), max_length=LONGEST_TAG)
    slug = models.SlugField(_("end of its address"), max_length=60, unique=True, allow_unicode=True, blank=True)
    folded = models.CharField(max_length=LONGEST_TAG * 3, unique=True, editable=False)
    description = models.CharField(_("description"), max_length=200, blank=True)
    is_brands = models.BooleanField(
        _("on the brand's list"),
        default=True,
        db_default=True,
        help_text=_("Offered to everyone who starts a discussion."),
    )

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.folded = chinese.sought(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("forum:tag", args=[self.slug])


class OfTagQuerySet(models.QuerySet):
    def of(self, tag):
        return self.filter(tag=tag)

    def slugs_from(self, base):
        return self.filter(slug__startswith=base).values_list("slug", flat=True)

    def on(self, thread):
        return self.filter(thread=thread)

    def but(self, tags):
        return self.exclude(tag__in=tags)


class TagSynonym(models.Model):
    """Another word for a tag: whoever writes it means the tag."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="synonyms")
    name = models.CharField(_("name"), max_length=LONGEST_TAG)
    folded = models.CharField(max_length=LONGEST_TAG * 3, unique=True, editable=False)

    objects = OfTagQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name = _("other word")
        verbose_name_plural = _("other words")

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.folded = chinese.sought(self.name)
        super().save(*args, **kwargs)


class ThreadTag(models.Model):
    """A tag on a thread."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="thread_tags")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="thread_tags")

    objects = OfTagQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "tag"], name="a_tag_once_on_a_thread")]

    def __str__(self):
        return f"{self.tag}: {self.thread_id}"


class TagFormer(models.Model):
    """Where a tag was that has become part of another: whoever asks there is sent on."""

    slug = models.SlugField(max_length=60, unique=True, allow_unicode=True)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="former_addresses")

    objects = OfTagQuerySet.as_manager()

    def __str__(self):
        return self.slug
