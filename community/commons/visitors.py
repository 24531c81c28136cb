"""Who is looking before they are a member: a signed cookie, gone with the browser's session unless they allow more."""

import binascii
import hashlib
import hmac
import uuid
from functools import cache

from django.conf import settings
from uuid_utils import uuid7

COOKIE = "visitor"
_NAME = COOKIE.encode()
_PLAIN = b"; Path=/; HttpOnly; SameSite=Lax"
_SECURE = _PLAIN + b"; Secure"
_LENGTH = 22  # sixteen bytes in URL-safe base64 without padding
_TO_URL, _FROM_URL = bytes.maketrans(b"+/", b"-_"), bytes.maketrans(b"-_", b"+/")


@cache
def _keyed():
    """BLAKE2b with the key already in it (RFC 7693): a MAC by itself, and beginning anew each time is half of the work."""
    key = hashlib.sha256(b"visitor cookie" + settings.SECRET_KEY.encode()).digest()
    return hashlib.blake2b(key=key, digest_size=16)


def _base64(data: bytes) -> bytes:
    return binascii.b2a_base64(data, newline=False)[:_LENGTH].translate(_TO_URL)


def _sign(name: bytes) -> bytes:
    seal = _keyed().copy()
    seal.update(name)
    return _base64(seal.digest())


def mint() -> bytes:
    """A new visitor's sixteen bytes: a version 7 UUID, so that newcomers stand together in every index of them."""
    return uuid7().bytes


def issue() -> tuple[uuid.UUID, str]:
    """A new visitor and the cookie's value for them."""
    visitor = mint()
    return uuid.UUID(bytes=visitor), sealed(visitor).decode()


def seal(visitor: uuid.UUID) -> str:
    return sealed(visitor.bytes).decode()


def sealed(visitor: bytes) -> bytes:
    """The cookie's value for a visitor's sixteen bytes."""
    name = _base64(visitor)
    return name + b"." + _sign(name)


def opened(value: bytes) -> bytes | None:
    """The sixteen bytes of the visitor a cookie speaks of, or None when it is missing, damaged or forged."""
    if len(value) != 2 * _LENGTH + 1 or value[_LENGTH] != 0x2E:
        return None
    name = value[:_LENGTH]
    # The signature stops a stranger from choosing an identity, and so from reaching words held for someone else.
    if not hmac.compare_digest(_sign(name), value[_LENGTH + 1 :]):
        return None
    return binascii.a2b_base64(name.translate(_FROM_URL) + b"==")


def read(value: str | None) -> uuid.UUID | None:
    """The same for a cookie's value as text."""
    if not value or not value.isascii():
        return None
    visitor = opened(value.encode())
    return uuid.UUID(bytes=visitor) if visitor else None


def cookie_header(value: str, *, secure: bool) -> bytes:
    """The Set-Cookie header's value, for answers given below Django."""
    return f"{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}".encode()


def cookie_for(visitor: bytes, *, secure: bool) -> bytes:
    """The same for a visitor's sixteen bytes, where every microsecond counts."""
    return b"%b=%b%b" % (_NAME, sealed(visitor), _SECURE if secure else _PLAIN)


def ensure(request) -> uuid.UUID:
    """This request's visitor; the answer will carry a new cookie when there was none."""
    if request.visitor is None:
        request.visitor, request.visitor_cookie = issue()
    return request.visitor


def adopt(request, visitor: uuid.UUID):
    """From this answer on, this browser is that visitor."""
    request.visitor, request.visitor_cookie = visitor, seal(visitor)


def forget(request):
    """The next request starts as somebody new: after leaving, the device may be another person's."""
    request.visitor, request.visitor_cookie = None, ""


class VisitorMiddleware:
    """Gives every request its `visitor`, and writes the cookie when a view asked for one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.visitor = read(request.COOKIES.get(COOKIE))
        request.visitor_cookie, request.visitor_cookie_age = None, None
        response = self.get_response(request)
        if request.visitor_cookie:
            response.set_cookie(
                COOKIE,
                request.visitor_cookie,
                max_age=request.visitor_cookie_age,  # none: until the browser is closed
                httponly=True,
                samesite="Lax",
                secure=settings.SECURE,
            )
        elif request.visitor_cookie == "":
            response.delete_cookie(COOKIE, samesite="Lax")
        return response
