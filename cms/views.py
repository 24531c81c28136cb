"""Addresses that belong to the whole site: its colours, and what machines ask for."""

from hashlib import sha256

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from cms.models import Brand


def _stylesheet(request) -> str:
    """Two hues, in the layer of the tokens that are made from them."""
    brand = Brand.for_request(request)
    return f"@layer tokens {{ :root {{ --brand-hue: {brand.hue}; --calm-hue: {brand.calm_hue}; }} }}\n"


def _etag(request) -> str:
    return f'"{sha256(_stylesheet(request).encode()).hexdigest()[:20]}"'


@require_safe
@cache_control(public=True, max_age=300, stale_while_revalidate=86400)
@condition(etag_func=_etag)
def brand_css(request):
    """The brand's colours as tokens: an address of our own, because the policy allows no style in the page."""
    return HttpResponse(_stylesheet(request), content_type="text/css; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request):
    """What crawlers need not ask for. Nothing is hidden by this: what may not be seen is not served."""
    return render(request, "cms/robots.txt", {"site_url": settings.SITE_URL}, content_type="text/plain; charset=utf-8")
