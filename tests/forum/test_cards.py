"""Cards of links: asked for by us and once, harmless whatever comes back, and silent about what not everybody may read."""

import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils.timezone import now

from accounts.models import Tier
from community.commons import fetching
from community.forum import discussing, moderating, tasks
from community.forum.cards import heads, places, videos
from community.forum.models import LinkCard, Post, Reference
from tests.forum.test_pictures import _own_folder, drawn  # noqa: F401 (files in a folder of the test's own)

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>不是這個</title>
<meta property="og:title" content="酸味&lt;script&gt;從哪裡來"><meta name="description" content="三個步驟，一次一個變因。">
<meta property="og:site_name" content="烘豆筆記"><meta property="og:image" content="/cup.png"></head>
<body><meta property="og:title" content="文章裡冒充的標題"></body>"""


class World:
    """A site of our own that answers as it is told: path → (status, kind, body), or a path to go on to."""

    def __init__(self):
        self.pages, self.asked = {}, []
        world = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                world.asked.append(self.path)
                answer = world.pages.get(self.path, (404, "text/html", b""))
                if isinstance(answer, str):
                    answer = (302, "text/html", b"", {"Location": answer})
                status, kind, body, *more = answer
                self.send_response(status)
                for name, value in (
                    {"Content-Type": kind, "Content-Length": str(len(body))} | (more[0] if more else {})
                ).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()


@pytest.fixture
def world(settings):
    settings.FETCH_PRIVATE = True
    world = World()
    world.pages["/sour"] = (200, "text/html; charset=utf-8", PAGE.encode())
    world.pages["/cup.png"] = (200, "image/png", drawn("PNG", size=(1200, 800)))
    yield world
    world.server.shutdown()


def said(thread, author, body, **told):
    return discussing.reply(thread=thread, author=author, body=body, **told)


def asked(post):
    """What the worker does."""
    for card in LinkCard.objects.stale():
        tasks.ask_card(str(card.pk))
    return Post.objects.get(pk=post.pk)


def test_a_link_alone_on_its_line_becomes_a_card_in_a_numbered_frame(world, thread, ben, stranger):
    url = f"{world.url}/sour"
    post = said(thread, ben, f"看這篇：\n{url}\n還有 {url} 在句子裡")
    # Of one height before and after: the box is there from the first moment, with the address in it.
    assert post.html.count('class="linkcard"') == 1
    assert f'href="{url}"' in post.html
    assert world.asked == [], "the web process asked"
    before = post.sequence
    post = asked(post)
    assert post.sequence > before
    frames = stranger.get(f"/live/{thread.topic}/?since={before}").json()["frames"]
    assert "哪裡來" in frames[0]["html"]
    assert "酸味&lt;script&gt;從" in post.html
    assert "烘豆筆記" in post.html
    assert "三個步驟" in post.html
    assert "冒充" not in post.html
    # The picture is made anew and ours; nothing of the other site is asked by a reader.
    assert "/cup.png" not in post.html
    card = LinkCard.objects.get()
    assert (card.width, card.height) == (480, 320)
    for form, kind in (("jpg", "image/jpeg"), ("avif", "image/avif")):
        answer = stranger.get(card.address(form))
        assert answer["Content-Type"] == kind
    assert stranger.get(card.address("jpg").replace("jpg", "png")).status_code == 404
    # Asked once, whoever posts it again and however often the task runs.
    many = len(world.asked)
    other = said(thread, ben, url)
    tasks.ask_card(str(card.pk))
    assert len(world.asked) == many
    assert "哪裡來" in other.html
    assert Reference.objects.count() == 2


def test_what_a_site_does_wrong_costs_the_card_alone_and_is_remembered(world, thread, ben):
    world.pages |= {
        "/pdf": (200, "application/pdf", b"%PDF"),
        "/gone": (410, "text/html", PAGE.encode()),
        "/nameless": (200, "text/html", b"<html><body>hello"),
        "/round": "/round",
        "/two-faced": (200, "text/html", PAGE.replace("/cup.png", "/bomb").encode()),
        "/bomb": (200, "image/png", b"<script>alert(1)</script>" * 10),
    }
    kinds = {"/pdf": "kind", "/gone": "status", "/nameless": "title", "/round": "hops"}
    for path, why in kinds.items():
        post = asked(said(thread, ben, world.url + path))
        card = LinkCard.objects.get(url=world.url + path)
        assert (card.state, card.why) == ("nothing", why)
        assert card.expires_at > now() + timedelta(minutes=50)
        assert f'href="{world.url}{path}"' in post.html
    card = LinkCard.objects.get(url=world.url + "/gone")
    LinkCard.objects.update(expires_at=now(), claimed_until=now())
    tasks.ask_card(str(card.pk))
    card.refresh_from_db()
    assert card.failures == 2
    assert card.expires_at > now() + timedelta(hours=5)
    post = asked(said(thread, ben, world.url + "/two-faced"))
    assert "哪裡來" in post.html
    assert "<img" not in post.html


def test_nothing_inside_is_asked_neither_at_once_nor_by_a_redirect_or_a_picture(
    world, thread, ben, settings, monkeypatch
):
    settings.FETCH_PRIVATE = False
    port = world.server.server_port
    for url in (
        f"http://127.0.0.1:{port}/sour",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://10.0.0.1/",
    ):
        asked(said(thread, ben, url))
    assert world.asked == []
    # A name of the open internet that leads on to the inside, by its redirect or its picture.
    inner, doors = f"http://127.0.0.1:{port}", {}
    real = fetching.resolve
    monkeypatch.setattr(
        fetching, "resolve", lambda host, port: ["93.184.216.34"] if host in doors else real(host, port)
    )
    settings.FETCH_PORTS = [port]
    connect = fetching.httpcore.SyncBackend.connect_tcp

    def to_us(self, host, port_, *args, **kwargs):
        assert host == "93.184.216.34", "connected inside"
        return connect(self, "127.0.0.1", port, *args, **kwargs)

    monkeypatch.setattr(fetching.httpcore.SyncBackend, "connect_tcp", to_us)
    doors["out.example"] = True
    world.pages["/away"] = f"{inner}/secret"
    world.pages["/lure"] = (200, "text/html", PAGE.replace("/cup.png", f"{inner}/secret.png").encode())
    asked(said(thread, ben, f"http://out.example:{port}/away"))
    post = asked(said(thread, ben, f"http://out.example:{port}/lure"))
    assert set(world.asked) == {"/away", "/lure"}
    assert LinkCard.objects.get(url__endswith="/away").why == "inside"
    assert "哪裡來" in post.html
    assert "<img" not in post.html


def test_a_thread_of_ours_is_a_card_only_while_every_stranger_may_read_it(
    thread, friends_thread, ben, ada, mod, settings
):
    site = settings.SITE_URL
    open_link, shut_link = f"{site}/forum/threads/{thread.pk}/?at=1", f"{site}/forum/threads/{friends_thread.pk}/"
    post = said(thread, ada, f"{open_link}\n{shut_link}\n{site}/go/abc123")
    assert post.html.count('class="linkcard"') == 1
    assert thread.title in post.html.replace("<wbr>", "")
    assert friends_thread.title not in post.html
    assert f'href="{site}/go/abc123"' in post.html
    assert not LinkCard.objects.exists()

    def shown():
        tasks.renew_post(post.pk)
        return Post.objects.get(pk=post.pk).html

    # Its door opens, and closes again: the posts that name it are cooked again.
    friends_thread.board.tier_to_see = None
    friends_thread.board.save()
    assert friends_thread.title in shown()
    friends_thread.board.tier_to_see = Tier.objects.get(rank=3)
    friends_thread.board.save()
    assert friends_thread.title not in shown()
    assert {row.thread_id for row in Reference.objects.all()} == {thread.pk, friends_thread.pk}


def test_a_change_of_doors_has_posts_cooked_again(
    thread, friends_thread, ada, mod, settings, monkeypatch, django_capture_on_commit_callbacks
):
    post = said(thread, ada, f"{settings.SITE_URL}/forum/threads/{friends_thread.pk}/")
    renewed = []
    monkeypatch.setattr(tasks.renew_post, "delay_on_commit", renewed.append)
    moderating.remove_thread(thread=friends_thread, by=mod)
    friends_thread.board.save()
    assert renewed == [post.pk, post.pk]


def test_a_film_is_a_link_until_somebody_asks_for_it_and_only_its_house_may_be_framed(thread, ben, stranger, settings):
    post = said(thread, ben, "https://youtu.be/dQw4w9WgXcQ?si=abc")
    assert '<video-facade frame="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?' in post.html
    assert 'href="https://youtu.be/dQw4w9WgXcQ?si=abc"' in post.html
    assert "<iframe" not in post.html
    assert LinkCard.objects.get().url == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    policy = stranger.get(thread.get_absolute_url())["Content-Security-Policy"]
    assert "frame-src https://www.youtube-nocookie.com https://player.vimeo.com;" in policy + ";"
    assert "frame-src" not in stranger.get("/forum/")["Content-Security-Policy"]
    settings.VIDEO_HOSTS = []
    assert videos.recognise("https://youtu.be/dQw4w9WgXcQ") is None
    assert "frame-src" not in stranger.get(thread.get_absolute_url() + "?after=0")["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("url", "film"),
    [("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "dQw4w9WgXcQ"), ("https://youtube.com/shorts/dQw4w9WgXcQ", "dQw4w9WgXcQ"),
     ("https://vimeo.com/76979871", "76979871"), ("https://www.youtube.com/watch?v=../../evil", ""),
     ("https://www.youtube.com/@brand", ""), ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", ""),
     ("https://vimeo.com/channels/staffpicks", "")],
)  # fmt: skip
def test_films_are_known_by_their_addresses_alone(url, film):
    found = videos.recognise(url)
    assert (film in found.frame and film in found.page) if film else found is None


def test_a_head_is_read_in_the_way_its_page_is_written():
    page = PAGE.replace("utf-8", "big5").encode("big5hkscs")
    assert heads.read(page, "text/html", "https://a.example/x").title == "酸味<script>從哪裡來"
    assert heads.read(PAGE.encode(), "text/html; charset=zip", "https://a.example/x").site == "烘豆筆記"
    assert heads.read(PAGE.encode(), "text/html", "https://a.example/x/").picture == "https://a.example/cup.png"
    for hostile in (b"<meta " * 60_000, b"<meta content='" * 30_000, b"<title>" * 50_000, b"\xff" * 400_000):
        assert heads.read(hostile, "text/html", "https://a.example/").site == ""
    assert heads.read_oembed(b'["x"]', "https://a.example/") == heads.Head()


def test_no_more_than_five_cards_stand_in_a_post_and_none_in_quotes_or_for_odd_addresses(thread, ben, settings):
    links = [f"https://example.com/{n}" for n in range(7)]
    assert said(thread, ben, "\n".join(links)).html.count('class="linkcard"') == places.MOST
    post = said(
        thread, ben, "", source="<blockquote><p>https://example.com/q</p></blockquote><p>https://a@example.com/</p>"
    )
    assert "linkcard" not in post.html
    settings.LINK_CARDS = False
    assert "linkcard" not in said(thread, ben, "https://example.com/off").html
