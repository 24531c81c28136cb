"""What happens to those who have come in: their pages say that they were seen."""

import hashlib

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from community.campaigns import noting, painting
from community.commons import limits, origins

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
