"""What became of the people who joined, shared out to the places that are thanked for their joining."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from community.campaigns import crediting, touching
from community.campaigns.models import Conversion
from community.insights import days
from community.insights.gathering import LANGUAGES
from community.insights.models import questions

KINDS = ("joined", "verified", "first_act", "week2", "day30", "climbed", "referral")
# The measure of each kind of step a member takes.
FATES = {kind: "referrals" if kind == "referral" else kind for kind in KINDS}
DIRECT = "direct"


def language_of(said: str) -> str:
    """A language as tallies know it; gathering says the same in the database's words."""
    said = said.lower()
    if said.startswith("zh"):
        return "zh-hans" if any(mark in said for mark in ("hans", "cn", "sg")) else "zh-hant"
    word = said.split("-")[0]
    return word if not word or word in LANGUAGES else "other"


def place_of(touch) -> tuple[int | None, str]:
    """A link by its number, or the source of a coming without one."""
    return (touch.link, "") if touch.link else (None, touch.source or DIRECT)


def way_of(touch) -> tuple[str, str, str, str]:
    return touch.app, touch.os, touch.device, language_of(touch.language)


def minor(amount) -> int:
    """Money in hundredths of its currency, so that sums are whole numbers."""
    return int(amount * 100)


class Bonds:
    """Sums of parts by span, model, place and way: of members by measure, and of money by currency."""

    def __init__(self):
        self.fates: dict[tuple, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.takings: dict[tuple, int] = defaultdict(int)

    def add(self, span, model: str, shares, fates: dict[str, int], takings: dict[str, int]):
        for touch, part in shares:
            key = (span, model, place_of(touch), way_of(touch))
            sums = self.fates[key]
            for measure, count in fates.items():
                sums[measure] += part * count
            for currency, amount in takings.items():
                self.takings[*key, currency] += part * amount


def bonds_of(
    joined: Iterable[Conversion],
    models=crediting.MODELS,
    span: Callable = days.day_of,
    touches: dict[int, list[touching.Touch]] | None = None,
) -> Bonds:
    """Of these members' joining, by the day (or hour) it happened on.

    A handful of queries for each thousand members, and none for each one or for each day.
    """
    bonds, rows = Bonds(), list(joined)
    fates: dict[int, dict[str, int]] = defaultdict(dict)
    takings: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for member, kind, amount, currency in questions.fates_of([row.member_id for row in rows]):
        if kind == Conversion.Kind.REVENUE:
            takings[member][currency] += minor(amount)
        elif kind == Conversion.Kind.REFERRAL:
            fates[member]["referrals"] = fates[member].get("referrals", 0) + 1
        elif kind in FATES:
            fates[member][FATES[kind]] = 1
    touches = touching.touches_of([row.member_id for row in rows]) if touches is None else touches
    for row in rows:
        for model in models:
            shares = crediting.parts(touches[row.member_id], row.at, model)
            bonds.add(span(row.at), model, shares, fates[row.member_id], takings[row.member_id])
    return bonds
