"""Campaigns and their links, as a marketer makes, changes and puts them away."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from community.campaigns import channels, codes, counting, destinations, keeping, routes
from community.campaigns.models import Campaign, Health, Ignored, Miss, Tag, TrackedLink
from community.commons import chinese

TRIES = 8
LONGEST_TAG = 40


@transaction.atomic
def open_campaign(*, by, **fields) -> Campaign:
    return Campaign.objects.create(owner=by, **fields)


@transaction.atomic
def change_campaign(*, campaign, **fields) -> Campaign:
    for name, value in fields.items():
        setattr(campaign, name, value)
    campaign.save()
    return campaign


@transaction.atomic
def put_away(thing):
    """A campaign or link leaves the lists. Its links go on working: they stand in posts and on paper."""
    if thing.archived_at is None:
        thing.archived_at = now()
        thing.save(update_fields=["archived_at"])


@transaction.atomic
def take_out(thing):
    if thing.archived_at is not None:
        thing.archived_at = None
        thing.save(update_fields=["archived_at"])


@transaction.atomic
def pause(thing, *, by=None):
    """Closes a link, or all links of a campaign, at once and at every door; for a raid, or a post that went wrong."""
    _set_pause(thing, now(), by)


@transaction.atomic
def resume(thing, *, by=None):
    _set_pause(thing, None, by)


def _set_pause(thing, moment, by):
    if (thing.paused_at is None) == (moment is None):
        return
    before = None if isinstance(thing, Campaign) else keeping.picture(thing)
    thing.paused_at = moment
    thing.save(update_fields=["paused_at"])
    if before is None:
        routes.all_changed_on_commit()
    else:
        keeping.note(link=thing, before=before, after=keeping.picture(thing), by=by)
        routes.changed_on_commit(thing.code)


@transaction.atomic
def hold_newcomers(campaign, *, hold: bool):
    """Whether what newcomers of this campaign write waits until a host has let them through."""
    campaign.holds_newcomers = hold
    campaign.save(update_fields=["holds_newcomers"])


def aim(link, destination: str):
    """Points a link at an address; when that is a page of ours, at the page, so that it may move."""
    link.address = destinations.check(destination)
    link.page = destinations.page_at(link.address) if link.address.startswith("/") else None
    if link.page:
        link.address = ""


@transaction.atomic
def make_link(*, campaign, channel, label, destination, by=None, code="", tags=(), **fields) -> TrackedLink:
    """A link with its own code, given or random, and the campaign words of its channel."""
    source, medium = channels.words_of(channel)
    words = {"utm_source": source, "utm_medium": medium, "utm_campaign": campaign.key}
    link = TrackedLink(campaign=campaign, channel=channel, label=label, made_by=by, **{**words, **fields})
    aim(link, destination)
    _name(link, code)
    if tags:
        label_with(link, tags)
    routes.changed_on_commit(link.code)
    return link


def folded_tag(name: str) -> str:
    return chinese.fold(name[:LONGEST_TAG]).strip()


def label_with(link, names):
    """Gives a link exactly these tags; those that nobody used before come to be."""
    wanted = {}
    for name in names:
        wanted.setdefault(folded_tag(name.strip()), Tag(name=name.strip()[:LONGEST_TAG]))
    wanted.pop("", None)
    Tag.objects.bulk_create(
        [Tag(name=tag.name, folded=folded) for folded, tag in wanted.items()], ignore_conflicts=True
    )
    link.tags.set(Tag.objects.named(wanted))


def _name(link, code: str):
    """Saves under the given code, or under the first random one that is free."""
    for _attempt in range(1 if code else TRIES):
        link.code = codes.check(code) if code else codes.fresh()
        try:
            with transaction.atomic():
                link.save()
            return
        except IntegrityError:
            link.pk = None
    raise ValidationError({"code": ValidationError(_("Another link already has this code."), code="taken")})


@transaction.atomic
def change_link(*, link, destination, by=None, tags=None, **fields) -> TrackedLink:
    """Everything but the code may change: the code is already out in the world. What changed is written down."""
    before = keeping.picture(TrackedLink.objects.for_desk().get(pk=link.pk))
    for name, value in fields.items():
        setattr(link, name, value)
    aim(link, destination)
    link.save()
    counting.forget([link.pk])
    if tags is not None:
        label_with(link, tags)
    if keeping.note(link=link, before=before, after=keeping.picture(link), by=by):
        Health.objects.of(link).update(next_at=now())
    routes.changed_on_commit(link.code)
    return link


@transaction.atomic
def keep_text(*, link, text: str):
    """What a marketer made of the proposed text; nothing at the door changes."""
    link.text = text
    link.save(update_fields=["text"])


@transaction.atomic
def wave_off(*, code: str, by=None):
    """A missed code that is not worth a link."""
    Ignored.objects.get_or_create(code=codes.fold(code)[: codes.LONGEST], defaults={"by": by})


@transaction.atomic
def look_again(*, code: str):
    Ignored.objects.coded(code).delete()


def note_miss(*, code: str, referrer: str):
    """Counts one more request for a code that nobody made."""
    row = Miss(code=codes.fold(code)[: codes.LONGEST], day=now().date(), referrer=referrer)
    changed = Miss.objects.same_as(row).update(count=F("count") + 1)
    if not changed:
        Miss.objects.bulk_create([row], ignore_conflicts=True)
