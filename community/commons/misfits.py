"""What does not fit in a request, in sentences: a schema checker knows English and its own jargon only."""

from django.utils.translation import gettext as _

SAME = {
    "int_type": "int",
    "int_parsing": "int",
    "int_parsing_size": "int",
    "int_from_float": "int",
    "bool_type": "bool",
    "bool_parsing": "bool",
    "string_type": "text",
    "string_sub_type": "text",
    "list_type": "list",
    "dict_type": "object",
    "model_type": "object",
    "model_attributes_type": "object",
    "enum": "choice",
    "literal_error": "choice",
    "greater_than_equal": "low",
    "greater_than": "low",
    "less_than_equal": "high",
    "less_than": "high",
    "string_too_short": "short",
    "too_short": "short",
    "string_too_long": "long",
    "too_long": "long",
    "date_type": "day",
    "date_parsing": "day",
    "date_from_datetime_parsing": "day",
    "date_from_datetime_inexact": "day",
    "datetime_type": "moment",
    "datetime_parsing": "moment",
    "datetime_from_date_parsing": "moment",
    "datetime_object_invalid": "moment",
    "timezone_aware": "zone",
    "string_pattern_mismatch": "shape",
    "string_unicode": "letters",
    "uuid_parsing": "shape",
    "uuid_type": "shape",
}


def sentence(error: dict) -> str:
    """One of pydantic's findings, as the reader would say it."""
    facts = error.get("ctx", {})
    kind = SAME.get(error["type"], error["type"])
    if kind == "missing":
        return _("This is needed.")
    if kind == "extra_forbidden":
        return _("Nothing of this name is known here.")
    if kind == "int":
        return _("This must be a whole number.")
    if kind == "bool":
        return _("This must be true or false.")
    if kind == "text":
        return _("This must be text.")
    if kind == "list":
        return _("This must be a list.")
    if kind == "object":
        return _("This must be an object.")
    if kind == "choice":
        return _("This must be one of: %(choices)s.") % {"choices": facts.get("expected", "…")}
    if kind == "low":
        return _("This is too small: at least %(least)s.") % {"least": facts.get("ge", facts.get("gt", "…"))}
    if kind == "high":
        return _("This is too large: at most %(most)s.") % {"most": facts.get("le", facts.get("lt", "…"))}
    if kind == "short":
        return _("This is too short: at least %(least)s.") % {"least": facts.get("min_length", "…")}
    if kind == "long":
        return _("This is too long: at most %(most)s.") % {"most": facts.get("max_length", "…")}
    if kind == "day":
        return _("This must be a day, as in 2026-11-22.")
    if kind == "moment":
        return _("This must be a moment, as in 2026-11-22T09:30:00+08:00.")
    if kind == "zone":
        return _("Say the time zone too, as in 2026-11-22T09:30:00+08:00.")
    if kind == "letters":
        return _("This holds characters that are none.")
    return _("This does not have the shape it must have.")


def pointer(place) -> str:
    """Where in the request: a JSON pointer into the body, or the name of a parameter."""
    source, *rest = place
    if source == "body":
        # The body is one parameter of ours, whose name says nothing to the caller.
        return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in rest[1:]) or "/"
    return ".".join(str(step) for step in rest) or str(source)
