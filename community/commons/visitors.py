"""Who is looking before they are a member: a signed cookie that lives as long as the browser's session."""

import base64
import hashlib
import hmac
import uuid
from functools import lru_cache

from django.conf import settings
from uuid_utils import compat

COOKIE = "visitor"
_LENGTH = 22  # sixteen bytes in URL-safe base64 without padding


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return hashlib.sha256(b"visitor cookie" + secret.encode()).digest()


def _sign(name: str) -> str:
    digest = hmac.digest(_key(settings.SECRET_KEY), name.encode(), "sha256")[:16]
    return base64.urlsafe_b64encode(digest)[:_LENGTH].decode()


def issue() -> tuple[uuid.UUID, str]:
    """A new visitor and the cookie's value for them."""
    visitor = compat.uuid4()
    return visitor, seal(visitor)


def seal(visitor: uuid.UUID) -> str:
    name = base64.urlsafe_b64encode(visitor.bytes)[:_LENGTH].decode()
    return f"{name}.{_sign(name)}"


def read(value: str | None) -> uuid.UUID | None:
    """The visitor a cookie speaks of, or None when it is missing, damaged or forged."""
    if not value or len(value) != 2 * _LENGTH + 1 or not value.isascii() or value[_LENGTH] != ".":
        return None
    name, signature = value[:_LENGTH], value[_LENGTH + 1 :]
    # The signature stops a stranger from choosing an identity, and so from reaching words held for someone else.
    if not hmac.compare_digest(_sign(name), signature):
        return None
    return uuid.UUID(bytes=base64.urlsafe_b64decode(name + "=="))


def cookie_header(value: str, *, secure: bool) -> bytes:
    """The Set-Cookie header's value, for answers given below Django."""
    return f"{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}".encode()


def ensure(request) -> uuid.UUID:
    """This request's visitor; the answer will carry a new cookie when there was none."""
    if request.visitor is None:
        request.visitor, request.visitor_cookie = issue()
    return request.visitor


def forget(request):
    """The next request starts as somebody new: after leaving, the device may be another person's."""
    request.visitor, request.visitor_cookie = None, ""


class VisitorMiddleware:
    """Gives every request its `visitor`, and writes the cookie when a view asked for one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.visitor = read(request.COOKIES.get(COOKIE))
        request.visitor_cookie = None
        response = self.get_response(request)
        if request.visitor_cookie:
            response.set_cookie(COOKIE, request.visitor_cookie, httponly=True, samesite="Lax", secure=settings.SECURE)
        elif request.visitor_cookie == "":
            response.delete_cookie(COOKIE, samesite="Lax")
        return response
