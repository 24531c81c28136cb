"""Webhooks at the desk: which programs are told of what, every try of it, and sending it again."""

from uuid import UUID

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.campaigns.access import may_make_links, may_see_campaigns, open_to
from community.campaigns.desk import frame
from community.campaigns.forms import HookForm, SpanForm
from community.campaigns.hooks import keeping, telling
from community.campaigns.models import Dispatch, Endpoint
from community.campaigns.models.hooks import KINDS, TEST
from community.commons import fetching, paging


def _page(request, template, *crumbs, status=200, **context):
    trail = [(reverse("campaigns:hooks"), _("Webhooks")), *crumbs]
    return frame.page(request, template, *trail, status=status, **context)


@open_to(may_see_campaigns)
@require_safe
def index(request):
    rows = paging.by_key(Endpoint.objects.for_desk(), key=("-pk",), after=request.GET.get("after", ""), size=frame.SIZE)
    return _page(request, "campaigns/desk/hooks.html", rows=rows, kinds=KINDS)


@open_to(may_make_links)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    form = HookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _hook(request, keeping.register(owner=request.user, **form.cleaned_data), has_secret=True)
    status = 422 if request.method == "POST" else 200
    crumb = ("", _("New webhook"))
    return _page(request, "campaigns/desk/form.html", crumb, status=status, form=form, button=_("Register it"))


@open_to(may_see_campaigns)
@require_safe
def hook(request, pk):
    return _hook(request, get_object_or_404(Endpoint.objects.for_desk(), pk=pk))


def _hook(request, found, has_secret=False, span=None, status=200):
    """Its messages, newest first. The secret is only ever in the answer that made it."""
    rows = paging.by_key(
        Dispatch.objects.of(found).with_log(), key=("-pk",), after=request.GET.get("after", ""), size=frame.SIZE
    )
    context = {
        "endpoint": found,
        "rows": rows,
        "kinds": {**KINDS, TEST: _("A test")},
        "reasons": fetching.REASONS,
        "secret": found.secret if has_secret else "",
        "span": span or SpanForm(),
        "may_make": may_make_links(request.user),
    }
    return _page(request, "campaigns/desk/hook.html", (found.get_absolute_url(), found.label), status=status, **context)


@open_to(may_make_links)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request, pk):
    found = get_object_or_404(Endpoint, pk=pk)
    form = HookForm(request.POST or None, initial={"label": found.label, "url": found.url, "kinds": found.kinds})
    if request.method == "POST" and form.is_valid():
        keeping.change(endpoint=found, **form.cleaned_data)
        return redirect(found)
    status = 422 if request.method == "POST" else 200
    crumbs = [(found.get_absolute_url(), found.label), ("", _("Change it"))]
    return _page(request, "campaigns/desk/form.html", *crumbs, status=status, form=form, button=_("Keep this"))


@open_to(may_make_links)
@require_POST
def stop(request, pk):
    found = get_object_or_404(Endpoint, pk=pk)
    (keeping.start if request.POST.get("out") else keeping.stop)(endpoint=found)
    return redirect(found)


@open_to(may_make_links)
@require_POST
def secret(request, pk):
    found = get_object_or_404(Endpoint.objects.for_desk(), pk=pk)
    keeping.renew_secret(endpoint=found)
    return _hook(request, found, has_secret=True)


@open_to(may_make_links)
@require_POST
def tests(request, pk):
    found = get_object_or_404(Endpoint, pk=pk)
    telling.tell_test(endpoint=found)
    messages.success(request, _("A test is on its way. Look here again in a moment."))
    return redirect(found)


@open_to(may_make_links)
@require_POST
def replays(request, pk):
    """One message, or all of a span."""
    found = get_object_or_404(Endpoint.objects.for_desk(), pk=pk)
    wanted, form = Dispatch.objects.of(found), SpanForm(request.POST)
    if one := request.POST.get("delivery"):
        wanted = wanted.with_id(get_object_or_404(wanted, pk=_uuid(one)).pk)
    elif form.is_valid():
        wanted = wanted.made_in(form.cleaned_data["since"], form.cleaned_data["until"])
    else:
        return _hook(request, found, span=form, status=422)
    count = telling.send_again(dispatches=wanted)
    said = ngettext("%(count)d message goes out again.", "%(count)d messages go out again.", count)
    messages.success(request, said % {"count": count})
    return redirect(found)


@open_to(may_make_links)
@require_POST
def end(request, pk):
    found = get_object_or_404(Endpoint, pk=pk)
    keeping.forget(endpoint=found)
    messages.success(request, _("“%(label)s” is no longer told anything.") % {"label": found.label})
    return redirect("campaigns:hooks")


def _uuid(text) -> UUID:
    """What is no identifier is nobody's."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
