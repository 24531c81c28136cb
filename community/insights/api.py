"""Figures over the API: the same lens and the same measures as on the dashboard, so the same look tells the same number."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from accounts.bearing import Bearer
from community.campaigns.api.shapes import Day
from community.insights import measuring
from community.insights.lens import FILTERS, LONGEST_VALUE, MODELS, PERIODS, Lens
from community.insights.reading import Reader

router = Router(tags=["stats"])
Values = Annotated[list[Annotated[str, Field(max_length=LONGEST_VALUE)]], Field(max_length=12)]
Numbers = Annotated[list[Annotated[int, Field(ge=1, le=10**17)]], Field(max_length=12)]


class Look(Schema):
    """Which days, of whom, by which model of credit. Said as in the dashboard's own addresses."""

    period: Literal[PERIODS] = Field("28", description="Days up to today, or a period by name; `from` and `to` win.")  # type: ignore[valid-type]
    first: Day | None = Field(None, alias="from", description="The first day, in the brand's time zone.")
    last: Day | None = Field(None, alias="to", description="The last day, included.")
    campaign: Numbers = []
    link: Numbers = []
    tag: Numbers = []
    channel: Values = []
    source: Values = []
    landing: Values = []
    app: Values = []
    device: Values = []
    os: Values = []
    language: Values = []
    model: Literal[MODELS] = Field("last_non_direct", description="Which touches are thanked for a member.")  # type: ignore[valid-type]
    compare: Literal["0", "1"] = Field("1", description="0 leaves the period before out.")
    others: Literal["0", "1"] = Field("0", description="1 counts what is not a person too.")


class Period(Schema):
    first: date
    last: date
    before_first: date | None = None
    before_last: date | None = None
    model: str
    unit: str


class FigureOut(Schema):
    value: float
    before: float | None = None
    change: float | None = Field(None, description="By which part it grew; null where there is nothing to compare.")


class FiguresOut(Schema):
    period: Period
    figures: dict[str, FigureOut]
    revenue: dict[str, float] = Field(description="From the people who joined in these days, by currency.")


class PointOut(Schema):
    at: str
    values: dict[str, float]
    before: dict[str, float] | None = None
    is_open: bool = Field(description="This point is not over yet.")


class SeriesOut(Schema):
    period: Period
    points: list[PointOut]


class ShareOut(Schema):
    part: float
    whole: float
    rate: float | None
    low: float | None = Field(None, description="The 95 % confidence interval begins here (Wilson).")
    high: float | None = None
    is_few: bool = Field(description="Too few to tell.")


class LineOut(Schema):
    key: str
    label: str
    figures: dict[str, float]
    revenue: dict[str, float]
    shares: dict[str, ShareOut]


class LinesOut(Schema):
    period: Period
    items: list[LineOut]


class StageOut(Schema):
    key: str
    value: float
    share: ShareOut | None = None


class FunnelOut(Schema):
    period: Period
    stages: list[StageOut]


SHARES = ("joining", "verifying", "acting", "returning", "staying", "climbing")


def _period(lens: Lens) -> dict:
    before = lens.before or (None, None)
    told = {"first": lens.start, "last": lens.end, "before_first": before[0], "before_last": before[1]}
    return {**told, "model": lens.model, "unit": lens.unit}


def _share(share) -> dict | None:
    if share is None:
        return None
    low, high = share.interval if share.whole else (None, None)
    rate = share.part / share.whole if share.whole else None
    return {
        "part": share.part,
        "whole": share.whole,
        "rate": rate,
        "low": low,
        "high": high,
        "is_few": share.is_few,
    }


def _lines(lens, lines) -> dict:
    items = []
    for line in lines:
        told = line.as_dict()
        items.append(
            {
                "key": told.pop("key"),
                "label": told.pop("label"),
                "revenue": told.pop("revenue"),
                "figures": told,
                "shares": {name: _share(getattr(line, name)) for name in SHARES},
            }
        )
    return {"period": _period(lens), "items": items}


def _lens(request: HttpRequest) -> Lens:
    """What the shape above let through is read by the dashboard's own reader."""
    return Lens.of(request.GET)


@router.get("/stats/figures", response=FiguresOut, auth=Bearer("stats:read"), summary="All figures of a look")
def figures(request, look: Query[Look]):
    lens = _lens(request)
    reader = Reader(lens)
    told = {
        key: {"value": figure.value, "before": figure.before, "change": figure.change}
        for key, figure in measuring.figures(lens, reader).items()
    }
    return {"period": _period(lens), "figures": told, "revenue": measuring.revenue(lens, reader)}


@router.get("/stats/series", response=SeriesOut, auth=Bearer("stats:read"), summary="The line over time")
def series(request, look: Query[Look]):
    lens = _lens(request)
    points = [
        {"at": point.at.isoformat(), "values": point.values, "before": point.before, "is_open": point.is_open}
        for point in measuring.series(lens).points
    ]
    return {"period": _period(lens), "points": points}


@router.get(
    "/stats/funnel", response=FunnelOut, auth=Bearer("stats:read"), summary="From the tap to a member who rises"
)
def funnel(request, look: Query[Look]):
    lens = _lens(request)
    stages = [
        {"key": stage.key, "value": stage.value, "share": _share(stage.share)} for stage in measuring.funnel(lens)
    ]
    return {"period": _period(lens), "stages": stages}


@router.get("/stats/breakdown", response=LinesOut, auth=Bearer("stats:read"), summary="Parted by one property")
def breakdown(request, look: Query[Look], by: Literal[FILTERS] = "channel"):  # type: ignore[valid-type]
    lens = _lens(request)
    return _lines(lens, measuring.breakdown(lens, by))


@router.get(
    "/stats/relationship", response=LinesOut, auth=Bearer("stats:read"), summary="Which post brought who stayed"
)
def relationship(request, look: Query[Look]):
    lens = _lens(request)
    return _lines(lens, measuring.relationship(lens))
