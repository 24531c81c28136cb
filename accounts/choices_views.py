"""The page of choices: each purpose for itself, changed and taken back as easily as given."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import access, choosing, consenting
from accounts.forms import ChoicesForm
from accounts.models import BrowserConsent, Consent, Purpose
from community.commons.pages import page

WORDS = {
    Purpose.MEASURING: (
        _("Know this browser again"),
        _(
            "A cookie of our own, for thirteen months at most. It tells us which post, poster or letter brought the "
            "people who stayed. Nobody else ever sees it."
        ),
    ),
    Purpose.ADS: (
        _("Tell ad platforms that you joined"),
        _(
            "When you join, we tell the platform whose advertisement brought you, with your email scrambled so that it "
            "can be matched and not read. It helps us not to advertise where it brings nobody."
        ),
    ),
    Purpose.MARKETING: (
        _("News and offers by mail"),
        _("Letters about events, new things and offers. Each has a way out at its foot."),
    ),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request):
    """Shows what stands and takes another choice, without script too."""
    member = request.user if request.user.is_authenticated else None
    offered = consenting.offered_to(member)
    place = access.safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    form = ChoicesForm(request.POST, offered=offered)
    if request.method == "POST" and form.is_valid():
        in_passing = "passing" in request.POST
        # The slip on every page speaks of two purposes only: letters are no part of its question.
        among = consenting.ASKED if in_passing else offered
        choosing.choose(request, form.chosen & set(among), among=among)
        return _heard(request, place, in_passing)
    known = {"offered": _offered(request, member, offered), "next": place, "facts": _facts(request, member)}
    known |= {"is_saved": "saved" in request.GET, "asks_not_to": choosing.asks_not_to(request)}
    known |= {"is_minor": member is not None and member.is_minor}
    return page(request, "account/choices.html", status=422 if request.method == "POST" else 200, **known)


def _heard(request, place, in_passing: bool):
    if in_passing and request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponse(status=204)
    return redirect(place if in_passing else _address(place))


def _address(place: str) -> str:
    return f"{reverse('choices')}?{urlencode({'saved': 1, 'next': place})}"


def _offered(request, member, purposes) -> list[dict]:
    shut = choosing.asks_not_to(request)
    return [
        {
            "purpose": purpose.value,
            "title": WORDS[purpose][0],
            "why": WORDS[purpose][1],
            "is_shut": shut and purpose in consenting.ASKED,
            "stands": not (shut and purpose in consenting.ASKED)
            and consenting.allows(member=member, visitor=request.visitor, purpose=purpose),
        }
        for purpose in purposes
    ]


def _facts(request, member):
    if member is not None:
        return Consent.objects.of_member(member)[:50]
    return BrowserConsent.objects.of_visitor(request.visitor)[:50] if request.visitor else []
