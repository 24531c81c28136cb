"""Forgery protection without tokens, so that a public page can be the same for everyone and still hold a form.

A browser says of each request where it comes from (Fetch Metadata's Sec-Fetch-Site, and Origin on every POST);
page scripts cannot forge either. What a browser vouches for needs no token; the rest is held to Django's own check.
"""

from django.middleware.csrf import CsrfViewMiddleware
from django.template.response import TemplateResponse
from django.views.decorators.csrf import requires_csrf_token

_SKIPPED = {"csrfmiddlewaretoken"}


def vouched(request) -> bool:
    """True when the browser itself says that this request was made by one of our own pages."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


class OriginMiddleware(CsrfViewMiddleware):
    """Django's forgery check, waived where the browser vouches for the request."""

    def process_view(self, request, callback, callback_args, callback_kwargs):
        if request.method not in {"GET", "HEAD", "OPTIONS", "TRACE"} and vouched(request):
            return self._accept(request)
        return super().process_view(request, callback, callback_args, callback_kwargs)


@requires_csrf_token
def refused(request, reason=""):
    """Nothing that was typed is lost: the same form is offered again, with a token, to be sent on purpose."""
    kept = [(name, value) for name in request.POST if name not in _SKIPPED for value in request.POST.getlist(name)]
    words = [(name, value) for name, value in kept if name in {"body", "title", "text", "name", "email"}]
    hidden = [pair for pair in kept if pair not in words]
    return TemplateResponse(request, "errors/forgery.html", {"words": words, "hidden": hidden}, status=403)
