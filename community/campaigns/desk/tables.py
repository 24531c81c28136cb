"""A table of links at the desk: paste or bring it, look over every row, then make all of it or nothing."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from community.campaigns.access import may_make_links, open_to
from community.campaigns.bulk import columns, planning, reading
from community.campaigns.desk.frame import page
from community.campaigns.forms import TableForm

SHOWN = 200  # rows on the page; errors are shown all
ROOM = reading.MOST_BYTES + 100_000  # what a form sends around a table


@open_to(may_make_links)
@require_http_methods(["GET", "HEAD", "POST"])
def table(request):
    if request.method != "POST":
        return _form(request, TableForm(initial={"campaign": request.GET.get("campaign")}), 200)
    # Asked before anything of it is looked at: what is far too large is not even taken apart.
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if size > max(ROOM, settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
        return _form(request, TableForm(), 413, reading.too_large(size))
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form, 422)
    planned = planning.plan(
        form.read, campaign=form.cleaned_data["campaign"], owners=get_user_model().objects.at_the_desk()
    )
    if request.POST.get("act") != "make" or any(each.errors for each in planned):
        return _look(request, form, planned)
    try:
        made = planning.make(planned, by=request.user)
    except ValidationError as error:  # somebody took a code in between
        messages.error(request, " ".join(error.messages))
        return _look(request, form, planned, 409)
    said = ngettext("%(count)d link is made.", "%(count)d links are made.", len(made)) % {"count": len(made)}
    messages.success(request, said)
    return redirect("campaigns:found")


def _crumbs(last):
    return (reverse("campaigns:found"), _("All links")), ("", last)


def _form(request, form, status, said=""):
    context = {"form": form, "said": said, "columns": columns.NAMES, "needed": columns.NEEDED}
    return page(request, "campaigns/desk/table.html", *_crumbs(_("A table of links")), status=status, **context)


def _look(request, form, planned, status=None):
    wrong = [each for each in planned if each.errors]
    fine = [each for each in planned if not each.errors]
    context = {
        "form": form,
        "wrong": wrong,
        "fine": fine[:SHOWN],
        "more": max(0, len(fine) - SHOWN),
        "new": sum(1 for each in fine if each.standing is None),
        "standing": sum(1 for each in fine if each.standing is not None),
    }
    status = status or (422 if wrong else 200)
    return page(request, "campaigns/desk/table_look.html", *_crumbs(_("Look over the table")), status=status, **context)
