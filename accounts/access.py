"""Who may pass which door of the ground."""

from functools import wraps
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

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
        place = request.get_full_path() if request.method in {"GET", "HEAD"} else request.headers.get("Referer", "/")
        place = place if place.startswith("/") else "/"
        if getattr(request, "htmx", False):
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = join_address(place)
            return answer
        return redirect(join_address(place))

    return asked


def may_keep_keys(person) -> bool:
    """Make keys that act for themselves, and revoke those."""
    return person.has_perm("accounts.add_apikey")


def may_keep_all_keys(person) -> bool:
    """See and revoke everybody's."""
    return person.has_perm("accounts.change_apikey")
