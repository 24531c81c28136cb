"""Every address of the site, asked nonsense by everybody: a clear answer each time, and never a broken one."""

import uuid

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from community.forum import discussing
from community.forum.models import Board

pytestmark = pytest.mark.django_db
WILD = {
    "int": ["{thread}", "{post}", "0", "9223372036854775808", "9" * 40],
    "str": ["x", "官方", "%F0%9F%8D%B5", "a" * 3000, "%2e%2e", "%E2%80%AE", "'; --", "%FF%FE"],
    "slug": ["x", "a" * 3000],
    "uuid": [str(uuid.UUID(int=0)), str(uuid.uuid4())],
    "path": ["x", "../../etc/passwd", "a/" * 800, "%00", "%FF"],
}
BODIES = [
    {},
    {"body": "x" * 200_000, "title": "x" * 10_000, "kind": "nope", "next": "//evil.example", "email": "a" * 5000},
    {"body": "\x00\u202e\u200b", "title": "\ufeff", "reply_to": "9" * 40, "key": "not a uuid", "code": "\x00" * 6},
    {"body": ["a", "b"], "reason": "<script>", "name": "\u0301" * 5000, "handle": "../..", "language": "xx"},
]
QUERIES = [
    "",
    "?after=%FF&since=-1&at=9999999999999999999999&q=%F0%9F%92%A9&page=x&next=%0d%0aX:y",
    "?since=NaN&after[]=1&at=&q=",
]


def _patterns(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        route = prefix + str(getattr(pattern.pattern, "_route", pattern.pattern.regex.pattern))
        if isinstance(pattern, URLResolver):
            # Wagtail's own desk has its own tests; what we hang there is asked below.
            if not (route.startswith("desk/") and "wagtail" in str(pattern.urlconf_name)):
                yield from _patterns(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route


ALIKE_FOR_ALL = {"brand.css", "robots.txt"}  # files for every reader, to be kept wherever one likes
ROUTES = sorted({route for route in _patterns(get_resolver()) if "(?P" not in route and "^" not in route})


def _paths(route):
    """The route with each kind of wild value in every one of its places."""
    kinds = [part.split(":")[0] for part in route.replace(">", "<").split("<")[1::2]]
    for turn in range(max([len(WILD.get(kind, ["x"])) for kind in kinds], default=1)):
        path = route
        for part, kind in zip(route.replace(">", "<").split("<")[1::2], kinds, strict=True):
            values = WILD.get(kind if ":" in part else "str", ["x"])
            path = path.replace(f"<{part}>", values[turn % len(values)])
        yield "/" + path


def test_there_are_addresses_to_ask():
    assert len(ROUTES) > 20
    assert any(route.startswith("forum/") for route in ROUTES)


@pytest.fixture
def rows(ada):
    board = Board.objects.create(name="x", slug="x")
    thread = discussing.start(board=board, author=ada, title="一個討論的標題", body="一則夠長的留言內容")
    return {"thread": str(thread.pk), "post": str(thread.posts.get().pk)}


@pytest.mark.parametrize("who", [None, "root"])
@pytest.mark.parametrize("route", ROUTES)
def test_nonsense_is_answered_plainly(request, route, who, rows, settings):
    settings.DEMO = True
    client = Client(raise_request_exception=False)
    if who:
        client.force_login(request.getfixturevalue(who))
    # A page of the desk takes its time to draw; strangers' pages are asked everything.
    paths = list(_paths(route))[: 3 if route.startswith("desk/") else None]
    for turn, path in enumerate(paths):
        path = path.replace("{thread}", rows["thread"]).replace("{post}", rows["post"])
        query, body = QUERIES[turn % len(QUERIES)], BODIES[turn % len(BODIES)]
        answers = {
            "get": client.get(path + query),
            "post": client.post(path, body, headers={"Sec-Fetch-Site": "same-origin"}),
        }
        if turn == 0:
            answers["htmx"] = client.post(path, body, headers={"Sec-Fetch-Site": "same-origin", "HX-Request": "true"})
            answers["broken"] = client.post(path, b"\xff\xfe\x00%%%", content_type="application/x-www-form-urlencoded")
            answers |= {method: getattr(client, method)(path) for method in ("put", "delete", "options", "head")}
        broken = {asked: answer.status_code for asked, answer in answers.items() if answer.status_code >= 500}
        assert not broken, path
        if who and route not in ALIKE_FOR_ALL:
            told = {asked: answer.get("Cache-Control", "") for asked, answer in answers.items()}
            kept = {asked: said for asked, said in told.items() if "private" not in said and "no-store" not in said}
            assert not kept, f"{path}: what a member is shown may be kept on its way to them"


def test_headers_no_browser_sends_break_nothing(stranger):
    wild = {
        "User-Agent": "x" * 8000,
        "Accept-Language": "zh" * 4000 + ";q=\x00",
        "Cookie": "visitor=%00; sessionid=" + "a" * 4000,
    }
    for path in ("/", "/forum/", "/join/", "/articles/"):
        for name, value in wild.items():
            assert stranger.get(path, headers={name: value}).status_code < 500, (path, name)
        assert stranger.get(path, headers={"HX-Request": "true", "HX-Target": "\ufffd"}).status_code < 500
