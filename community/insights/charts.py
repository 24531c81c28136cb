"""Drawings for the results, as numbers for SVG: the templates draw them, beside a table that says the same."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import pgettext

from community.insights.figures import Series

WIDTH, HEIGHT = 1000.0, 200.0  # of the drawing; it is stretched to the width there is


def nice(highest: float) -> int:
    """The top of an axis: an even digit and noughts, so that its half is a whole number too."""
    unit = 1
    while unit * 10 < highest:
        unit *= 10
    return next(digit * unit for digit in (2, 4, 6, 8, 10) if digit * unit >= highest)


@dataclass(frozen=True)
class Mark:
    """A note at one place of the line."""

    x: str
    day: object
    text: str


@dataclass(frozen=True)
class Spot:
    """One point: where it is, and what it says when it is pointed at."""

    x: str
    y: str
    left: str
    width: str
    label: str
    value: int | float
    before: int | float | None
    is_open: bool


@dataclass(frozen=True)
class Drawing:
    top: int
    half: int | float
    path: str
    open_path: str  # to the point that is not over yet
    area: str
    before: str
    spots: list[Spot]
    marks: list[Mark]
    first: str
    middle: str
    last: str


def _said(at, unit: str) -> str:
    if isinstance(at, datetime):
        return timezone.localtime(at, timezone.get_default_timezone()).strftime("%H:%M")
    if unit == "month":
        return formats.date_format(at, pgettext("a month as a date format", "M Y"))
    return formats.date_format(at, pgettext("a day on an axis as a date format", "j M"))


def _path(places: list[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in places) if places else ""


def line(series: Series, measure: str, notes=()) -> Drawing:
    """The line of one measure, with the period before in grey, and notes where they belong."""
    points = series.points
    values = [point.values[measure] for point in points]
    before = [point.before[measure] for point in points if point.before]
    top = nice(max([*values, *before, 1]))
    step = WIDTH / max(len(points) - 1, 1)
    half = WIDTH / 2 if len(points) == 1 else 0.0

    def place(index: int, value: float) -> tuple[float, float]:
        return half + index * step, HEIGHT - value / top * HEIGHT

    places = [place(index, value) for index, value in enumerate(values)]
    closed = places[:-1] if points and points[-1].is_open else places
    labels = [_said(point.at, series.unit) for point in points]
    spots = [
        Spot(
            f"{x:.1f}", f"{y:.1f}", f"{max(x - step / 2, 0):.1f}", f"{step:.1f}", label, value,
            point.before[measure] if point.before else None, point.is_open,
        )
        for (x, y), label, value, point in zip(places, labels, values, points, strict=True)
    ]  # fmt: skip
    area = f"{_path(closed)} L{closed[-1][0]:.1f} {HEIGHT} L{closed[0][0]:.1f} {HEIGHT}Z" if len(closed) > 1 else ""
    return Drawing(
        top=top,
        half=top // 2,
        path=_path(closed),
        open_path=_path(places[-2:]) if closed is not places and len(places) > 1 else "",
        area=area,
        before=_path([place(index, value) for index, value in enumerate(before)]),
        spots=spots,
        marks=_marks(series, notes, half, step),
        first=labels[0] if labels else "",
        middle=labels[len(labels) // 2] if len(labels) > 4 else "",
        last=labels[-1] if len(labels) > 1 else "",
    )


def _marks(series: Series, notes, half: float, step: float) -> list[Mark]:
    """Notes stand over the point their day belongs to; hours have no days to choose from."""
    if series.unit == "hour":
        return []
    found = []
    for note in notes:
        index = max((number for number, point in enumerate(series.points) if point.at <= note.day), default=None)
        if index is not None:
            found.append(Mark(f"{half + index * step:.1f}", note.day, note.text))
    return found


def heat(rate: float | None) -> int:
    """One of ten shades for a share; nothing where there is none."""
    return 0 if rate is None else min(int(rate * 10) + 1, 10) if rate > 0 else 0
