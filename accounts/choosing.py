"""What a browser remembers of its choices, and for how long it is known again because of them.

The cookie `choices` is for the page's own eyes: it says that nobody need ask. What was agreed to stands in rows.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils.timezone import now

from accounts import consenting
from accounts.models import LONGEST_MEMORY, Purpose
from community.commons import visitors

COOKIE = "choices"
REMEMBERED_NO = timedelta(days=182)  # a no is not asked about again for half a year
_LETTERS = {Purpose.MEASURING: "m", Purpose.ADS: "a"}
_SAID = re.compile(r"([\w.-]{1,20})~([ma-]{1,2})~(\d{8})~([\w-]{0,8})")
_REFUSES = "refuses_sharing"  # in the session: this was heard


def asks_not_to(request) -> bool:
    """Global Privacy Control: the browser says so for its person, on every site."""
    return request.headers.get("Sec-GPC") == "1"


@dataclass(frozen=True, slots=True)
class Choices:
    purposes: frozenset
    day: date
    mark: str = ""  # the beginning of the visitor's name that was made to last; so a new one is noticed
    version: str = consenting.VERSION

    @property
    def words(self) -> str:
        letters = "".join(letter for purpose, letter in _LETTERS.items() if purpose in self.purposes) or "-"
        return f"{self.version}~{letters}~{self.day:%Y%m%d}~{self.mark}"

    @property
    def seconds_left(self) -> int:
        """From the day of the choice on, however often somebody comes back."""
        span = LONGEST_MEMORY if self.purposes else REMEMBERED_NO
        over = datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC) + span
        return max(0, int((over - now()).total_seconds()))


def read(request) -> Choices | None:
    """What this browser chose; None when it never did, or chose among other words than today's."""
    said = _SAID.fullmatch(request.COOKIES.get(COOKIE, ""))
    if said is None or said[1] != consenting.VERSION:
        return None
    try:
        day = datetime.strptime(said[3], "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None
    if day > now().date() + timedelta(days=1):
        return None
    chosen = frozenset(purpose for purpose, letter in _LETTERS.items() if letter in said[2])
    choices = Choices(chosen, day, said[4])
    return choices if choices.seconds_left else None


def choose(request, purposes, *, among):
    """Notes the choice for this browser and, when they are signed in, for the member; the answer remembers it."""
    wanted = frozenset(purposes) - (frozenset(consenting.ASKED) if asks_not_to(request) else frozenset())
    member = request.user if request.user.is_authenticated else None
    asked = wanted & frozenset(consenting.ASKED)
    visitor = visitors.ensure(request) if asked else request.visitor
    consenting.choose(visitor=visitor, member=member, purposes=wanted, among=among)
    request.choices = Choices(asked, now().date())


class ChoicesMiddleware:
    """Makes a visitor's name last as long as they allowed, and hears a browser that asks for less."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.choices = None  # made with this very request
        response = self.get_response(request)
        if asks_not_to(request):
            self.step_back(request)
        choices = request.choices or read(request)
        if choices and not self.is_for_everyone(request, response):
            self.keep(request, response, choices)
        return response

    @staticmethod
    def is_for_everyone(request, response) -> bool:
        """Such an answer bears no cookie; neither does the one to a beacon."""
        return "X-Public-Tags" in response or (response.status_code == 204 and request.choices is None)

    def step_back(self, request):
        known = read(request)
        if known and known.purposes and request.choices is None:
            if request.visitor:
                consenting.choose(visitor=request.visitor, purposes=())
            request.choices = Choices(frozenset(), now().date())
        session = getattr(request, "session", None)
        if session is not None and session.accessed and request.user.is_authenticated and not session.get(_REFUSES):
            consenting.refuse_sharing(member=request.user)
            session[_REFUSES] = True

    def keep(self, request, response, choices: Choices):
        lasts = Purpose.MEASURING in choices.purposes and request.visitor is not None
        mark = visitors.seal(request.visitor)[:8] if lasts else ""
        is_new = request.choices is not None
        if request.visitor_cookie == "":  # leaving: whoever comes next is asked for themselves
            response.delete_cookie(COOKIE, samesite="Lax")
            return
        if not is_new and mark == choices.mark:
            return
        if request.visitor is not None:
            if not is_new and choices.purposes:
                # The same browser under a new name: its word goes with it.
                consenting.choose(visitor=request.visitor, purposes=choices.purposes)
            request.visitor_cookie = visitors.seal(request.visitor)
            request.visitor_cookie_age = choices.seconds_left if lasts else None
        response.set_cookie(
            COOKIE,
            replace(choices, mark=mark).words,
            max_age=choices.seconds_left,
            samesite="Lax",
            secure=settings.SECURE,
        )
