"""A gathering as calendars read it: RFC 5545, escaped and folded."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.timezone import now

from community.commons.bilingual import listed

LONGEST_LINE = 75  # octets


def _text(words: str) -> str:
    """Backslashes first, or they would be doubled again."""
    for sign, said in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        words = words.replace(sign, said)
    return words


def _moment(when) -> str:
    return when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _folded(line: str) -> str:
    """Never cut inside a letter: Han letters are three octets each."""
    parts, octets = [""], 0
    for letter in line:
        width = len(letter.encode())
        if octets + width > LONGEST_LINE:
            parts.append(" ")
            octets = 1
        parts[-1] += letter
        octets += width
    return "\r\n".join(parts)


def written(thread, gathering) -> str:
    address = settings.SITE_URL + thread.get_absolute_url()
    names = listed(host.name for host in gathering.hosts.all())
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Homeground//Gatherings//ZH",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:gathering-{thread.pk}@{urlsplit(settings.SITE_URL).hostname}",
        f"SEQUENCE:{gathering.edition}",
        f"DTSTAMP:{_moment(now())}",
        f"DTSTART:{_moment(thread.begins_at)}",
        f"DTEND:{_moment(thread.ends_at)}",
        f"SUMMARY:{_text(thread.title)}",
        f"DESCRIPTION:{_text(names)}\\n{_text(address)}",
        f"URL:{address}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-PT15M",
        f"DESCRIPTION:{_text(thread.title)}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(_folded(line) for line in lines) + "\r\n"
