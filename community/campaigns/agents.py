"""What knocked, read from its user agent: a person, a link preview, a search engine, a scanner, or something unknown.

Nobody is turned away or dropped by this; it decides which shelf a click is counted on, and who is shown the card of a
link in place of the page. People are only ever mistaken for machines by patterns that match too much, so each
pattern is a whole token that its owner really sends, and every one has its test.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.commons.browsers import APPS, SYSTEMS, first


class Kind(models.TextChoices):
    HUMAN = "human", _("person")
    PREVIEW = "preview", _("link preview")
    SEARCH = "search", _("search or AI")
    SCANNER = "scanner", _("scanner or tool")
    PREFETCH = "prefetch", _("fetched ahead")
    UNKNOWN = "unknown", _("unknown")


# The door compares these for every click, and members of an enumeration are slow to reach.
HUMAN, PREVIEW_KIND, SCANNER_KIND, PREFETCH = (
    kind.value for kind in (Kind.HUMAN, Kind.PREVIEW, Kind.SCANNER, Kind.PREFETCH)
)


class Agent(NamedTuple):
    kind: str
    app: str  # the app whose built-in browser it is, or ""
    os: str
    device: str


# Services that draw a card for a link somebody posted. A positive list: only these are answered with the card.
PREVIEW = (
    r"facebookexternalhit/",  # Facebook, Instagram, Threads, Messenger; with line-poker LINE; in iMessage's as well
    r"\bfacebot\b",
    r"\bline-poker/",
    r"\bmeta-external(?:agent|fetcher|ads)/",
    r"\bmeta-webindexer/",
    r"\bfacebookcatalog/",
    r"\bkakaotalk-scrap/",
    r"\btwitterbot/",
    r"\blinkedinbot/",
    r"\bpinterest(?:bot)?/\d",  # the app itself writes [Pinterest/iOS]
    r"\bslackbot(?:-linkexpanding)?\b",
    r"\bslack-imgproxy\b",
    r"\btelegrambot\b",
    r"\bdiscordbot/",
    r"^whatsapp/",
    r"\bplurkbot\b",
    r"\bskypeuripreview\b",
    r"^viber\b",
    r"\bredditbot/",
    r"\bsnap url preview service\b",
    r"\bbluesky\b",
    r"\bmastodon/",
    r"\biframely/",
    r"\bembedly/",
    r"\bthirdlandingpagefeinfra\b",  # TikTok looks at an advertisement's page beforehand
    r"\bmicrosoftpreview/",
    r"\bgoogle-safety\b",
)
SEARCH = (
    r"\bgooglebot(?:-\w+)?\b",
    r"\bgoogle-(?:inspectiontool|extended|cloudvertexbot|read-aloud)\b",
    r"\bgoogleother\b",
    r"\badsbot-google\b",
    r"\bmediapartners-google\b",
    r"\bapis-google\b",
    r"\bbingbot/",
    r"\bbingpreview/",
    r"\badidxbot/",
    r"\bmsnbot\b",
    r"\bduckduckbot\b",
    r"\bduckassistbot/",
    r"\bapplebot\b",
    r"\blinespider/",
    r"\bbaiduspider\b",
    r"\byandex(?:bot|images|mobilebot|accessibilitybot)\b",
    r"\byeti/",
    r"\bdaum(?:oa)?/",
    r"\bsogou [\w ]*spider\b",
    r"\bpetalbot\b",
    r"\bbytespider\b",
    r"\bseznambot/",
    r"\bqwantify?/",
    r"\byahoo! slurp\b",
    r"\bgptbot/",
    r"\boai-searchbot/",
    r"\bchatgpt-user/",
    r"\bclaude(?:bot|-user|-searchbot|-web)\b",
    r"\banthropic-ai\b",
    r"\bperplexity(?:bot|-user)/",
    r"\bmistralai-user/",
    r"\bccbot/",
    r"\bamazonbot/",
    r"\bcohere-ai\b",
    r"\byoubot\b",
    r"\bdiffbot/",
    r"\bia_archiver\b",
    r"\barchive\.org_bot\b",
)
SCANNER = (
    r"^curl/",
    r"^wget/",
    r"^lwp::|^libwww-perl/",
    r"^python-(?:requests|urllib3?|httpx)/|^python/\d",
    r"\baiohttp/",
    r"^go-http-client/",
    r"^java/|^apache-httpclient/|^okhttp/",
    r"^(?:node-fetch|axios|undici|got)\b",
    r"^php/|^guzzlehttp/",
    r"^ruby|^faraday ",
    r"^postmanruntime/|^insomnia/",
    r"\bheadlesschrome/",
    r"\bphantomjs/",
    r"\b(?:puppeteer|playwright|selenium|cypress)\b",
    r"\bchrome-lighthouse\b",
    r"\bgtmetrix\b|\bptst/",
    r"\bpingdom",
    r"\buptimerobot/",
    r"\bstatuscake\b",
    r"\bsite24x7\b",
    r"\bbetter uptime bot\b",
    r"\bdatadog(?:synthetics)?\b",
    r"\bnewrelic\w*\b",
    r"\bproofpoint\b|\bmimecast\b|\bbarracuda\w*\b",
    r"\bms-office\b|\bmicrosoft office\b",
    r"\bsafelinks\b|\blinkscan\w*\b",
    r"\bnessus\b|\bnuclei\b|\bzgrab/|\bmasscan/|\bnmap\b|\bsqlmap/|\bnikto/",
    r"\bcensysinspect/|\bexpanse\b|\binternetmeasurement/|\bqualys\b|\bdetectify\b",
    r"\b(?:semrush|ahrefs|mj12|dot|rogers|blex|dataforseo|barkrowler)(?:bot|ite|siteaudit)?\b[/-]",
)
# Whatever calls itself a machine without being known above. CUBOT is a maker of telephones.
MACHINE = (
    r"(?<!cu)bot(?:\b|[_/-])",
    r"crawl(?:er|ing)?\b",
    r"spider\b",
    r"\bscrap(?:er|y)\b",
    r"\bmonitor(?:ing)?\b",
    r"fetcher\b|\bfetch\b",
    r"\+https?://",
)


def any_of(patterns: tuple[str, ...]) -> re.Pattern:
    return re.compile("|".join(patterns), re.IGNORECASE)


_PREVIEW, _SEARCH, _SCANNER, _MACHINE = map(any_of, (PREVIEW, SEARCH, SCANNER, MACHINE))
# A browser's words; without them, and without a system it runs on, nobody is sitting there.
BROWSER = re.compile(r"^(?:Mozilla|Opera)/\d")

_TABLET = re.compile(r"iPad|Tablet|^(?!.*\bMobile\b).*Android \d")
_PHONE = re.compile(r"iPhone|iPod|\bMobile\b|Android")


def _kind(said: str, system: str) -> str:
    if _PREVIEW.search(said):
        return Kind.PREVIEW.value
    if _SEARCH.search(said):
        return Kind.SEARCH.value
    if _SCANNER.search(said):
        return Kind.SCANNER.value
    if not system or not BROWSER.match(said) or _MACHINE.search(said):
        return Kind.UNKNOWN.value
    return Kind.HUMAN.value


@lru_cache(maxsize=20_000)
def read(said: str) -> Agent:
    """What a user agent says of itself."""
    said = said[:600]
    system = first(SYSTEMS, said)
    device = "tablet" if _TABLET.search(said) else "phone" if _PHONE.search(said) else "desktop" if system else ""
    return Agent(_kind(said, system), first(APPS, said), system, device)


def kind_of(agent: Agent, *, method: str, purpose: str) -> str:
    """The shelf of one request: a person's browser that fetches ahead, or only asks for the head, is not a person yet."""
    if agent.kind == HUMAN:
        if purpose and ("prefetch" in purpose or "prerender" in purpose or "preview" in purpose):
            return PREFETCH
        if method == "HEAD":
            return SCANNER_KIND
    return agent.kind
