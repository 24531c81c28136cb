"""What threads are about: giving tags, making them, and making two of them one."""

import re

from django.db import transaction
from django.utils.text import slugify

from accounts.tiers import opens
from community.commons import chinese, public
from community.forum import access, discussing, finding, streams
from community.forum.hosting import acting
from community.forum.models import MOST_TAGS, Act, Tag, TagFormer, TagSynonym, TalkSettings, ThreadTag

_PART = re.compile(r"[,，、;；#＃\n]+")


def names_in(text: str) -> list[str]:
    """Tags as somebody typed them: parted by any comma, spellings of one word once."""
    told = {chinese.sought(part): " ".join(part.split()) for part in reversed(_PART.split(text)) if part.strip()}
    return [name for folded, name in reversed(told.items()) if folded]


def known(names) -> dict[str, Tag]:
    """The tags these names mean, by the names' folded form; other words for a tag mean it."""
    folded = [chinese.sought(name) for name in names]
    found = Tag.objects.meant_by(folded).prefetch_related("synonyms")
    means = {tag.folded: tag for tag in found}
    means |= {synonym.folded: tag for tag in found for synonym in tag.synonyms.all()}
    return {each: means[each] for each in folded if each in means}


def may_make(person) -> bool:
    """New words are for hosts, and for members from a tier on that the brand has set."""
    tier = TalkSettings.load().tier_to_tag
    return access.keeps_order(person) or (person.is_authenticated and tier is not None and opens(person, tier))


def slug_for(name: str) -> str:
    """The end of its address, in its own letters, and nobody else's."""
    base = slugify(chinese.fold(name), allow_unicode=True)[:50] or "tag"
    taken = set(Tag.objects.slugs_from(base)) | set(TagFormer.objects.slugs_from(base))
    return next(slug for n in range(1, 10_000) if (slug := base if n == 1 else f"{base}-{n}") not in taken)


@transaction.atomic
def make(*, name, by) -> Tag:
    """A new tag, or the one there is of this name. What a member makes is not on the brand's list."""
    if tag := known([name]).get(chinese.sought(name)):
        return tag
    folded = chinese.sought(name)
    told = {"name": name, "slug": slug_for(name), "is_brands": access.keeps_order(by)}
    tag, _is_new = Tag.objects.get_or_create(folded=folded, defaults=told)
    finding.note_tag(tag)
    return tag


def put(*, thread, names, by) -> list[Tag]:
    """Gives a thread exactly these tags, in the caller's transaction; new words are made where that is allowed."""
    names = names[:MOST_TAGS]
    means, may = known(names), may_make(by)
    tags = [means.get(chinese.sought(name)) or (make(name=name, by=by) if may else None) for name in names]
    given = list(dict.fromkeys(tag for tag in tags if tag))
    ThreadTag.objects.on(thread).but(given).delete()
    ThreadTag.objects.bulk_create([ThreadTag(thread=thread, tag=tag) for tag in given], ignore_conflicts=True)
    streams.forget_on_commit(thread.pk)
    return given


@transaction.atomic
def tag(*, thread, by, names):
    """Sets what a thread is about; said again, nothing happens."""
    thread = discussing.locked(thread)
    access.require(access.against_tagging(by, thread))
    before = [each.name for each in thread.tags.all()]
    after = [each.name for each in put(thread=thread, names=names, by=by)]
    if sorted(before) != sorted(after):
        acting.note(thread, Act.Kind.TAGGED, by=by, before={"tags": before}, after={"tags": after})
        thread.save(update_fields=["sequence"])
    return thread


@transaction.atomic
def merge(*, tag, into, by) -> Tag:
    """Makes one tag another word for a second one; its address leads there."""
    access.require(access.against_keeping_tags(by))
    rows = {row.pk: row for row in Tag.objects.with_ids([tag.pk, into.pk]).order_by("pk").select_for_update()}
    if tag.pk == into.pk or tag.pk not in rows:
        return into
    tag, into = rows[tag.pk], rows[into.pk]
    threads = list(ThreadTag.objects.of(tag).values_list("thread", flat=True))
    ThreadTag.objects.bulk_create([ThreadTag(thread_id=pk, tag=into) for pk in threads], ignore_conflicts=True)
    TagSynonym.objects.of(tag).update(tag=into)
    TagFormer.objects.of(tag).update(tag=into)
    name, folded, slug = tag.name, tag.folded, tag.slug
    tag.delete()
    TagSynonym.objects.get_or_create(folded=folded, defaults={"tag": into, "name": name})
    TagFormer.objects.get_or_create(slug=slug, defaults={"tag": into})
    finding.note_tag(into)
    public.purge_on_commit(public.EVERYTHING)
    return into
