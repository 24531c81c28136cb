"""Requests no browser sends are answered at the door, before any room has to think about them."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

LONGEST_QUERY = 8_192


class HygieneMiddleware:
    """NUL bytes and endless addresses: PostgreSQL refuses the one, nothing needs the other."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or "%00" in query or "\x00" in query:
            return HttpResponse(_("This address cannot be read."), status=400, content_type="text/plain; charset=utf-8")
        # A quoted cookie may hold one too, and the session's would travel all the way to the database.
        if "\x00" in request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""):
            return HttpResponse(_("This cookie cannot be read."), status=400, content_type="text/plain; charset=utf-8")
        if len(query) > LONGEST_QUERY:
            return HttpResponse(_("This address is too long."), status=414, content_type="text/plain; charset=utf-8")
        return self.get_response(request)
