"""Whose clicks these were, and which touches are thanked for a member's step, by six models."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.dateformat import format as date_format
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from community.campaigns import converting, touching
from community.campaigns.channels import Channel
from community.campaigns.models import Claim, Click, Conversion
from community.campaigns.touching import Touch

WHOLE = 1_000_000  # parts that the credit for one step is cut into
MODELS = ("first", "last", "last_non_direct", "linear", "time_decay", "position")
HALF_LIFE = timedelta(days=7)
_GAP = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_FINE = 1 << 40  # how finely weights that are no whole numbers are told apart


@transaction.atomic
def claim(*, member, visitor) -> Conversion:
    """This browser is that member's: what came through it counts as theirs from now on, on every device they use.

    A browser belongs to the first who signed in with it; leaving gives it a new name.
    """
    if visitor is not None:
        _claim, made = Claim.objects.get_or_create(visitor=visitor, defaults={"member": member})
        if made and touching.touches_of_visitor(visitor):
            # What was credited until now was credited without this device.
            converting.touch_up([member.pk])
    return credit(member=member)


@transaction.atomic
def credit(*, member) -> Conversion:
    """Writes down which links had led to a member's joining, as far as is known today.

    Computed from the clicks themselves, so it may run any number of times. A device that signs in later brings its
    earlier clicks; nothing known is ever replaced by nothing, so coming directly changes nobody's credit.
    """
    row, _made = converting.record(member=member, kind=Conversion.Kind.JOINED, at=member.joined_at)
    if member.proven_at:
        converting.record(member=member, kind=Conversion.Kind.VERIFIED, at=member.proven_at)
    touches = Click.objects.of_member(member).until(row.at)
    first, last = touches.first(), touches.last()
    if first is None or last is None or (row.first_click, row.last_click) == (first.pk, last.pk):
        return row
    row.first_click, row.first_link_id = first.pk, first.link_id
    row.last_click, row.last_link_id = last.pk, last.link_id
    row.save(update_fields=["first_click", "first_link", "last_click", "last_link"])
    return row


def on_arrival(sender, *, member, visitor=None, **_signal):
    """Receiver of joined and signed_in."""
    claim(member=member, visitor=visitor)


def within_reach(touches: Iterable[Touch], at: datetime) -> list[Touch]:
    """The touches before a step that were not too long ago by then, as their own campaign says; the first one first."""
    return [touch for touch in touches if touch.at <= at and at - touch.at <= timedelta(days=touch.look_back)]


def known(touches: Sequence[Touch]) -> list[Touch]:
    """Those of which we know where they came from; direct visits count only where there is nothing else."""
    return [touch for touch in touches if not touch.is_direct] or list(touches)


def parts(touches: Iterable[Touch], at: datetime, model: str) -> list[tuple[Touch, int]]:
    """How much of a step at this moment each touch is thanked for: whole numbers that make WHOLE together, always.

    A step that nothing led to is given to one direct touch at its own moment.
    """
    reached = sorted(within_reach(touches, at), key=touching.in_order)
    if not reached:
        return [(Touch(at=at), WHOLE)]
    if len(reached) == 1:  # most people: every model thanks it alike
        return [(reached[0], WHOLE)]
    if model == "last":
        return [(reached[-1], WHOLE)]
    thanked = known(reached)
    weights = WEIGHTS[model](thanked)
    return [(touch, part) for touch, part in zip(thanked, _shared(weights), strict=True) if part]


def _first(touches):
    return [1, *[0] * (len(touches) - 1)]


def _last(touches):
    return [*[0] * (len(touches) - 1), 1]


def _linear(touches):
    return [1] * len(touches)


def _decaying(touches):
    """Half as much for each half-life that a touch is older than the last one."""
    latest = touches[-1].at
    return [round(_FINE * 2 ** -((latest - touch.at) / HALF_LIFE)) for touch in touches]


def _position(touches):
    """Two fifths each for the first and the last, a fifth for all between them; halves where there are two."""
    between = len(touches) - 2
    if between <= 0:
        return [1] * len(touches)
    return [2 * between, *[1] * between, 2 * between]


WEIGHTS = {
    "first": _first,
    "last_non_direct": _last,
    "linear": _linear,
    "time_decay": _decaying,
    "position": _position,
}


def _shared(weights: list[int]) -> list[int]:
    """WHOLE cut by weight, in whole numbers, by the largest remainder; between equals, the earlier one gets more."""
    total = sum(weights)
    cut = [divmod(weight * WHOLE, total) for weight in weights]
    given = [part for part, _rest in cut]
    by_rest = sorted(range(len(cut)), key=lambda place: (-cut[place][1], place))
    for place in by_rest[: WHOLE - sum(given)]:
        given[place] += 1
    return given


def credits_for(conversions: Iterable[Conversion], model: str) -> dict[int, list[tuple[Touch, int]]]:
    """The parts of each of these conversions, by its primary key.

    Three queries for each thousand members that the conversions are of, and none for each conversion.
    """
    rows = list(conversions)
    touches = touching.touches_of({row.member_id for row in rows})
    return {row.pk: parts(touches[row.member_id], row.at, model) for row in rows}


def sentence(touches: Iterable[Touch], at: datetime, kind: str = Conversion.Kind.JOINED) -> str:
    """How someone came to take a step, in one sentence and the reader's language."""
    reached = sorted(within_reach(touches, at), key=touching.in_order)
    told = {"day": _day(at, at), "did": _did(kind)}
    if not reached or not (ways := [touch for touch in reached if not touch.is_direct]):
        return _capital(_("%(did)s on %(day)s, coming directly") % told)
    first, last = ways[0], reached[-1]
    told |= {"first": name_of(first), "first_day": _day(first.at, at)}
    told |= {"last": name_of(last), "last_day": _day(last.at, at)}
    clauses = []
    if first is not last:
        clauses.append(_("first came from %(first)s on %(first_day)s") % told)
    if between := sum(touch not in (first, last) for touch in reached):
        more = ngettext("came %(count)d more time", "came %(count)d more times", between)
        clauses.append(more % {"count": between})
    if _day(last.at, at) != told["day"]:
        if first is last:
            clauses.append(_("came from %(last)s on %(last_day)s") % told)
        elif not last.is_direct:
            clauses.append(_("last came through %(last)s on %(last_day)s") % told)
        clauses.append(_("%(did)s on %(day)s") % told)
    elif last.is_direct:
        clauses.append(_("%(did)s on %(day)s, coming directly") % told)
    else:
        clauses.append(_("%(did)s through %(last)s on %(day)s") % told)
    return _capital(pgettext("between the clauses of a sentence", ", ").join(clauses))


def name_of(touch: Touch) -> str:
    """The place a touch came from, as a reader calls it."""
    if touch.channel:
        return str(Channel(touch.channel).label)
    return _("directly") if touch.is_direct else touch.source


def _did(kind: str) -> str:
    return {
        "joined": pgettext("did", "joined"),
        "verified": pgettext("did", "proved their e-mail"),
        "first_act": pgettext("did", "spoke or reacted for the first time"),
        "week2": pgettext("did", "came back in the second week"),
        "day30": pgettext("did", "was here at day 30"),
        "climbed": pgettext("did", "rose a tier"),
        "referral": pgettext("did", "brought a friend"),
        "revenue": pgettext("did", "bought something"),
    }[kind]


def _day(moment: datetime, told_on: datetime) -> str:
    """A day of the brand's calendar; with its year where that is another than the step's."""
    moment, told_on = moment.astimezone(get_default_timezone()), told_on.astimezone(get_default_timezone())
    if moment.year == told_on.year:
        return date_format(moment, pgettext("a day as a date format", "j M"))
    return date_format(moment, pgettext("a day with its year as a date format", "j M Y"))


def _capital(words: str) -> str:
    """Begun with a capital; and between Han letters there is no blank, whatever was put in there."""
    words = _GAP.sub("", words)
    return words[:1].upper() + words[1:]
