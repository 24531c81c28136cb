"""Pages of those who bring people: a member's invitation, and a partner's figures."""

import io
from urllib.parse import urlencode

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import member_required
from community.campaigns import partnering, referring
from community.campaigns.models import TrackedLink
from community.commons.pages import page


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request):
    """A member's own link: made when they ask for it, shown ever after."""
    if request.method == "POST":
        referring.make_invite(member=request.user)
        return redirect("campaigns_door:invite")
    link = TrackedLink.objects.of_member(request.user).first()
    shown = {"link": link, "brought": referring.brought_by(request.user)}
    if link:
        words = _("There are people here who answer when you ask. Come and see:")
        shown["words"] = f"{words} {link.url}"
        shown["line"] = f"https://line.me/R/share?{urlencode({'text': shown['words']})}"
    return page(request, "campaigns/invite.html", **shown)


@never_cache
@member_required
@require_safe
def invite_qr(request):
    """The member's own link as a code, for a friend across the table; a scan is told from a tap."""
    link = get_object_or_404(TrackedLink.objects.of_member(request.user))
    drawn = io.BytesIO()
    segno.make(f"{link.url}?qr=1", error="m", micro=False).save(drawn, kind="svg", scale=8, border=4)
    response = HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
    response["Content-Disposition"] = 'inline; filename="invite.svg"'
    return response


@never_cache
@require_safe
def partner(request, secret):
    """What came of a partner's links. Whoever has the address may look; nobody else can find it."""
    found = partnering.opened_by(secret)
    if found is None:
        raise Http404
    response = page(
        request, "campaigns/partner.html", partner=found, figures=partnering.figures(found), few=partnering.FEW
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    # The address is the key: no other site, and no place between, may learn it.
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response
