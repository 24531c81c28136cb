"""What every page of the drawer has around it: the way back, and its head."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

SIZE = 30


def page(request, template, /, *crumbs, status=200, **context):
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("campaigns:index"), "label": _("Campaigns")},
        *({"url": url, "label": label} for url, label in crumbs),
    ]
    context |= {"breadcrumbs_items": trail, "header_title": trail[-1]["label"], "header_icon": "link"}
    return render(request, template, context, status=status)
