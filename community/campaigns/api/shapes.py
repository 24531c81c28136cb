"""What goes in and comes out over the API. Rules about content are those of the desk's forms; here are only shapes."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from ninja import Schema
from pydantic import AwareDatetime, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from community.campaigns import codes, destinations
from community.campaigns.channels import Channel
from community.commons.problems import Problem

Row = TypeVar("Row")
LARGEST = 2**63 - 1
Number = Annotated[int, Field(ge=1, le=LARGEST)]
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)?", re.ASCII)


def _written(pattern, kind):
    """Numbers are no days, though a lenient reader would count them from 1970."""

    def check(value):
        if (isinstance(value, str) and not pattern.fullmatch(value)) or isinstance(value, int | float):
            raise PydanticCustomError(kind, "")
        return value

    return BeforeValidator(check)


Day = Annotated[date, _written(_DAY, "date_parsing")]
Moment = Annotated[AwareDatetime, _written(_MOMENT, "datetime_parsing")]


class Rows(Schema, Generic[Row]):
    """A part of a list, and the key that goes on after it: null at the end."""

    items: list[Row]
    next: str | None = None


class Told(Schema):
    """What a caller sends: names that are not known are refused, not passed over."""

    model_config = ConfigDict(extra="forbid")


class CampaignOut(Schema):
    id: int
    name: str
    key: str
    starts_on: date | None
    ends_on: date | None
    greeting_zh: str
    greeting_en: str
    made_at: datetime
    paused_at: datetime | None
    archived_at: datetime | None


class CampaignIn(Told):
    name: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    key: Annotated[str, StringConstraints(max_length=60)] = ""
    starts_on: Day | None = None
    ends_on: Day | None = None
    greeting_zh: Annotated[str, StringConstraints(max_length=200)] = ""
    greeting_en: Annotated[str, StringConstraints(max_length=200)] = ""


class CampaignChange(Told):
    name: Annotated[str, StringConstraints(min_length=1, max_length=80)] | None = None
    key: Annotated[str, StringConstraints(max_length=60)] | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    greeting_zh: Annotated[str, StringConstraints(max_length=200)] | None = None
    greeting_en: Annotated[str, StringConstraints(max_length=200)] | None = None


class LinkOut(Schema):
    id: int
    code: str
    url: str
    campaign: int
    channel: str
    label: str
    destination: str
    tags: list[str]
    notes: str
    owner: str | None = Field(description="The handle of whoever hears of it when something is wrong with the link.")
    utm_source: str
    utm_medium: str
    utm_campaign: str
    utm_term: str
    utm_content: str
    card_title: str
    card_text: str
    card_picture: int | None = Field(description="The number of a picture at the desk; null: the page's own.")
    is_paid: bool
    starts_at: datetime | None
    before_address: str
    ends_at: datetime | None
    after_address: str
    most_visits: int | None
    full_address: str
    made_at: datetime
    paused_at: datetime | None
    archived_at: datetime | None


class PictureOut(Schema):
    id: int
    title: str
    width: int
    height: int
    url: str = Field(description="The picture as it was brought.")


Label = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Address = Annotated[str, StringConstraints(max_length=destinations.LONGEST)]
Destination = Annotated[str, StringConstraints(min_length=1, max_length=destinations.LONGEST)]
Word = Annotated[str, StringConstraints(max_length=100)]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern="^[^,，、]+$")]
Visits = Annotated[int, Field(ge=1, le=2_000_000_000)]


class Details(Told):
    """What can be said of a link besides where it is put and leads. Null empties it."""

    tags: Annotated[list[Tag], Field(max_length=20)] | None = None
    notes: Annotated[str, StringConstraints(max_length=2000)] | None = None
    owner: Annotated[str, StringConstraints(max_length=30)] | None = Field(
        None, description="The handle of somebody at the desk. A new link is its maker's unless told otherwise."
    )
    utm_source: Word | None = Field(None, description="Left out of a new link, the words of its channel.")
    utm_medium: Word | None = None
    utm_campaign: Word | None = None
    utm_term: Word | None = None
    utm_content: Word | None = None
    card_title: Annotated[str, StringConstraints(max_length=120)] | None = None
    card_text: Annotated[str, StringConstraints(max_length=300)] | None = None
    card_picture: Number | None = Field(None, description="The number of a picture, as /pictures lists them.")
    starts_at: Moment | None = None
    before_address: Address | None = Field(None, description="Where it leads until then; empty: a page that says when.")
    ends_at: Moment | None = None
    after_address: Address | None = Field(None, description="Where it leads from then on; empty: a page that says so.")
    most_visits: Visits | None = None
    full_address: Address | None = Field(None, description="Where it leads once it is full.")


class LinkIn(Details):
    campaign: Number
    channel: Channel
    label: Label
    destination: Destination
    code: Annotated[str, StringConstraints(max_length=codes.LONGEST)] = ""


class LinksIn(Told):
    links: Annotated[list[LinkIn], Field(min_length=1, max_length=100)]


class LinkChange(Details):
    channel: Channel | None = None
    label: Label | None = None
    destination: Destination | None = None


def fitting(form, where="") -> dict[str, Any]:
    """What a desk form makes of the values, or a refusal that says of each what does not fit."""
    if form.is_valid():
        return form.cleaned_data
    found = [
        (f"{where}/{name}" if name != "__all__" else where or "/", words)
        for name, every in form.errors.items()
        for words in every
    ]
    raise Problem("invalid", errors=found)


def as_typed(form, changes) -> dict[str, Any]:
    """A form's own initial values with some changed, as if somebody had typed them all."""
    known = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {**known, **changes}
