"""The sizes in which pictures are shown, and which of a page's pictures comes first."""

from django.db.models import Prefetch
from wagtail.images import get_image_model
from wagtail.images.models import Filter

HERO = ["width-{480,960,1440}", "format-{avif,jpeg}"]
INLINE = ["width-{480,800,1200}", "format-{avif,jpeg}"]
TILE = ["fill-{320x320,640x640}", "format-{avif,jpeg}"]
CARD = ["fill-{320x180,640x360}", "format-{avif,jpeg}"]
CARD_SMALL = "fill-320x180"  # of these the one that posts show, in the card of a page
MARK = ["fill-{48x48,96x96}", "format-png"]
SHARED = ["fill-1200x630", "format-jpeg"]

# Which sizes exist, and how wide the browser will show them.
KINDS = {
    "hero": (HERO, "(width >= 60rem) 42rem, 100vw"),
    "inline": (INLINE, "(width >= 60rem) 42rem, 100vw"),
    "tile": (TILE, "(width >= 40rem) 14rem, 45vw"),
    "card": (CARD, "(width >= 40rem) 20rem, 100vw"),
    "mark": (MARK, "2rem"),
}


def ready(field: str, specs: list[str]) -> Prefetch:
    """Fetches a page's picture together with its finished sizes: two queries for a whole list."""
    images = get_image_model().objects.prefetch_renditions(*Filter.expand_spec(specs))
    return Prefetch(field, queryset=images)


def first_of(blocks):
    """The value of the first picture among some blocks: it is seen at once, so it must not wait."""
    for child in blocks:
        if child.block_type == "picture":
            return child.value
        if child.block_type == "gallery" and child.value["pictures"]:
            return child.value["pictures"][0]
    return None
