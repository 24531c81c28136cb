"""The house's own way of saying no: a status, and a sentence for the reader."""

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Refusal(Exception):
    """Raised by a verb or a rule; rendered once, by the middleware below, as page or fragment.

    `status` is the HTTP status, `message` a sentence in the reader's language, `kept` what they had typed,
    `leads_to` the name of the page where they read more about it, `near` what is open to them close to where they
    wanted to go: something with an address and a name.
    """

    status = 403
    leads_to = ""
    near = None
    message = _("That is not open to you.")

    def __init__(self, message=None, *, kept: str = "", status: int | None = None):
        super().__init__(message or self.message)
        self.message = message or self.message
        self.kept = kept
        self.status = status or self.status


class TooOften(Refusal):
    """`seconds` from now it may be done again, where that is known."""

    status = 429
    message = _("That was a little fast. Wait a moment, then try again.")

    def __init__(self, *, seconds: int = 0, kept: str = ""):
        super().__init__(again_in(seconds) if seconds else None, kept=kept)
        self.seconds = seconds


def again_in(seconds: int) -> str:
    """Seconds as long as somebody would count them, then minutes."""
    if seconds < 120:
        said = ngettext(
            "That was a little fast. Try again in %(count)d second.",
            "That was a little fast. Try again in %(count)d seconds.",
            seconds,
        )
        return said % {"count": seconds}
    minutes = -(-seconds // 60)
    said = ngettext(
        "That was a little fast. Try again in %(count)d minute.",
        "That was a little fast. Try again in %(count)d minutes.",
        minutes,
    )
    return said % {"count": minutes}


class RefusalMiddleware:
    """Turns a refusal into an answer, whether a person or a script had asked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refusal):
            return None
        template = "errors/_refusal.html" if getattr(request, "htmx", False) else "errors/refusal.html"
        kept = exception.kept or request.POST.get("body", "")
        # What a room had found for this reader before it said no is open to them: the way back leads there.
        near = exception.near or getattr(request, "near", None)
        told = {"message": exception.message, "kept": kept, "refusal": exception, "near": near}
        answer = render(request, template, told, status=exception.status)
        if seconds := getattr(exception, "seconds", 0):
            answer["Retry-After"] = str(seconds)
        return answer
