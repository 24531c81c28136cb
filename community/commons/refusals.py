"""The house's own way of saying no: a status, and a sentence for the reader."""

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Raised by a verb or a rule; rendered once, by the middleware below, as page or fragment.

    `status` is the HTTP status, `message` a sentence in the reader's language, `kept` what they had typed,
    `leads_to` the name of the page where they read more about it.
    """

    status = 403
    leads_to = ""
    message = _("That is not open to you.")

    def __init__(self, message=None, *, kept: str = "", status: int | None = None):
        super().__init__(message or self.message)
        self.message = message or self.message
        self.kept = kept
        self.status = status or self.status


class TooOften(Refusal):
    status = 429
    message = _("That was a little fast. Wait a moment, then try again.")


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
        return render(
            request,
            template,
            {"message": exception.message, "kept": kept, "refusal": exception},
            status=exception.status,
        )
