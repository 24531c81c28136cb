"""Requests no browser sends are answered at the door, before any room has to think about them."""

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy

from community.commons import problems

LONGEST_QUERY = 8_192


class HygieneMiddleware:
    """NUL bytes and endless addresses: PostgreSQL refuses the one, nothing needs the other."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or "%00" in query or "\x00" in query:
            return _no(request, "unreadable", gettext_lazy("This address cannot be read"))
        # A quoted cookie may hold one too, and the session's would travel all the way to the database.
        if "\x00" in request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""):
            return _no(request, "unreadable", gettext_lazy("This cookie cannot be read"))
        if len(query) > LONGEST_QUERY:
            return _no(request, "long", gettext_lazy("This address is too long"))
        return self.get_response(request)


def _no(request, word, words):
    """Programs are told in their own form; people in their language, which nothing behind this door has asked for yet."""
    status = problems.TITLES[word][0]
    with translation.override(translation.get_language_from_request(request)):
        if request.path.startswith("/api/"):
            return problems.answer(word, str(words))
        page = render_to_string("errors/400.html", {"number": status, "words": words})
    return HttpResponse(page, status=status)
