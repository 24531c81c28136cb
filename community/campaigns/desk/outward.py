"""Conversions out at the desk: what is switched on, each event with its payload and answers, and sending again."""

import json

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.campaigns import tasks
from community.campaigns.access import may_see_outward, may_steer_outward, open_to
from community.campaigns.desk import frame
from community.campaigns.desk.frame import SIZE
from community.campaigns.models import Delivery, Service
from community.campaigns.models.outward import FORGOTTEN
from community.campaigns.outward import deciding, telling
from community.campaigns.outward.forms import DecisionForm, FilterForm
from community.campaigns.outward.reasons import REASONS
from community.commons import paging


def page(request, template, *crumbs, **context):
    trail = [(reverse("outward:index"), _("Conversions out")), *crumbs]
    return frame.page(request, template, *trail, may_steer=may_steer_outward(request.user), **context)


@open_to(may_see_outward)
@require_safe
def index(request):
    form = FilterForm(request.GET)
    chosen = form.told
    rows = paging.by_key(
        Delivery.objects.chosen(**chosen).for_desk(), key=("-id",), after=request.GET.get("after", ""), size=SIZE
    )
    for row in rows:
        row.why = REASONS.get(row.reason, "")
    return page(
        request,
        "campaigns/desk/outward.html",
        rows=rows,
        form=form,
        query=urlencode(chosen),
        services=[_state_of(service) for service in Service],
        failed=_failed(),
    )


def _state_of(service) -> dict:
    client = deciding.client_of(service)
    counted = {row["state"]: row["count"] for row in Delivery.objects.of_service(service).counted()}
    return {
        "service": service,
        "missing": client.missing(),
        "testing": client.is_testing(),
        "on": [each for each in deciding.decisions(service).values() if each.is_on],
        "counted": [(label, counted[state]) for state, label in Delivery.State.choices if state in counted],
    }


def _failed() -> list[dict]:
    """What may be sent again all together, once its cause is mended."""
    found = Delivery.objects.in_states((Delivery.State.REJECTED, Delivery.State.GIVEN_UP)).counted_by_reason()
    return [
        {**row, "why": REASONS.get(row["reason"], row["reason"]), "label": Service(row["service"]).label}
        for row in found
    ]


@open_to(may_see_outward)
@require_safe
def delivery(request, pk):
    found = get_object_or_404(Delivery.objects.for_desk(), pk=pk)
    attempts = list(found.attempts.all())
    for attempt in attempts:
        attempt.why = REASONS.get(attempt.answer.get("reason", ""), "")
        attempt.words = json.dumps(attempt.answer, ensure_ascii=False, indent=1) if attempt.answer else ""
    return page(
        request,
        "campaigns/desk/delivery.html",
        ("", f"{found.get_service_display()} · {found.name or found.get_kind_display()}"),
        delivery=found,
        attempts=attempts,
        why=REASONS.get(found.reason, ""),
        payload=json.dumps(found.payload, ensure_ascii=False, indent=2) if found.payload else "",
        can_replay=found.state in telling.AGAIN and found.reason != FORGOTTEN,
    )


@open_to(may_steer_outward)
@require_POST
def replay(request, pk):
    found = get_object_or_404(Delivery, pk=pk)
    if telling.replay(delivery=found):
        tasks.tell_service.delay_on_commit(found.service)
        messages.success(request, _("It is sent again, under the same identifier: the service counts it once."))
    else:
        messages.info(request, _("There is nothing to send again."))
    return redirect("outward:delivery", pk)


@open_to(may_steer_outward)
@require_POST
def replay_all(request):
    service, reason = request.POST.get("service", ""), request.POST.get("reason", "")
    if service not in Service.values or reason not in REASONS:
        raise Http404
    count = telling.replay_all(service=service, reason=reason)
    tasks.tell_service.delay_on_commit(service)
    said = ngettext("%(count)d event is sent again.", "%(count)d events are sent again.", count) % {"count": count}
    messages.success(request, said)
    return redirect("outward:index")


@open_to(may_steer_outward)
@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request, service):
    """All steps of one service on one page; kept together or not at all."""
    if service not in Service.values:
        raise Http404
    known = deciding.decisions(service)
    forms = [
        DecisionForm(request.POST or None, service=service, kind=kind, initial=vars(decision))
        for kind, decision in known.items()
    ]
    for form in forms:
        form.said = known[form.kind].kind_said
    if request.method == "POST" and all([form.is_valid() for form in forms]):
        for form in forms:
            deciding.decide(service=service, kind=form.kind, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept. It holds for what happens from now on, and for what still waits."))
        return redirect("outward:index")
    client = deciding.client_of(service)
    status = 422 if request.method == "POST" else 200
    crumb = ("", Service(service).label)
    return page(
        request,
        "campaigns/desk/decisions.html",
        crumb,
        status=status,
        forms=forms,
        service=Service(service),
        missing=client.missing(),
    )
