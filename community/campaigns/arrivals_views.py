"""What happens to those who have come in: their pages say that they were seen, and members see how they came."""

import hashlib

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_required
from community.campaigns import noting, painting, remembering
from community.commons import limits, origins, visitors
from community.commons.pages import page

MOST_SAID = 4_000  # bytes; a beacon says far less
TROUBLE = (RequestDataTooBig, TooManyFieldsSent, UnicodeError, ValueError)


@csrf_exempt
@require_POST
def painted(request):
    """Takes a page's word that it was seen. Whatever else is said here is answered alike, and comes to nothing."""
    agent = noting.agent_of(request)
    if agent and origins.vouched(request) and _is_in_measure(request) and (told := _told(request)):
        language = request.headers.get("Accept-Language", "")
        painting.paint(visitor=request.visitor, agent=agent, language=language, **told)
    answer = HttpResponse(status=204)
    answer["Cache-Control"] = "no-store"
    return answer


def _told(request) -> dict | None:
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_SAID:
            return None
        said = request.POST
    except TROUBLE:
        return None
    told = {"token": said.get("t", ""), "path": said.get("p", ""), "referrer": said.get("r", "")}
    return None if any("\x00" in words for words in told.values()) else told


def _is_in_measure(request) -> bool:
    """A whole office is one connection; a flood is more than that."""
    try:
        connection = get_adapter().get_client_ip(request)
    except PermissionDenied:
        return False
    who = hashlib.sha256(connection.encode()).hexdigest()[:32]
    return limits.allowed("painted", who, most=300, seconds=60)


@never_cache
@member_required
@require_safe
def arrivals(request):
    """A member's own page of how they came to us."""
    return page(request, "campaigns/arrivals.html", **remembering.history(request.user))


@never_cache
@member_required
@require_safe
def arrivals_file(request):
    """The same as rows, all of them, to take along."""
    answer = JsonResponse(remembering.export(request.user), json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="arrivals.json"'
    return answer


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def arrivals_erasure(request):
    """Asks once more, then forgets how they came; this browser goes on under a new name."""
    if request.method != "POST":
        return page(request, "campaigns/arrivals_erasure.html")
    remembering.forget(member=request.user)
    visitors.forget(request)
    messages.success(request, _("It is forgotten. What is counted stays, and is nobody's."))
    return redirect("campaigns_door:arrivals")
