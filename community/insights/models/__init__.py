"""The tallies, and what people at the window write down: notes on the line, shared pages, wishes and alarms."""

from community.insights.models.notes import Alarm, AlarmTold, Annotation, SharedPage, WeeklyLetter, Wish
from community.insights.models.tallies import (
    Bond,
    BondSum,
    CreditTally,
    Filled,
    Hour,
    Source,
    Stay,
    Summed,
    Taking,
    Tally,
    Way,
)

__all__ = [
    "Alarm",
    "AlarmTold",
    "Annotation",
    "Bond",
    "BondSum",
    "CreditTally",
    "Filled",
    "Hour",
    "SharedPage",
    "Source",
    "Stay",
    "Summed",
    "Taking",
    "Tally",
    "Way",
    "WeeklyLetter",
    "Wish",
]
