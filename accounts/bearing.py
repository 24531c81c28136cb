"""Knowing a program by its key: `Authorization: Bearer hg_…`."""

from django.utils.translation import gettext as _
from ninja.security.http import HttpAuthBase

from accounts import keying, scopes
from community.commons.problems import Problem


def key_of(request):
    """The key a request bears, looked up once; None for a stranger, and for a key that no longer opens anything."""
    if not hasattr(request, "api_key"):
        kind, _space, token = request.headers.get("Authorization", "").partition(" ")
        request.api_key = keying.find(token.strip()) if kind.lower() == "bearer" else None
    return request.api_key


class Bearer(HttpAuthBase):
    """Lets in keys with this scope, of members who have that right themselves."""

    openapi_scheme = "bearer"

    def __init__(self, scope: str):
        super().__init__()
        self.scope = scope

    def __call__(self, request):
        if (key := key_of(request)) is None:
            return None
        if self.scope not in key.scopes:
            raise Problem("scope", _("The scope %(scope)s is needed.") % {"scope": self.scope})
        if not scopes.may(key.member, self.scope):
            raise Problem("right")
        return key
