"""The door the long way round: what the edge hands on, and what servers without it send here."""

import logging
from contextlib import suppress

import psycopg
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.campaigns import arriving, clicks, codes, linking, routes, salts
from community.campaigns.agents import Kind
from community.campaigns.spool import Spool
from community.commons import limits

log = logging.getLogger(__name__)


@require_safe
def follow(request, code):
    folded = codes.fold(code.strip("/"))
    route = routes.find(folded) if 0 < len(folded) <= codes.LONGEST else None
    if route is None:
        return unknown_link(request, code)
    knock = _heard(request)
    arrival = arriving.arrive(link=route.link, knock=knock, salt=_salt())
    write_down(arrival.line)
    if arrival.kind == Kind.PREVIEW:
        response = HttpResponse(routes.card(route.link))
    else:
        response = HttpResponse(status=302)
        response["Location"] = route.way.with_query(knock.query).decode("latin-1")
    for name, value in routes.HEADERS:
        response[name.decode()] = value.decode()
    if arrival.cookie:
        name, _, value = arrival.cookie.decode().partition(";")[0].partition("=")
        response.set_cookie(name, value, httponly=True, samesite="Lax", secure=settings.SECURE)
    return response


def unknown_link(request, code):
    """A friendly page, and the miss is counted; a flood of guesses is not."""
    knock = _heard(request)
    if limits.allowed("missed-link", knock.address, most=30, seconds=600):
        with suppress(DatabaseError):
            linking.note_miss(code=code, referrer=clicks.host_of(knock.referrer))
    response = render(request, "campaigns/unknown_link.html", status=404)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


def write_down(line: bytes):
    """Into the table; or, when that cannot be, to the spool."""
    try:
        with connection.cursor() as cursor, cursor.copy(clicks.COPY) as copy:
            copy.write(line)
    except (DatabaseError, psycopg.Error):  # Django does not translate what happens inside a COPY
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


def _heard(request):
    headers = [
        (name[5:].replace("_", "-").lower().encode(), value.encode("latin-1", "replace"))
        for name, value in request.META.items()
        if name.startswith("HTTP_")
    ]
    query = request.META.get("QUERY_STRING", "").encode("latin-1", "replace")
    return arriving.heard(request.method, query, headers, (request.META.get("REMOTE_ADDR", ""), 0))
