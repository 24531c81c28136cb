"""Where the reader is."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django import template

register = template.Library()

# What links from outside carry. It belongs to one arrival, and must not travel on in a page that others are shown.
FROM_OUTSIDE = ("utm_", "fbclid", "gclid", "msclkid", "twclid", "ttclid", "igsh", "openExternalBrowser")


@register.simple_tag(takes_context=True)
def here(context) -> str:
    """This page's address, to come back to after changing the language or joining."""
    request = context.get("request")
    if request is None:
        return "/"
    if request.method not in {"GET", "HEAD"}:
        return urlsplit(request.headers.get("Referer", "")).path or "/"
    asked = parse_qsl(request.META.get("QUERY_STRING", ""))
    kept = [(name, value) for name, value in asked if not name.startswith(FROM_OUTSIDE)]
    return request.path + (f"?{urlencode(kept)}" if kept else "")
