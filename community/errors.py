"""Pages for when something is not there, not allowed, or broken."""

from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template import TemplateDoesNotExist, loader


def bad_request(request, exception=None):
    return render(request, "errors/400.html", status=400)


def forbidden(request, exception=None):
    return render(request, "errors/403.html", status=403)


def not_found(request, exception=None):
    return render(request, "errors/404.html", status=404)


def broken(request):
    """Asks nothing of the database: it may be the very thing that is down."""
    try:
        return HttpResponseServerError(loader.get_template("errors/500.html").render())
    except TemplateDoesNotExist:
        return HttpResponseServerError("500")
