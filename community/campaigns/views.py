"""The door the long way round: what the edge hands on, and what servers without it send here."""

import logging
import time
from contextlib import suppress

import psycopg
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from community.campaigns import arriving, choosing, clicks, codes, counting, destinations, linking, routes, salts, shut
from community.campaigns.access import may_see_campaigns
from community.campaigns.agents import Kind
from community.campaigns.models import Click, TrackedLink
from community.campaigns.queries import Asked
from community.campaigns.spool import Spool
from community.commons import limits

log = logging.getLogger(__name__)


@require_safe
def follow(request, code):
    folded = codes.fold(code.strip("/"))
    if folded.endswith("+"):
        return summary(request, folded.rstrip("+").strip())
    route = routes.find(folded) if 0 < len(folded) <= codes.LONGEST else None
    if route is None:
        return unknown_link(request, code)
    knock, asked, at = _heard(request), Asked(_query(request)), time.time()
    choice = choosing.choose(route, knock=knock, asked=asked, at=at)
    choice = write_down(route, knock, choice, arriving.begun(knock, link=route.link, asked=asked, at=at))
    if knock.kind == Kind.PREVIEW:
        response = HttpResponse(routes.card(route.link, choice.outcome == choosing.EARLY))
    elif choice.way is None:
        page = shut.page(choice.outcome, shut.language_for(knock.voice.language))
        response = HttpResponse(page, status=shut.STATUS[choice.outcome])
    else:
        response = HttpResponse(status=302)
        response["Location"] = choice.way.with_query(asked.query).decode("latin-1")
    for name, value in routes.HEADERS:
        response[name.decode()] = value.decode()
    if knock.cookie:
        name, _, value = knock.cookie.decode().partition(";")[0].partition("=")
        response.set_cookie(name, value, httponly=True, samesite="Lax", secure=settings.SECURE)
    return response


def summary(request, folded):
    """What a link is and does, for whoever may see campaigns; for everybody else there is nothing here.

    Looking at a link is no click, and asking for it is no miss.
    """
    found = TrackedLink.objects.for_the_door().coded(folded).first() if may_see_campaigns(request.user) else None
    if found is None:
        response = render(request, "campaigns/unknown_link.html", status=404)
    else:
        counted = next(iter(Click.objects.of_links([found.pk]).counted()), None)
        context = {"link": found, "leads_to": destinations.address_of(found), "counted": counted, "at": now()}
        response = render(request, "campaigns/summary.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


def unknown_link(request, code):
    """A friendly page, and the miss is counted; a flood of guesses is not."""
    address = arriving.address_of(request.headers.get("X-Forwarded-For", ""), request.META.get("REMOTE_ADDR", ""))
    if limits.allowed("missed-link", address, most=30, seconds=600):
        with suppress(DatabaseError):
            linking.note_miss(code=code, referrer=clicks.host_of(request.headers.get("Referer", "")))
    response = render(request, "campaigns/unknown_link.html", status=404)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


def write_down(route, knock, choice, start: bytes):
    """Into the table; or, when that cannot be, to the spool. Says what became of the choice."""
    limited = route.most is not None and not choice.outcome and knock.kind == Kind.HUMAN
    try:
        if limited and not counting.let_in(start, link=route.link, variant=choice.variant):
            return choosing.Choice(route.full, None, choosing.FULL)
        if not limited:
            counting.put(start + clicks.ended(choice.variant, choice.outcome))
    except (DatabaseError, psycopg.Error):  # Django does not translate what happens inside a COPY
        _to_spool(start + clicks.ended(choice.variant, choice.outcome))
    return choice


def _to_spool(line: bytes):
    spool = Spool()
    try:
        spool.write([line])
    except OSError:
        log.error("a click was lost", exc_info=True)
    finally:
        spool.close()


def _salt() -> bytes | None:
    try:
        return salts.of(salts.today())
    except DatabaseError:
        return None


def _query(request) -> bytes:
    return request.META.get("QUERY_STRING", "").encode("latin-1", "replace")


def _heard(request) -> arriving.Knock:
    headers = {
        name[5:].replace("_", "-").lower().encode(): value.encode("latin-1", "replace")
        for name, value in request.META.items()
        if name.startswith("HTTP_")
    }
    client = (request.META.get("REMOTE_ADDR", ""), 0)
    return arriving.heard(request.method, headers, client, salt=_salt(), secure=settings.SECURE)
