"""What members bought, at the desk: one order at a time, or a shop's file with a look at it first."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from community.campaigns import earning
from community.campaigns.access import may_make_links, open_to
from community.campaigns.desk.frame import SIZE, page
from community.campaigns.forms.people import SaleForm, SalesForm
from community.campaigns.models import Conversion
from community.commons import paging


@open_to(may_make_links)
@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    form = SaleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row, made = earning.earn(**form.cleaned_data)
        except ValidationError as error:
            form.add_error("ref", error)
        else:
            told = _("Order %(ref)s is written down.") if made else _("Order %(ref)s was written down before.")
            messages.success(request, told % {"ref": row.ref})
            return redirect("campaigns:revenue")
    return _page(request, form, SalesForm(), status=422 if request.method == "POST" else 200)


def _page(request, form, sales, status=200, **context):
    rows = paging.by_key(
        Conversion.objects.of_kind(Conversion.Kind.REVENUE).with_members(),
        key=("-at", "-pk"),
        after=request.GET.get("after", ""),
        size=SIZE,
    )
    crumb = (reverse("campaigns:revenue"), _("Revenue"))
    context |= {"form": form, "sales": sales, "rows": rows}
    return page(request, "campaigns/desk/revenue.html", crumb, status=status, **context)


@open_to(may_make_links)
@require_POST
def sheet(request):
    """First a look at what a file says; written down when the same lines are sent with a yes."""
    sales = SalesForm(request.POST, request.FILES)
    if not sales.is_valid():
        return _page(request, SaleForm(), sales, status=422)
    read = sales.cleaned_data["sheet"]
    if request.POST.get("yes") != "1":
        return _page(request, SaleForm(), sales, sheet=read, text=sales.cleaned_data["text"])
    try:
        done = earning.earn_all(read)
    except ValidationError as error:  # somebody wrote one of them down in between
        sales.add_error(None, error)
        return _page(request, SaleForm(), sales, status=422)
    told = ngettext("%(count)d order is written down.", "%(count)d orders are written down.", done)
    messages.success(request, told % {"count": done})
    return redirect("campaigns:revenue")
