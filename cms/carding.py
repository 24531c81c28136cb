"""What links to our pages tell in posts: by these tables alone, and nothing that a stranger would not be shown."""

from wagtail.images import get_image_model
from wagtail.images.models import Filter
from wagtail.models import Page, Site

from cms import pictures
from cms.models import Brand, Window
from cms.models.window import pages_at
from community.forum.cards import renewing
from community.forum.cards.pages import Told


def at(paths) -> dict[str, Told]:
    """What there is at these paths, as posts show it; called by the forum while it cooks."""
    site = Site.objects.select_related("root_page").order_by("-is_default_site").first()
    if site is None:
        return {}
    root = site.root_page.url_path.rstrip("/")
    found = pages_at([root + path for path in paths])
    open_ones = set(Page.objects.live().public().in_bulk([page.pk for page in found]))
    name = Brand.for_site(site).name if open_ones else ""
    return {page.url_path.removeprefix(root): _told(page, name, page.pk in open_ones) for page in found}


def _told(page, name, is_open) -> Told:
    if not is_open or not isinstance(page, Window):
        return Told(page.pk)
    return Told(page.pk, page.card_title, page.card_words, name, _picture(page.card_picture))


def _picture(image):
    """Nobody waits for a picture to be made: when its sizes are ready, see tasks.py, the posts are cooked again."""
    if not isinstance(image, get_image_model()):
        return None
    forms = {form: Filter(spec=f"{pictures.CARD_SMALL}|format-{form}") for form in ("avif", "jpeg")}
    ready = image.find_existing_renditions(*forms.values())
    if len(ready) < len(forms):
        return None
    avif, jpeg = (ready[forms[form]] for form in ("avif", "jpeg"))
    return avif.url, jpeg.url, jpeg.width, jpeg.height


def renew(page):
    """The posts that lead to a page, or to one below it, show it as it is now."""
    renewing.of_page(page)


def pages_with(image) -> list[Page]:
    """Pages that name an image anywhere, in their latest words."""
    return [user for user, _where in image.get_usage() if isinstance(user, Page)]
