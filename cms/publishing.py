"""What follows when a page is published: its pictures in every size."""

from wagtail.images import get_image_model
from wagtail.images.models import Filter

from cms import pictures


def prepare_pictures(*, page):
    """Makes each size in which this page's pictures are shown; sizes that exist are kept."""
    wanted = []
    for name in ("cover", "picture"):
        wanted += [(getattr(page, name, None), pictures.HERO), (getattr(page, name, None), pictures.CARD)]
    wanted.append((page.card_picture, pictures.SHARED))
    for child in getattr(page, "body", []):
        if child.block_type == "picture":
            wanted.append((child.value["image"], pictures.INLINE))
        elif child.block_type == "gallery":
            wanted += [(picture["image"], pictures.TILE) for picture in child.value["pictures"]]
    for image, specs in wanted:
        if isinstance(image, get_image_model()):
            image.get_renditions(*Filter.expand_spec(specs))
