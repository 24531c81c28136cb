"""Requests no browser sends are answered at the door, before any room has to think about them."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

from community.commons import problems

LONGEST_QUERY = 8_192


class HygieneMiddleware:
    """NUL bytes and endless addresses: PostgreSQL refuses the one, nothing needs the other."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or "%00" in query or "\x00" in query:
            return _no(request, "unreadable", _("This address cannot be read."))
        # A quoted cookie may hold one too, and the session's would travel all the way to the database.
        if "\x00" in request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""):
            return _no(request, "unreadable", _("This cookie cannot be read."))
        if len(query) > LONGEST_QUERY:
            return _no(request, "long", _("This address is too long."))
        return self.get_response(request)


def _no(request, word, words):
    """Programs are told in their own form."""
    if request.path.startswith("/api/"):
        return problems.answer(word, words)
    return HttpResponse(words, status=problems.TITLES[word][0], content_type="text/plain; charset=utf-8")
