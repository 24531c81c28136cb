"""The API: the rooms' routers put together, and how every answer is framed, a refusal above all."""

import json
import logging
import re
from functools import cache, wraps

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as Misfit
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from accounts import answering, scopes
from accounts.bearing import key_of
from community.campaigns.api import router as campaigns
from community.commons import limits, misfits, problems
from community.commons.pages import page
from community.commons.problems import Problem
from community.commons.refusals import Refusal
from community.insights.api import router as insights

logger = logging.getLogger(__name__)
LARGEST = 1_000_000
WINDOW = 60  # seconds
JSON = "application/json"
# Which refusals an operation may answer with, for the description; what is not listed there does not happen.
REFUSALS = ("400", "401", "403", "404", "405", "409", "413", "414", "415", "422", "429", "500")
PROBLEM = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}


class Exact(Parser):
    """JSON as the standard has it: no NaN, no Infinity."""

    def parse_body(self, request):
        return json.loads(request.body, parse_constant=_never)


def _never(word):
    raise ValueError(word)


class HouseAPI(NinjaAPI):
    """Describes itself with its refusals and the scope that each operation needs."""

    def get_openapi_schema(self, **told):
        schema = super().get_openapi_schema(**told)
        schema["components"]["schemas"]["Problem"] = PROBLEM
        schema["components"].setdefault("securitySchemes", {})["Bearer"] = {"type": "http", "scheme": "bearer"}
        refusal = {"content": {problems.CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
        for operations in schema["paths"].values():
            for method, operation in operations.items():
                for status in REFUSALS:
                    words = next(str(title) for code, title in problems.TITLES.values() if str(code) == status)
                    operation["responses"].setdefault(status, {"description": words, **refusal})
                if method == "post":
                    operation.setdefault("parameters", []).append(IDEMPOTENCY)
        return schema


IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A word of your own. Sent again within 24 hours with the same request, the same answer comes back.",
    "schema": {"type": "string", "minLength": 1, "maxLength": answering.LONGEST_WORD, "pattern": "^[!-~]+$"},
}

api = HouseAPI(
    title="Homeground",
    version="1.0.0",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
    parser=Exact(),
    servers=[{"url": settings.SITE_URL}],
)
api.add_router("", campaigns)
api.add_router("", insights)


# --- refusals


@api.exception_handler(Problem)
def _problem(request, problem):
    return problems.answer(problem.word, problem.detail, errors=problem.errors, headers=problem.headers)


@api.exception_handler(AuthenticationError)
def _no_key(request, error):
    return problems.answer("key", headers={"WWW-Authenticate": 'Bearer realm="Homeground"'})


@api.exception_handler(ValidationError)
def _invalid(request, error):
    found = [(misfits.pointer(each["loc"]), misfits.sentence(each)) for each in error.errors]
    return problems.answer("invalid", errors=found)


@api.exception_handler(Misfit)
def _misfit(request, error):
    if hasattr(error, "error_dict"):
        return problems.answer("invalid", errors=fields(error.message_dict))
    return problems.answer("invalid", " ".join(error.messages))


def fields(messages):
    return [("/" if name == "__all__" else f"/{name}", words) for name, every in messages.items() for words in every]


@api.exception_handler(Refusal)
def _refused(request, refusal):
    word = {404: "missing", 409: "conflict", 422: "invalid", 429: "often"}.get(refusal.status, "refused")
    return problems.answer(word, refusal.message)


@api.exception_handler(PermissionDenied)
def _denied(request, error):
    return problems.answer("right")


@api.exception_handler(Http404)
def _missing(request, error):
    return problems.answer("missing")


@api.exception_handler(HttpError)
def _unreadable(request, error):
    # Ninja's own: a body that is no JSON.
    return problems.answer("unreadable", _("The body is not JSON."))


@api.exception_handler(RequestDataTooBig)
def _large(request, error):
    return problems.answer("large")


@api.exception_handler(Exception)
def _broken(request, error):
    logger.exception("an API request failed: %s %s", request.method, request.path)
    return problems.answer("broken")


# --- the frame


def framed(view):
    """Around every address: the key's pace, JSON alone, doing a POST once, and refusals in one form."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        key, pace = None, {}
        try:
            key = key_of(request)
            pace = _pace(key) if key else {}
            response = _asked_once(request, key, lambda: _judged(request, view, args, kwargs))
        except Problem as problem:
            response = _problem(request, problem)
        except Exception as error:
            response = _broken(request, error)
        for name, value in pace.items():
            response[name] = value
        response["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Authorization", "Accept-Language"])
        return response

    return csrf_exempt(asked)


def _pace(key) -> dict:
    """Counts a request against its key. Header names: draft-ietf-httpapi-ratelimit-headers."""
    most = settings.API_REQUESTS_A_MINUTE
    left, until = limits.spend("api", str(key.pk), most=most, seconds=WINDOW)
    told = {"RateLimit-Policy": f'"key";q={most};w={WINDOW}', "RateLimit": f'"key";r={max(left, 0)};t={until}'}
    if left < 0:
        raise Problem("often", headers={**told, "Retry-After": str(until)})
    return told


def _judged(request, view, args, kwargs):
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > LARGEST:
        raise Problem("large")
    sent = request.method in {"POST", "PUT", "PATCH"} and length not in {"0", ""}
    was_head = request.method == "HEAD"
    if was_head:
        request.method = "GET"
    try:
        if key_of(request):
            _only_known(request)
        response = view(request, *args, **kwargs) if not sent or request.content_type == JSON else None
    finally:
        if was_head:
            request.method = "HEAD"
    if response is None:
        # A method that is not taken here at all is the greater mistake.
        request.method, method = "TRACE", request.method
        allowed = view(request, *args, **kwargs).headers.get("Allow", "")
        request.method = method
        raise Problem("media") if method in allowed or not allowed else Problem("method", headers={"Allow": allowed})
    if response.status_code == 405:
        raise Problem("method", headers={"Allow": response.headers.get("Allow", "")})
    return response


@cache
def _parameters() -> dict[tuple[str, str], set[str]]:
    """The names each operation knows in its query, by its address and method."""
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    return {
        (address, method): {each["name"] for each in operation.get("parameters", []) if each["in"] == "query"}
        for address, every in paths.items()
        for method, operation in every.items()
    }


def _only_known(request):
    """A name that is not known is a mistake of the caller's, who would otherwise wonder why it changed nothing."""
    address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", request.resolver_match.route)
    known = _parameters().get((address, request.method.lower()))
    if known is not None and (unknown := sorted(set(request.GET) - known)):
        raise Problem("invalid", errors=[(name, misfits.sentence({"type": "extra_forbidden"})) for name in unknown])


def _asked_once(request, key, act):
    word = request.headers.get("Idempotency-Key")
    if request.method != "POST" or word is None or key is None:
        return act()
    if not word or len(word) > answering.LONGEST_WORD or not (word.isascii() and word.isprintable()):
        raise Problem("invalid", errors=[("Idempotency-Key", _("At most 255 plain characters."))])
    asked = request.get_full_path().encode() + b"\n" + request.body
    response, note = answering.once(key=key, word=word, asked=asked, act=act)
    if note is None:
        return response
    again = HttpResponse(bytes(note.body), status=note.status, content_type=f"{JSON}; charset=utf-8")
    again["Idempotent-Replayed"] = "true"
    return again


# --- its own addresses


@require_safe
def description(request):
    """What every address takes and gives, as OpenAPI."""
    text = json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), ensure_ascii=False, indent=1, default=str)
    return HttpResponse(text, content_type=f"{JSON}; charset=utf-8")


@require_safe
def about(request):
    """The same for people: operations, scopes, and what each refusal means."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    operations = [
        (method.upper(), address, each) for address, every in schema["paths"].items() for method, each in every.items()
    ]
    return page(request, "api/index.html", operations=operations, scopes=scopes.known(), problems=problems.TITLES)


@framed
def nowhere(request, rest=""):
    raise Problem("missing")


def _urls():
    for pattern in api.urls[0]:
        if pattern.name != "api-root":
            pattern.callback = framed(pattern.callback)
            yield pattern


app_name = "api"
urlpatterns = [
    path("", about, name="index"),
    path("openapi.json", description, name="openapi"),
    *_urls(),
    path("<path:rest>", nowhere),
]
