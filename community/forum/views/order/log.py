"""The log of all that those who work here did, newest first."""

from datetime import datetime, time, timedelta

from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import recording
from accounts.access import open_to
from accounts.models import StaffAct
from community.commons.paging import by_key
from community.forum import access, order_forms
from community.forum.order import labels
from community.forum.views.order.asking import desk

SIZE = 50


def shown(act) -> dict:
    """A line as people read it."""
    changed = []
    before, after = act.before or {}, act.after or {}
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            told = (labels.said(name, side.get(name)) for side in (before, after))
            changed.append((labels.NAMES.get(name, name), *told))
    thing, place = labels.thing_of(act.thing)
    return {"act": act, "label": recording.label_of(act.act), "thing": thing, "place": place, "changed": changed}


@open_to(access.may_read_log)
@require_safe
def log(request):
    """Whatever in the filters is wrong counts as not asked."""
    form = order_forms.LogForm(request.GET)
    form.is_valid()
    told = form.cleaned_data
    found = StaffAct.objects.for_desk().narrowed(
        by=told.get("by"),
        member=told.get("member"),
        act=told.get("act", ""),
        since=_begin(told.get("since")),
        before=_begin(told.get("until"), 1),
    )
    rows = by_key(found, key=("-pk",), after=request.GET.get("after", ""), size=SIZE)
    query = request.GET.copy()
    query.pop("after", None)
    lines = [shown(act) for act in rows]
    return desk(
        request,
        "log.html",
        _("Log of staff acts"),
        icon="history",
        form=form,
        rows=rows,
        lines=lines,
        query=query.urlencode(),
    )


def _begin(day, later=0):
    if day is None or not 2000 <= day.year < 2200:
        return None
    return make_aware(datetime.combine(day + timedelta(days=later), time.min))
