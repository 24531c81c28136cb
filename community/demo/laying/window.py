"""The brand, its pictures, and its pages."""

import contextlib
from datetime import timedelta
from html import escape

from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Site

from accounts.models import Tier
from cms import publishing, tasks
from cms.models import ArticleIndexPage, ArticlePage, Brand, HomePage, LandingPage, PlainPage
from community.demo import clock, pictures, words
from community.demo.laying import rooms
from community.demo.laying.people import everyone

SHOWN = 5  # posts of a discussion on its landing page
SHELF = "浮嶼咖啡"  # the collection that holds our pictures, and only ours


def _home() -> HomePage:
    return HomePage.objects.get(pk=Site.objects.get(is_default_site=True).root_page_id)


def landing_path(slug) -> str:
    return f"/{slug}/"


def _shelf() -> Collection:
    root = Collection.get_first_root_node()
    for child in root.get_children():
        if child.name == SHELF:
            return child
    return root.add_child(name=SHELF)


def _image(title):
    with contextlib.suppress(get_image_model().DoesNotExist):
        return get_image_model().objects.get(title=title, collection=_shelf())
    return None


def _titles():
    """What each picture is called at the desk, and which scene it is."""
    return {f"浮嶼・{name}": name for name in pictures.NAMES}


def lay_pictures():
    shelf = _shelf()
    for title, name in _titles().items():
        if not _image(title):
            _put(title, f"fuyu-{name}.jpg", pictures.jpeg(name), shelf)
    if not _image("浮嶼・標誌"):
        _put("浮嶼・標誌", "fuyu-mark.png", pictures.MARK.read_bytes(), shelf)


def _put(title, file, data, shelf):
    get_image_model().objects.create(title=title, file=ContentFile(data, name=file), collection=shelf)


def picture(name):
    return _image(f"浮嶼・{name}")


def body(blocks):
    """A file's blocks as a stream holds them."""
    return [(kind, _value(kind, said)) for kind, *said in blocks]


def _value(kind, said):
    match kind:
        case "text":
            return "".join(f"<p>{escape(part)}</p>" for part in said[0].split("\n\n"))
        case "quote":
            who, _comma, role = (said[1] if len(said) > 1 else "").partition("，")
            return {"text": said[0], "who": who, "role": role}
        case "picture":
            return {"image": picture(said[0]), "alt": said[1], "caption": ""}
        case "divider":
            return None
        case _:
            return said[0]


def _publish(page, *, by, at):
    page.save_revision(user=by).publish()
    _date(page, at)


def _date(page, at):
    """Published long ago, as the story goes; Wagtail itself only knows of now."""
    page.refresh_from_db()
    page.first_published_at = page.last_published_at = at
    page.save(update_fields=["first_published_at", "last_published_at"])


def _taken(parent) -> set[str]:
    return {page.slug for page in parent.get_children()}


def lay_pages(now):
    people, home = everyone(), _home()
    editor, marketer = people["詠晴"], people["柏宇"]
    _name_the_brand()
    _furnish(home, now)
    taken = _taken(home)
    for told in words.pages()["plain"]:
        if told["slug"] not in taken:
            page = PlainPage(title=told["title"], slug=told["slug"], body=body(told["blocks"]), owner=editor)
            _add(home, page, by=editor, at=now - timedelta(days=120))
    begun = {campaign.landing: campaign.days + 2 for campaign in words.campaigns()}
    for told in words.pages()["landing"]:
        if told["slug"] not in taken:
            page = LandingPage(
                title=told["title"],
                slug=told["slug"],
                lead=told["lead"],
                picture=picture(told["picture"]),
                picture_alt=told["picture_alt"],
                join_question=told["join_question"],
                join_button=told["join_button"],
                owner=marketer,
            )
            # A link needs a page to lead to before there are members whose discussion it can show.
            home.refresh_from_db()
            home.add_child(instance=page)
            _date(page, now - timedelta(days=begun[told["slug"]]))
            tasks.prepare_pictures.delay_on_commit(page.pk)


@transaction.atomic
def _add(parent, page, *, by, at):
    parent.refresh_from_db()
    parent.add_child(instance=page)
    _publish(page, by=by, at=at)


def _name_the_brand():
    brand = Brand.for_site(Site.objects.get(is_default_site=True))
    if brand.name_zh == Brand._meta.get_field("name_zh").default:
        brand.name_zh, brand.name_en = "浮嶼咖啡", "Fúyǔ Coffee"
        brand.tagline_zh = "一杯一杯，慢慢沖到好喝"
        brand.tagline_en = "Cup by cup, until it is good"
        brand.mark = _image("浮嶼・標誌")
        brand.board = rooms.boards()["lounge"]
        brand.save()


def _furnish(home, now):
    """The front page, as long as nobody has touched it."""
    if home.lead or home.latest_revision_id:
        return
    told = words.pages()["home"]
    home.title, home.lead, home.lead_en = told["title"], told["lead"], told["lead_en"]
    home.picture, home.picture_alt = picture(told["picture"]), told["picture_alt"]
    home.first_published_at = now - timedelta(days=120)
    home.save()
    # The pages that are opened first come first; the articles' pictures can wait their turn.
    tasks.prepare_pictures.delay_on_commit(home.pk)


def lay_articles(now):
    people = everyone()
    index = ArticleIndexPage.objects.child_of(_home()).get()
    taken = _taken(index)
    for told in sorted(words.articles(), key=lambda told: told["days"], reverse=True):
        if told["slug"] not in taken:
            _lay_article(told, index, people, now)


@transaction.atomic
def _lay_article(told, index, people, now):
    author, age = people[told["by"]], timedelta(days=told["days"])
    at = clock.ago(now, age)
    gate = next((block[1] for block in told["blocks"] if block[0] == "divider"), None)
    page = ArticlePage(
        title=told["title"],
        slug=told["slug"],
        intro=told["intro"],
        cover=picture(told["picture"]),
        cover_alt=told["picture_alt"],
        author=author,
        owner=author,
        dated=at,
        tier=Tier.objects.get(rank=gate) if gate else None,
        board=rooms.boards()[told["board"]],
        body=body(told["blocks"]),
    )
    _add(index, page, by=author, at=at)
    thread = publishing.open_discussion(article=page)
    rooms.lay_comments(thread, words.said(told["comments"]), people=people, now=now, begins=age)


def open_doors(now):
    """Puts the discussions on the landing pages and the boards on the front page, where nobody has worked since."""
    people, talks = everyone(), {talk.key: talk for talk in words.talks()}
    for told in words.pages()["landing"]:
        with contextlib.suppress(Page.DoesNotExist):
            page = LandingPage.objects.child_of(_home()).get(slug=told["slug"])
            opening = rooms.opening_of(talks[told["thread"]], people)
            if not page.latest_revision_id and opening:
                _open(page, [("thread", {"thread": opening.thread, "count": SHOWN})], by=people["柏宇"])
    home = _home()
    if not home.latest_revision_id and home.lead == words.pages()["home"]["lead"]:
        _open(home, _front(), by=people["詠晴"])


def _front():
    told, boards = words.pages()["home"], rooms.boards()
    shown = [("board", {"board": boards[slug], "count": 4}) for slug in ("brewing", "lounge")]
    card = ("question", "words", "button", "question_en", "words_en", "button_en")
    join = {name: told[f"join_{name}"] for name in card}
    return [shown[0], ("join", join), *shown[1:]]


@transaction.atomic
def _open(page, blocks, *, by):
    page.body = blocks
    _publish(page, by=by, at=page.first_published_at)
