"""Who may pass which door of the ground."""

import inspect
from functools import wraps
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access

from accounts.models import FOREVER, Distance
from community.commons.refusals import Refusal

DESK = "wagtailadmin.access_admin"


def may_enter_desk(person) -> bool:
    return person.is_authenticated and person.has_perm(DESK)


def safe_next(request, address: str, default: str = "/") -> str:
    """An address on this site to go on to; anything that leads elsewhere becomes `default`.

    Browsers read backslashes as slashes and drop control characters, so such an address is never followed.
    """
    if not address or len(address) > 2000 or "\\" in address or any(ord(c) < 33 or ord(c) == 127 for c in address):
        return default
    if not address.startswith("/") or address.startswith("//"):
        return default
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return default
    return address


def join_address(place: str) -> str:
    return f"{reverse('join')}?{urlencode({'next': place})}"


def member_required(view):
    """Strangers are asked in, and come back to the same place."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        place = _that_answers(request.get_full_path() if request.method in {"GET", "HEAD"} else _page_of(request))
        if getattr(request, "htmx", False):
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = join_address(place)
            answer["Signed-Out"] = "1"  # what was sent has not arrived: the page keeps its words
            return answer
        return redirect(join_address(place))

    return asked


def _page_of(request) -> str:
    """The page of this house that a form was sent from, as the browser says; the first one where it does not."""
    try:
        told = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return "/"
    if told.netloc != request.get_host() or not told.path.startswith("/") or told.path.startswith("//"):
        return "/"
    return f"{told.path}?{told.query}" if told.query else told.path


def _that_answers(place: str) -> str:
    """This address, or the nearest one above it that can be opened: some are there to be sent to, and nothing else."""
    path, mark, query = place.partition("?")
    while path != "/" and not _can_be_opened(path):
        path, mark, query = path[: path.rstrip("/").rfind("/") + 1], "", ""
    return path + mark + query


def _can_be_opened(path: str) -> bool:
    try:
        view = resolve(path).func
    except Resolver404:
        return True  # whatever it says there, it is a page
    while inspect.isfunction(view):
        # What `require_http_methods` lets through stands nowhere but in its own variables.
        if "GET" not in inspect.getclosurevars(view).nonlocals.get("request_method_list", ["GET"]):
            return False
        view = getattr(view, "__wrapped__", None)
    return True


def open_to(may):
    """Refuses at the desk whoever `may` does not let in; who may not even enter it meets Wagtail's own door."""

    def decorate(view):
        @require_admin_access
        @wraps(view)
        def asked(request, *args, **kwargs):
            if not may(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return asked

    return decorate


def may_keep_keys(person) -> bool:
    """Make keys that act for themselves, and revoke those."""
    return person.has_perm("accounts.add_apikey")


def may_keep_all_keys(person) -> bool:
    """See and revoke everybody's."""
    return person.has_perm("accounts.change_apikey")


class Silenced(Refusal):
    status = 403
    leads_to = "standing:index"
    message = _("You cannot write just now. Why, and how you can object, stands on your own page.")

    def __init__(self, until=None):
        if until is None or until >= FOREVER:
            super().__init__()
        else:
            moment = date_format(localtime(until), "DATETIME_FORMAT")
            super().__init__(
                _("You cannot write until %(moment)s. Why, and how you can object, stands on your own page.")
                % {"moment": moment}
            )


class Suspended(Refusal):
    status = 403
    leads_to = "standing:index"
    message = _("You can read, and do nothing else just now. Why, and how you can object, stands on your own page.")


def against_acting(person) -> Refusal | None:
    """Whoever is suspended reads, takes back what they wrote, and objects; nothing else."""
    return Suspended() if person.is_authenticated and person.is_suspended else None


def against_writing(person) -> Refusal | None:
    """What a penalty says to somebody who would write, to the second."""
    if refusal := against_acting(person):
        return refusal
    return Silenced(person.silenced_until) if person.is_authenticated and person.is_silenced else None


def may_ring(actor, member) -> bool:
    """Whether what `actor` does may ring at `member`: a mention, an answer, a reaction. Why not is never said."""
    if actor.pk == member.pk:
        return False
    return not Distance.objects.silences(actor=actor, member=member).exists()


def may_be_rung(actor, members) -> list:
    """Those among `members` whom `actor` may ring, in one question."""
    quiet = Distance.objects.who_may_not_be_rung_by(actor, members)
    return [member for member in members if member.pk not in quiet and member.pk != actor.pk]


def silent_for(member) -> frozenset[int]:
    """Ids of all who may not ring at `member`, whatever they do, in one question."""
    return frozenset(Distance.objects.who_may_not_ring(member))


def may_read_log(person) -> bool:
    return person.is_authenticated and person.is_staff and person.has_perm("accounts.view_staffact")


def may_hand_over(person) -> bool:
    """Give a member's words to the authorities."""
    return person.is_authenticated and person.is_staff and person.has_perm("accounts.hand_over")


_CLOSED = "closed account"
_CLOSED_FOR = 60 * 60 * 24 * 90


def closed_address(member) -> str:
    """Where somebody who may not come in reads why, and objects; it names them, so nobody else can make it."""
    return reverse(settings.CLOSED_ACCOUNT_PAGE, args=[signing.dumps(member.pk, salt=_CLOSED)])


def member_behind(token: str):
    """The id that such an address names, or None for a forged one and for one that is three months old."""
    try:
        return int(signing.loads(token, salt=_CLOSED, max_age=_CLOSED_FOR))
    except (signing.BadSignature, ValueError, TypeError):
        return None
