"""Pages for the tests: each is made as an editor would make it."""

from io import BytesIO

from django.core.files.images import ImageFile
from PIL import Image as Drawing
from wagtail.images import get_image_model

from cms.models import ArticleIndexPage, ArticlePage, HomePage, LandingPage, PlainPage
from tests import cast

member = cast.member
OPEN, SECRET = "水溫先降到八十九度", "最後這段只給常客看"


def picture(title="濾杯", size=(600, 400)):
    file = BytesIO()
    Drawing.new("RGB", size, (140, 90, 50)).save(file, "JPEG")
    file.seek(0)
    return get_image_model().objects.create(title=title, file=ImageFile(file, name="dripper.jpg"))


def text(words):
    return ("text", f"<p>{words}</p>")


def published(page, parent):
    page = parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def home():
    return HomePage.objects.get()


def article(title="手沖總是太酸", body=None, **fields):
    fields.setdefault("intro", "把你的水溫貼上來。")
    body = body if body is not None else [text(OPEN), ("divider", None), text(SECRET)]
    return published(ArticlePage(title=title, body=body, **fields), ArticleIndexPage.objects.get())


def landing(title="把你的水溫貼上來", **fields):
    return published(LandingPage(title=title, **fields), home())


def plain(title="關於我們", slug="about", **fields):
    return published(PlainPage(title=title, slug=slug, **fields), home())
