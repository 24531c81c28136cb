"""Costs at the desk: files brought, looked at, kept and undone; sums typed in."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.campaigns.access import may_keep_costs, may_see_costs, open_to
from community.campaigns.costing import importing, looking, reading, spending
from community.campaigns.costing.forms import ExpenseForm, FileForm
from community.campaigns.desk import frame
from community.campaigns.desk.frame import SIZE
from community.campaigns.models import Expense, Sheet
from community.commons import paging

AROUND = 10_000  # bytes that a form puts around a file


def page(request, template, *crumbs, **context):
    trail = [(reverse("costs:index"), _("Costs")), *crumbs]
    return frame.page(request, template, *trail, may_keep=may_keep_costs(request.user), **context)


@open_to(may_see_costs)
@require_safe
def index(request):
    return _index(request, FileForm())


def _index(request, form, refused="", status=200):
    rows = paging.by_key(
        Sheet.objects.for_desk(), key=("-made_at", "-pk"), after=request.GET.get("after", ""), size=SIZE
    )
    return page(
        request,
        "campaigns/desk/costs.html",
        status=status,
        form=form,
        refused=refused,
        rows=rows,
        most=settings.IMPORT_MOST_BYTES,
        most_mb=settings.IMPORT_MOST_BYTES // 1_000_000,
        untied=looking.untied_counts(),
    )


@open_to(may_keep_costs)
@require_POST
def sheets(request):
    """Too large is said before a byte of it is parsed."""
    asked = request.META.get("CONTENT_LENGTH") or "0"
    if asked.isdigit() and (size := int(asked)) > settings.IMPORT_MOST_BYTES + AROUND:
        return _index(request, FileForm(), refused=reading.too_large(size).messages[0], status=413)
    form = FileForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            file, currency = form.cleaned_data["file"], form.cleaned_data["currency"]
            brought = importing.bring(file=file, name=file.name, by=request.user, currency=currency)
            return redirect("costs:sheet", brought.pk)
    except ValidationError as error:
        form.add_error("file", error)
    return _index(request, form, status=422)


@open_to(may_see_costs)
@require_safe
def sheet(request, pk):
    found = get_object_or_404(Sheet.objects.with_people(), pk=pk)
    return page(request, "campaigns/desk/sheet.html", ("", found.name), sheet=found, look=looking.Look(found))


@open_to(may_keep_costs)
@require_POST
def keep(request, pk):
    found = importing.keep(sheet=get_object_or_404(Sheet, pk=pk))
    messages.success(request, _("Kept. Its figures count from now on."))
    return redirect("costs:ties" if looking.has_untied(found) else "costs:index")


@open_to(may_keep_costs)
@require_POST
def undo(request, pk):
    importing.undo(sheet=get_object_or_404(Sheet, pk=pk))
    messages.success(request, _("Undone. Its figures no longer count; what it had replaced counts again."))
    return redirect("costs:sheet", pk)


@open_to(may_keep_costs)
@require_POST
def let_go(request, pk):
    importing.let_go(sheet=get_object_or_404(Sheet, pk=pk))
    messages.success(request, _("Let go. Nothing of the file was kept."))
    return redirect("costs:index")


@open_to(may_see_costs)
@require_safe
def expenses(request):
    return _expenses(request, ExpenseForm())


@open_to(may_keep_costs)
@require_POST
def enter(request):
    form = ExpenseForm(request.POST)
    if not form.is_valid():
        return _expenses(request, form, status=422)
    spending.enter(by=request.user, **form.told)
    messages.success(request, _("Kept."))
    return redirect("costs:expenses")


def _expenses(request, form, status=200):
    rows = paging.by_key(
        Expense.objects.for_desk(), key=("-starts", "-pk"), after=request.GET.get("after", ""), size=SIZE
    )
    crumb = (reverse("costs:expenses"), _("Costs typed in"))
    return page(request, "campaigns/desk/expenses.html", crumb, status=status, form=form, rows=rows)


@open_to(may_keep_costs)
@require_http_methods(["GET", "HEAD", "POST"])
def expense(request, pk):
    found = get_object_or_404(Expense.objects.for_desk(), pk=pk)
    form = ExpenseForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        spending.change(expense=found, **form.told)
        messages.success(request, _("Kept."))
        return redirect("costs:expenses")
    crumb = (reverse("costs:expenses"), _("Costs typed in"))
    status = 422 if form.errors else 200
    return page(
        request,
        "campaigns/desk/expense.html",
        crumb,
        ("", found.note or str(found)),
        status=status,
        form=form,
        expense=found,
    )


@open_to(may_keep_costs)
@require_POST
def strike(request, pk):
    spending.strike(expense=get_object_or_404(Expense, pk=pk))
    messages.success(request, _("Struck out."))
    return redirect("costs:expenses")
