"""What the pages of order at the desk have in common."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import open_to
from community.commons.refusals import Refusal
from community.forum import access

for_keepers = open_to(access.keeps_order)


def desk(request, template, title, *, icon="warning", above=(), status=200, **told):
    """A page of the desk, with the way back."""
    steps = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    steps += [{"url": reverse(name), "label": label} for name, label in above]
    told |= {"breadcrumbs_items": [*steps, {"url": "", "label": title}], "header_title": title, "header_icon": icon}
    return render(request, f"forum/desk/{template}", {"page_title": title, **told}, status=status)


def done(request, words, place, *args):
    messages.success(request, words)
    return redirect(place, *args)


def refused(request, refusal: Refusal, place, *args):
    """The sentence where the host was: nothing was done."""
    messages.error(request, str(refusal.message))
    return redirect(place, *args)
