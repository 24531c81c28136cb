"""The one who asks pages elsewhere what they are: once for each, by the house's own fetcher, within time and size.

Whatever the other site does, a post is at most without its card: failures are remembered, and asked again ever later.
"""

from contextlib import suppress
from datetime import timedelta
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils.timezone import now

from community.commons import limits, public
from community.commons.fetching import Unreachable, fetch
from community.commons.ids import uuid7
from community.commons.refusals import Refusal
from community.forum import picturing
from community.forum.cards import heads, places, videos
from community.forum.models import LinkCard, Picture, Reference

KEPT_FOR = timedelta(days=7)
PATIENCE = [timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=7)]
PAGE_BYTES, PICTURE_BYTES, SECONDS, HOPS = 400_000, 5_000_000, 8, 4
LARGEST = 480  # dots on the longer side of a card's picture; of a film's, twice that
SMALLEST = 60  # what is smaller is a spacer, or a mark
PAGES = {"text/html", "application/xhtml+xml"}
MOST_OF_A_HOST = 30  # in a minute, whatever our members write: nobody is bothered by us
SHOWN = ("state", "site", "title", "words", "picture")


class Nothing(Exception):
    """It was reached, and says nothing a card could tell."""


def ask(card_id) -> list[int]:
    """Asks about one card, if nobody else does; gives the posts that show something else from now on."""
    card = LinkCard.objects.with_pk(card_id)
    if card is None or not limits.allowed("card", urlsplit(card.url).hostname or "", most=MOST_OF_A_HOST, seconds=60):
        return []  # the sweep comes back to it
    if not LinkCard.objects.claim(card.pk):
        return []
    before = [getattr(card, name) for name in SHOWN]
    try:
        head, url = _head(card.url)
        picture = _picture(head.picture, url, LARGEST * (2 if videos.recognise(card.url) else 1))
    except (Unreachable, Nothing) as failure:
        _fail(card, str(failure.args[0]))
    else:
        _keep(card, head, picture)
    if before == [getattr(card, name) for name in SHOWN]:
        return []
    public.purge_on_commit(*(f"page-{pk}" for pk in card.pages.values_list("pk", flat=True)))
    return list(Reference.objects.to_card(card).posts())


def _head(url) -> tuple[heads.Head, str]:
    video = videos.recognise(url)
    told = {"Accept": "application/json" if video else "text/html,application/xhtml+xml", "Accept-Language": "zh-TW,zh;q=0.9,en;q=0.5"}  # fmt: skip
    answer = fetch(video.about if video else url, headers=told, timeout=SECONDS, most=PAGE_BYTES, hops=HOPS)
    if not answer.is_good:
        raise Nothing("status")
    end = urlsplit(answer.url)
    if places.is_ours(end.hostname or "", end.port):
        raise Nothing("ours")  # a door of ours, tracked links among them, is no page elsewhere
    if video:
        head = heads.read_oembed(answer.body, answer.url)
    else:
        kind = answer.headers.get("Content-Type", "")
        if kind.partition(";")[0].strip().lower() not in PAGES:
            raise Nothing("kind")
        head = heads.read(answer.body, kind, answer.url)
    if not head.title:
        raise Nothing("title")
    return head, answer.url


def _picture(address, url, largest):
    """(width, height, its files), made anew; or None: a card does without."""
    if not address:
        return None
    with suppress(Unreachable, Refusal):
        answer = fetch(
            address, headers={"Accept": "image/*", "Referer": url}, timeout=SECONDS, most=PICTURE_BYTES, hops=HOPS
        )
        kind = answer.headers.get("Content-Type", "")
        if answer.is_good and answer.whole and kind.lower().startswith("image/"):
            width, height, files = picturing.remake(answer.body, largest)
            return (width, height, files) if min(width, height) >= SMALLEST else None
    return None


@transaction.atomic
def _keep(card, head, picture):
    former = LinkCard(picture=card.picture)
    if picture:
        card.width, card.height, files = picture
        card.picture = uuid7()
        for form, content in files.items():
            storages["pictures"].save(card.file(form), ContentFile(content))
    else:
        card.picture, card.width, card.height = None, 0, 0
    card.state, card.title, card.words, card.site = LinkCard.State.GOOD, head.title, head.words, head.site
    card.failures, card.why, card.expires_at = 0, "", now() + KEPT_FOR
    _asked(card)
    drop_files(former)


def _fail(card, why):
    """What was told before stays; it is asked again later, and each time in vain later still."""
    card.expires_at = now() + PATIENCE[min(card.failures, len(PATIENCE) - 1)]
    card.failures, card.why = min(card.failures + 1, 100), why[:12]
    if not card.is_good:
        card.state = LinkCard.State.NOTHING
    _asked(card)


def _asked(card):
    card.asked_at = now()
    card.save()


def drop_files(card):
    """After nothing shows them any more."""
    if card.picture:
        for form in Picture.FORMS:
            transaction.on_commit(lambda form=form: storages["pictures"].delete(card.file(form)), robust=True)


def sweep(most=500) -> int:
    """Lets go of cards that no post shows."""
    gone = list(LinkCard.objects.unused()[:most])
    for card in gone:
        card.delete()
    return len(gone)
