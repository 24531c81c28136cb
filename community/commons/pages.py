"""One address, two answers: a whole page, or the fragment that htmx asked for."""

from django.conf import settings
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def page(request, template, fragment_template=None, *, status=200, **context):
    """The page; or, for htmx and when one is named, the fragment alone."""
    wanted = fragment_template if fragment_template and request.htmx else template
    response = render(request, wanted, context, status=status)
    if fragment_template:
        patch_vary_headers(response, ["HX-Request"])
    return response


def fragment(request, template, *, status=200, **context):
    return render(request, template, context, status=status)


def site(request):
    """Template context that every page needs: the site's own address and whether this is the demo."""
    return {"site_url": settings.SITE_URL, "demo": settings.DEMO}
