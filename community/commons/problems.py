"""Saying no to a program: problem details (RFC 9457), with words in the language the caller asked for."""

from http import HTTPStatus

from django.http import JsonResponse
from django.utils.translation import gettext_lazy as _

CONTENT_TYPE = "application/problem+json"

# A word for programs to compare, and a title for people; the word is also the anchor on the page about the API.
TITLES = {
    "unreadable": (400, _("The request cannot be read.")),
    "key": (401, _("A valid key is needed.")),
    "scope": (403, _("This key does not open that.")),
    "right": (403, _("The member this key acts for may not do that.")),
    "refused": (403, _("That is not open to you.")),
    "missing": (404, _("There is nothing at this address.")),
    "method": (405, _("This address does not take that method.")),
    "conflict": (409, _("That cannot be done as things stand now.")),
    "large": (413, _("The request is too large.")),
    "long": (414, _("The address is too long.")),
    "media": (415, _("Send JSON, with Content-Type: application/json.")),
    "invalid": (422, _("Something in the request does not fit.")),
    "reused": (422, _("This Idempotency-Key was used for another request.")),
    "often": (429, _("Too many requests. Wait as long as Retry-After says.")),
    "broken": (500, _("Something broke here. It was noted, and is not your fault.")),
}


class Problem(Exception):
    """Raised anywhere below an API address; becomes the answer."""

    def __init__(self, word: str, detail="", *, errors=(), headers=None):
        super().__init__(word)
        self.word, self.detail, self.errors, self.headers = word, detail, list(errors), headers or {}


def answer(word: str, detail="", *, status=None, errors=(), headers=None) -> JsonResponse:
    """`errors` are pairs of a JSON pointer or parameter name, and a sentence."""
    usual, title = TITLES[word]
    status = status or usual
    told = {
        "type": f"/api/v1/#{word}",
        "title": str(title) if status == usual else HTTPStatus(status).phrase,
        "status": status,
    }
    if detail:
        told["detail"] = str(detail)
    if errors:
        told["errors"] = [{"pointer": str(place), "detail": str(words)} for place, words in errors]
    as_they_are = {"ensure_ascii": False}
    return JsonResponse(told, status=status, content_type=CONTENT_TYPE, headers=headers, json_dumps_params=as_they_are)
