"""The frame that every page of the results stands in."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _


def page(request, template, *crumbs, status=200, **context):
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("insights:overview"), "label": _("Results")},
        *({"url": url, "label": label} for url, label in crumbs),
    ]
    context |= {"breadcrumbs_items": trail, "header_title": trail[-1]["label"], "header_icon": "desktop"}
    return render(request, template, context, status=status)
