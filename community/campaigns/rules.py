"""What a rule asks of a visit: how its value is written, checked, and held against somebody who knocks."""

import re
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from django.core.exceptions import ValidationError
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from community.campaigns.models import Rule
from community.commons import browsers

DEVICES = {
    "phone": _("phone"),
    "tablet": _("tablet"),
    "desktop": _("computer"),
    "ios": "iPhone, iPad",
    "android": "Android",
    "windows": "Windows",
    "macos": "macOS",
}
ANY, NONE = "any", "none"
APPS = {
    ANY: _("any app's own browser"),
    NONE: _("a browser of its own, no app"),
    **{name: browsers.NAMES[name] for name, _pattern in browsers.APPS},
}
# How Chinese is written where browsers name the place and not the script.
SCRIPTS = {
    "zh-tw": "zh-hant-tw",
    "zh-hk": "zh-hant-hk",
    "zh-mo": "zh-hant-mo",
    "zh-cn": "zh-hans-cn",
    "zh-sg": "zh-hans-sg",
}
MOST_FIELDS = 200  # parameters of a query that a rule looks through
_TAG = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,3}")
_COMMA = re.compile(r"[\s,、，]+")


class Asked:
    """A visit's query, taken apart once for all the rules there are, and only when one of them asks."""

    __slots__ = ("query", "told")

    def __init__(self, query: bytes):
        self.query = query
        self.told: dict[str, list[str]] | None = None

    def says(self, name: str, value: str | None) -> bool:
        if not self.query:
            return False
        if self.told is None:
            self.told = {}
            for key, said in self._pairs():
                self.told.setdefault(key.lower(), []).append(said)
        said = self.told.get(name)
        return said is not None and (value is None or value in said)

    def _pairs(self) -> list[tuple[str, str]]:
        text = self.query.decode("latin-1")
        if "%" in text or "+" in text:
            try:
                return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
            except ValueError:
                return []
        parts = text.split("&")
        return [] if len(parts) > MOST_FIELDS else [part.partition("=")[::2] for part in parts if part]


class Test(NamedTuple):
    """A rule's question, read once and asked for every visit."""

    kind: str
    wanted: Any  # a set of words; two moments in seconds; a name and a value

    def fits(self, *, agent, language: str, asked: Asked, at: float) -> bool:
        return _FITS[self.kind](self.wanted, agent, language, asked, at)


def _fits_device(wanted, agent, language, asked, at):
    return agent.device in wanted or agent.os in wanted


def _fits_app(wanted, agent, language, asked, at):
    return (agent.app or NONE) in wanted or (bool(agent.app) and ANY in wanted)


def _fits_language(wanted, agent, language, asked, at):
    tag = _script(language.lower())
    return any(tag == want or tag.startswith(f"{want}-") for want in wanted)


def _fits_dates(wanted, agent, language, asked, at):
    return wanted[0] <= at < wanted[1]


def _fits_query(wanted, agent, language, asked, at):
    return bool(wanted) and asked.says(*wanted)


_FITS = {
    Rule.Kind.DEVICE.value: _fits_device,
    Rule.Kind.APP.value: _fits_app,
    Rule.Kind.LANGUAGE.value: _fits_language,
    Rule.Kind.DATES.value: _fits_dates,
    Rule.Kind.QUERY.value: _fits_query,
}


def _script(tag: str) -> str:
    return SCRIPTS.get(tag, tag)


def check(kind: str, value: str) -> str:
    """The value as it is kept, or a ValidationError that says how it is written."""
    value = value.strip()
    match kind:
        case Rule.Kind.DEVICE:
            return _chosen(value, DEVICES)
        case Rule.Kind.APP:
            return _chosen(value, APPS)
        case Rule.Kind.LANGUAGE:
            return _languages(value)
        case Rule.Kind.DATES:
            start, end = _moments(value)
            if start is None and end is None:
                raise ValidationError(_("Give at least one of the two moments."), code="empty")
            if start and end and start >= end:
                raise ValidationError(_("The end must come after the start."), code="order")
            return "/".join(moment.isoformat() if moment else "" for moment in (start, end))
        case Rule.Kind.QUERY:
            return _word(value)
    raise ValidationError(_("There is no such rule."), code="kind")


def _chosen(value: str, among) -> str:
    words = [word for word in _COMMA.split(value.lower()) if word]
    if not words or not set(words) <= set(among):
        raise ValidationError(_("Choose at least one from the list."), code="choice")
    return ",".join(word for word in among if word in words)


def _languages(value: str) -> str:
    tags = [tag for tag in _COMMA.split(value.lower().replace("_", "-")) if tag]
    if not tags or not all(_TAG.fullmatch(tag) for tag in tags):
        raise ValidationError(_("Write languages as browsers do: en, ja, zh-TW."), code="language")
    return ",".join(dict.fromkeys(tags))


def _moments(value: str) -> list[datetime | None]:
    halves = value.split("/")
    if len(halves) != 2:
        raise ValidationError(_("This is not a span of time."), code="shape")
    try:
        found = [datetime.fromisoformat(half.strip()) if half.strip() else None for half in halves]
    except ValueError:
        raise ValidationError(_("This is not a span of time."), code="shape") from None
    if any(moment and not 1990 <= moment.year <= 2200 for moment in found):
        raise ValidationError(_("This is not a span of time."), code="shape")
    zone = get_default_timezone()
    return [moment.replace(tzinfo=zone) if moment and moment.tzinfo is None else moment for moment in found]


def _word(value: str) -> str:
    name, mark, said = value.lstrip("?&").partition("=")
    name = name.strip().lower()
    if not re.fullmatch(r"[\w.~-]{1,60}", name) or "&" in said or "#" in said:
        raise ValidationError(_("Write it as in an address: name, or name=value."), code="word")
    return f"{name}={said.strip()}" if mark else name


def read(kind: str, value: str) -> Test:
    """A kept value as a question. One that no longer reads fits nobody, and never stops the door."""
    try:
        value = check(kind, value)
    except ValidationError:
        return Test(kind, (0.0, 0.0) if kind == Rule.Kind.DATES else frozenset())
    match kind:
        case Rule.Kind.DATES:
            start, end = _moments(value)
            return Test(kind, (start.timestamp() if start else 0.0, end.timestamp() if end else float("inf")))
        case Rule.Kind.QUERY:
            name, mark, said = value.partition("=")
            return Test(kind, (name, said if mark else None))
        case Rule.Kind.LANGUAGE:
            return Test(kind, frozenset(_script(tag) for tag in value.split(",")))
    return Test(kind, frozenset(value.split(",")))


def said(rule: Rule) -> str:
    """A rule's value as a marketer reads it."""
    match rule.kind:
        case Rule.Kind.DEVICE:
            return "、".join(str(DEVICES.get(word, word)) for word in rule.value.split(","))
        case Rule.Kind.APP:
            return "、".join(str(APPS.get(word, word)) for word in rule.value.split(","))
        case Rule.Kind.DATES:
            zone = get_default_timezone()
            halves = [f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else "…" for moment in _moments(rule.value)]
            return " – ".join(halves)
    return rule.value
