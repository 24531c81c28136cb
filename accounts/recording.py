"""Writing down what those who work here do: who, what, on whom, when, why, and what was before."""

from django.utils.translation import gettext_lazy as _

from accounts.models import StaffAct

_labels: dict[str, object] = {}


def register(act: str, label) -> None:
    """Rooms say here how their acts are called on the page of the log; `label` is lazily translated."""
    _labels[act] = label


def labels() -> dict[str, object]:
    return dict(_labels)


def label_of(act: str) -> str:
    return str(_labels.get(act, act))


def record(*, by, act, member=None, thing="", why="", before=None, after=None) -> StaffAct:
    """One more line of the log, in the transaction of the act itself: neither is ever there without the other.

    `by` is None for what a rule did.
    """
    return StaffAct.objects.create(
        by=by, act=act, member=member, thing=thing[:60], why=why[:500], before=before, after=after
    )


register("member.let_through", _("let a newcomer through"))
register("member.shut_out", _("shut a member out"))
register("member.admitted", _("let a member come in again"))
register("member.changed", _("changed a member at the desk"))
register("member.noted", _("wrote a note on a member"))
