"""Personal facts as services match them: spelled in the one exact way, then hashed. Spelled otherwise they match nobody."""

import hashlib
import re
import unicodedata
from datetime import datetime, timedelta

import phonenumbers
from django.utils.crypto import salted_hmac

HOME = "TW"  # where a number without a country is from
HASHED = re.compile(r"[0-9a-f]{64}")
FBCLID = re.compile(r"[A-Za-z0-9_-]{1,500}")
# Four parts; newer ones end in a fifth, two or eight letters that say which builder made it.
FBC = re.compile(r"fb\.\d\.\d{10,16}\.[A-Za-z0-9_-]{1,500}(\.(?:[A-Za-z0-9_-]{2}|[A-Za-z0-9_-]{8}))?")
CLICKS_COUNT_FOR = timedelta(days=90)


def hashed(said: str) -> str:
    """SHA-256 of what was normalised, as hexadecimal; nothing for nothing."""
    return hashlib.sha256(said.encode()).hexdigest() if said else ""


def email(said: str) -> str:
    """Lower case, no blanks around, full-width letters as plain ones; nothing for what is no address."""
    said = unicodedata.normalize("NFKC", said or "").strip().lower()
    name, at, host = said.rpartition("@")
    return said if at and name and "." in host and not any(c.isspace() for c in said) else ""


def phone(said: str, region: str = HOME) -> str:
    """Digits with the country in front: 0912-345-678 is 886912345678. Nothing for what cannot be dialled.

    A national number hashed without its country matches nobody, and "+886 0912…" keeps a nought that is not dialled:
    both are what a plain removal of signs would give.
    """
    said = unicodedata.normalize("NFKC", said or "").strip()
    said = re.sub(r"^00(?=[1-9])", "+", said)
    try:
        number = phonenumbers.parse(said, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).lstrip("+")


def external_id(member_id: int) -> str:
    """The same for a member each time, and nothing that could be counted back to the number they have here."""
    return hashed(salted_hmac("campaigns.outward.member", str(member_id), algorithm="sha256").hexdigest())


def is_fbc(said: str) -> bool:
    return bool(FBC.fullmatch(said))


def fbc(fbclid: str, clicked_at: datetime, moment: datetime) -> str:
    """Facebook's click, with the moment at which it was first seen. Its case is kept: it is part of what it means."""
    if not FBCLID.fullmatch(fbclid or "") or clicked_at > moment or moment - clicked_at > CLICKS_COUNT_FOR:
        return ""
    return f"fb.1.{int(clicked_at.timestamp() * 1000)}.{fbclid}"


def kept_fbc(said: str, moment: datetime) -> str:
    """One that Facebook's own script made, of four parts or five; too old a one counts for nothing."""
    if not is_fbc(said or ""):
        return ""
    age = moment.timestamp() * 1000 - int(said.split(".")[2])
    return said if 0 <= age <= CLICKS_COUNT_FOR.total_seconds() * 1000 else ""


def user_data(*, member_id: int, email_said: str = "", phone_said: str = "", agent: str = "", click: str = "") -> dict:
    """What Meta matches a person by. Agent and click travel as they are: Meta asks for them unhashed."""
    told: dict = {"external_id": [external_id(member_id)]}
    if found := hashed(email(email_said)):
        told["em"] = [found]
    if found := hashed(phone(phone_said)):
        told["ph"] = [found]
    if agent:
        told["client_user_agent"] = agent
    if click:
        told["fbc"] = click
    return told
