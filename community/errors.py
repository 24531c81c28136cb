"""Pages for when something is not there, not allowed, or broken."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template import TemplateDoesNotExist, loader
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.commons.bodies import readable


def bad_request(request, exception=None):
    """What Django could not read; a form that holds more than any form of ours is told how much it may hold."""
    if isinstance(exception, RequestDataTooBig):
        told = {"english": get_language() == "en", "most": readable(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)}
        return render(request, "errors/413.html", told, status=413)
    return render(request, "errors/400.html", status=400)


def forbidden(request, exception=None):
    return render(request, "errors/403.html", status=403)


def not_found(request, exception=None):
    """A script hears a sentence; and what somebody wrote to a place that is no more for them is given back."""
    if getattr(request, "htmx", False):
        told = {"message": _("This is not here any more, or not open to you.")}
        return render(request, "errors/_refusal.html", told, status=404)
    # Only a view's own 404 has read what was sent; at an address that nobody has, nothing is read.
    kept = request.POST.get("body", "") if request.resolver_match else ""
    return render(request, "errors/404.html", {"kept": kept}, status=404)


def broken(request):
    """Asks nothing of the database: it may be the very thing that is down."""
    try:
        return HttpResponseServerError(loader.get_template("errors/500.html").render())
    except TemplateDoesNotExist:
        return HttpResponseServerError("500")
