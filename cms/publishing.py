"""What follows when a page is published: its discussion, and its pictures in every size."""

from wagtail.images import get_image_model
from wagtail.images.models import Filter

from cms import pictures
from cms.models import Brand
from community.forum import discussing


def open_discussion(*, article, by=None):
    """The article's thread, made once however often it is published; None where the editor wants none.

    It follows the article's title and board. With no board and nobody to open it there is nothing to make.
    """
    board = article.board or Brand.for_site(article.get_site()).board
    author = article.author or article.owner or by
    if not (article.live and article.with_discussion and board and author):
        return None
    return discussing.thread_for(page=article, title=article.title, board=board, author=author, at=article.dated)


def prepare_pictures(*, page):
    """Makes each size in which this page's pictures are shown; sizes that exist are kept."""
    wanted = []
    for name in ("cover", "picture"):
        wanted += [(getattr(page, name, None), pictures.HERO), (getattr(page, name, None), pictures.CARD)]
    wanted += [(page.card_picture, pictures.SHARED), (page.card_picture, pictures.CARD)]
    for child in getattr(page, "body", []):
        if child.block_type == "picture":
            wanted.append((child.value["image"], pictures.INLINE))
        elif child.block_type == "gallery":
            wanted += [(picture["image"], pictures.TILE) for picture in child.value["pictures"]]
    for image, specs in wanted:
        if isinstance(image, get_image_model()):
            image.get_renditions(*Filter.expand_spec(specs))
