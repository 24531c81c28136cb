"""Who holds a socket, told from the headers it was opened with, exactly as a page would be told."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model, load_backend
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, parse_cookie
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.utils.module_loading import import_string

from community.commons import visitors


@dataclass(frozen=True, slots=True)
class Reader:
    """What a socket's headers say: the session it belongs to, the visitor, the language."""

    session: str
    visitor: str
    language: str


def read(headers: dict[bytes, bytes]) -> Reader:
    cookies = parse_cookie(headers.get(b"cookie", b"").decode("latin-1"))
    request = HttpRequest()
    request.COOKIES = cookies
    request.META["HTTP_ACCEPT_LANGUAGE"] = headers.get(b"accept-language", b"").decode("latin-1")
    session = cookies.get(settings.SESSION_COOKIE_NAME, "")
    return Reader(
        # Our keys are letters and digits; a forged one may hold what PostgreSQL cannot even look for.
        session=session if session.isascii() and session.isalnum() else "",
        visitor=str(visitors.read(cookies.get(visitors.COOKIE)) or ""),
        language=translation.get_language_from_request(request),
    )


def person_of(session_key: str):
    """The member a session belongs to, or a stranger; blocks, so it is called in a thread.

    Django's own get_user renews or empties the session as it reads. A socket cannot give the browser a new cookie,
    so it only reads.
    """
    if not session_key:
        return AnonymousUser()
    session: SessionBase = import_string(f"{settings.SESSION_ENGINE}.SessionStore")(session_key)
    try:
        pk = get_user_model()._meta.pk.to_python(session[SESSION_KEY])
        backend, seal = session[BACKEND_SESSION_KEY], session[HASH_SESSION_KEY]
    except KeyError:
        return AnonymousUser()
    person = load_backend(backend).get_user(pk) if backend in settings.AUTHENTICATION_BACKENDS else None
    if person is None or not any(constant_time_compare(seal, valid) for valid in _seals(person)):
        return AnonymousUser()
    return person


def _seals(person):
    yield person.get_session_auth_hash()
    yield from person.get_session_auth_fallback_hash()
