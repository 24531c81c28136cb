"""Browsers for the tests, each page of which fails its test on any error, CSP report or foreign request."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect, sync_playwright

from community.running import testing

CHROMIUM = Path(os.environ.get("CHROMIUM") or testing.browser() or testing.BROWSERS[0])
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1280, "height": 900}}
HERE = Path(__file__).parent
PATIENCE = 15_000  # milliseconds; a busy machine may need them
# A refused policy reaches the console only in the page's own world; say it there in words we can find.
TELL_CSP = """addEventListener("securitypolicyviolation",
    event => console.error("CSP: " + event.violatedDirective + " " + event.blockedURI))"""


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


# For this folder only: while Playwright's loop runs, Django takes every query in this process for one inside a coroutine.
@pytest.fixture(scope="package")
def browser():
    if not CHROMIUM.exists():
        pytest.fail(f"There is no browser at {CHROMIUM}, so nothing was walked through.")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


class Watched:
    """Hears everything that goes wrong on a page."""

    def __init__(self, host: str):
        self.host = host
        self.wrong: list[str] = []
        self.allowed: list[str] = []

    def allow(self, words: str) -> None:
        """An error that belongs to the test, such as “status of 404”."""
        self.allowed.append(words)

    def watch(self, context) -> None:
        context.add_init_script(TELL_CSP)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.wrong.append(f"script: {error.error}"))
        context.on("request", self._request)

    def _console(self, message) -> None:
        if message.type in {"error", "warning"}:
            self.wrong.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _request(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.wrong.append(f"a request to {request.url}")

    def judge(self) -> None:
        left = [each for each in self.wrong if not any(words in each for words in self.allowed)]
        assert not left, "On the page:\n" + "\n".join(left)


@pytest.fixture
def watched(site):
    watched = Watched(urlsplit(site.url).netloc)
    yield watched
    watched.judge()


@pytest.fixture
def browser_context(site, browser, watched):
    """Make contexts: `browser_context(PHONE, user_agent=…, locale="en")`; a phone in Taiwan unless said otherwise."""
    contexts = []

    def make(device=PHONE, **options):
        settings = {"base_url": site.url, "locale": "zh-TW", "timezone_id": "Asia/Taipei", **device, **options}
        context = browser.new_context(**settings)
        context.set_default_timeout(PATIENCE)
        watched.watch(context)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def phone(browser_context):
    """A page on a phone in Taiwan."""
    return browser_context().new_page()


@pytest.fixture
def desktop(browser_context):
    return browser_context(DESK).new_page()


@pytest.fixture
def come_in(site, browser_context):
    """`come_in("ben")` is a page of somebody of the cast who signed in some time ago, on a phone unless said otherwise."""

    def page(name, device=PHONE, **options):
        context = browser_context(device, **options)
        context.add_cookies([{"name": "sessionid", "value": site.seeds["keys"][name], "url": site.url}])
        return context.new_page()

    return page


def say(page, words):
    """Writes in the place to answer, and sends it."""
    field = page.locator("textarea[name=body]").first
    field.fill(words)
    field.locator("xpath=ancestor::form").locator("button[type=submit]").click()
