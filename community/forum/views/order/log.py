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
from community.forum.models import Board
from community.forum.order import labels
from community.forum.views.order.asking import desk

SIZE = 50


def lines(acts) -> list[dict]:
    """Lines as people read them; boards by their names, which are asked for together."""
    acts = list(acts)
    slugs = {side["board"] for act in acts for side in (act.before, act.after) if side and side.get("board")}
    boards = {board.slug: board.name for board in Board.objects.with_slugs(slugs)} if slugs else {}
    return [_shown(act, boards) for act in acts]


def _shown(act, boards) -> dict:
    changed = []
    before, after = act.before or {}, act.after or {}
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            sides = (side.get(name) for side in (before, after))
            told = (boards.get(value, value) if name == "board" else labels.said(name, value) for value in sides)
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
    return desk(
        request,
        "log.html",
        _("Log of staff acts"),
        icon="history",
        form=form,
        rows=rows,
        lines=lines(rows),
        query=query.urlencode(),
    )


def _begin(day, later=0):
    if day is None or not 2000 <= day.year < 2200:
        return None
    return make_aware(datetime.combine(day + timedelta(days=later), time.min))
