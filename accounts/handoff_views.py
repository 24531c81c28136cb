"""The pages between the browser inside an app and one's own."""

import segno
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import access, handing
from community.commons import browsers, visitors
from community.commons.pages import page


@never_cache
@require_safe
def elsewhere(request):
    """An address to copy, and a picture of it, with which another browser goes on where this one is."""
    place = access.safe_next(request, request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(place)
    token = handing.token_for(visitor=visitors.ensure(request), place=place)
    known = {"token": token, "address": handing.address_of(token), "next": place, "browser": browsers.of(request)}
    return page(request, "account/elsewhere.html", **known)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def handoff(request, token):
    """Goes on as the visitor of another browser, once it is pressed: whatever merely looks at addresses uses up none."""
    try:
        way = handing.read(token) if request.method != "POST" else handing.follow(token)
    except handing.Over as over:
        return _over(request, access.safe_next(request, over.place), 410)
    except signing.BadSignature:
        return _over(request, "/", 404)
    place = access.safe_next(request, way.place)
    if request.user.is_authenticated:
        return redirect(place)  # who is signed in here stays who they are
    if request.method == "POST":
        visitors.adopt(request, way.visitor)
        return redirect(access.join_address(place))
    known = {"token": token, "next": place, "address": handing.address_of(token), "browser": browsers.of(request)}
    return page(request, "account/handoff.html", **known)


def _over(request, place, status):
    return page(request, "account/handoff_over.html", status=status, next=place)


@never_cache
@require_safe
def picture(request, token):
    """The address as a QR code, for a telephone beside this screen."""
    try:
        handing.read(token)
    except (handing.Over, signing.BadSignature):
        raise Http404 from None
    answer = HttpResponse(content_type="image/svg+xml")
    code = segno.make(handing.address_of(token), error="l", micro=False)
    code.save(answer, kind="svg", scale=4, border=4, dark="#000", light="#fff")
    answer["Content-Security-Policy"] = "default-src 'none'"
    return answer
