"""What a rule asks of a visit: how its value is written, checked, and held against somebody who knocks."""

import re
from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from community.campaigns.agents import Agent
from community.campaigns.models import Rule
from community.campaigns.queries import Asked
from community.commons import browsers
from community.commons.bilingual import listed

# Whether a rule is for a visit: who asks, in which language, with what query, and when.
Fits = Callable[[Agent, str, Asked, float], bool]
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
_TAG = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,3}")
_COMMA = re.compile(r"[\s,、，]+")


def _for_device(wanted: frozenset[str]) -> Fits:
    return lambda agent, language, asked, at: agent.device in wanted or agent.os in wanted


def _for_app(wanted: frozenset[str]) -> Fits:
    if ANY in wanted:
        return lambda agent, language, asked, at: bool(agent.app) or NONE in wanted
    return lambda agent, language, asked, at: (agent.app or NONE) in wanted


def _for_language(wanted: frozenset[str]) -> Fits:
    beginnings = tuple(f"{tag}-" for tag in wanted)

    def fits(agent, language, asked, at):
        tag = _script(language.lower())
        return tag in wanted or tag.startswith(beginnings)

    return fits


def _for_dates(start: float, end: float) -> Fits:
    return lambda agent, language, asked, at: start <= at < end


def _for_query(name: str, value: str | None) -> Fits:
    return lambda agent, language, asked, at: asked.says(name, value)


def _for_nobody(agent, language, asked, at) -> bool:
    return False


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


def awaited(kind: str, value: str) -> bytes | None:
    """The parameter without which a kept rule fits nobody, if it waits for one."""
    return value.strip().lstrip("?&").partition("=")[0].strip().lower().encode() if kind == Rule.Kind.QUERY else None


def read(kind: str, value: str) -> Fits:
    """A kept value as a question, asked for every visit. One that no longer reads fits nobody, and never stops the door."""
    try:
        value = check(kind, value)
    except ValidationError:
        return _for_nobody
    words = value.split(",")
    match kind:
        case Rule.Kind.DATES:
            start, end = _moments(value)
            return _for_dates(start.timestamp() if start else 0.0, end.timestamp() if end else float("inf"))
        case Rule.Kind.QUERY:
            name, mark, said = value.partition("=")
            return _for_query(name, said if mark else None)
        case Rule.Kind.LANGUAGE:
            return _for_language(frozenset(map(_script, words)))
        case Rule.Kind.APP:
            return _for_app(frozenset(words))
    return _for_device(frozenset(words))


def said(rule: Rule) -> str:
    """A rule's value as a marketer reads it."""
    match rule.kind:
        case Rule.Kind.DEVICE:
            return listed(DEVICES.get(word, word) for word in rule.value.split(","))
        case Rule.Kind.APP:
            return listed(APPS.get(word, word) for word in rule.value.split(","))
        case Rule.Kind.DATES:
            zone = get_default_timezone()
            halves = [f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else "…" for moment in _moments(rule.value)]
            return " – ".join(halves)
    return rule.value
