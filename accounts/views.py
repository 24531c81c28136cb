"""The pages of joining, leaving, and being somebody here."""

from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import access, codes, consenting, handing, joining, stepping
from accounts.forms import CodeForm, JoinForm, ProfileForm
from accounts.models import Consent, Member
from community.commons import browsers, visitors
from community.commons.pages import page


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request):
    """Asks for one address, and sends a code to it."""
    place = access.safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(place)
    if request.method != "POST":
        visitors.ensure(request)
        stepping.step(request, stepping.JOIN_OPENED)
        form = JoinForm(initial={"next": place, "email": request.GET.get("email", "")[:254]})
        return _asking(request, form, place)
    form = JoinForm(request.POST)
    if not form.is_valid():
        return _asking(request, form, place, status=422)
    if form.is_trap:
        return redirect("join_code")
    email = form.cleaned_data["email"]
    if not codes.allowed(request, email):
        form.add_error("email", _("That was many codes in a short time. Wait a few minutes, then try again."))
        return _asking(request, form, place, status=429)
    visitors.ensure(request)
    codes.JoinCode.begin(request, email=email, next_place=place, marketing=form.cleaned_data["marketing"])
    stepping.step(request, stepping.CODE_ASKED)
    return redirect("join_code")


def _asking(request, form, place, status=200):
    """The join page; inside an app's own browser it also shows the way out."""
    browser = browsers.of(request)
    out = handing.way_out(request, browser, place) if browser.is_inside else None
    known = {"form": form, "next": place, "browser": browser, "out": out}
    return page(request, "account/join.html", "account/_join_card.html", status=status, **known)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join_code(request):
    """Takes the code, and leads back to the place someone came from."""
    process = codes.JoinCode.resume(request)
    if request.user.is_authenticated:
        return redirect(process.next_place if process else "/")
    if process is None:
        return redirect("join")
    form = CodeForm(request.POST or None)
    if request.method != "POST":
        return page(request, "account/join_code.html", form=form, process=process)
    if not form.is_valid():
        return page(request, "account/join_code.html", form=form, process=process, status=422)
    if not codes.may_try(request):
        form.add_error("code", _("Too many tries in a short time. Wait a minute, then try again."))
        return page(request, "account/join_code.html", form=form, process=process, status=429)
    stepping.step(request, stepping.CODE_ENTERED)
    if wrong := process.check(form.cleaned_data["code"]):
        if wrong.tries_left:
            form.add_error("code", _("That is not the code. Look again, perhaps there is a newer mail."))
        else:
            form.add_error("code", _("This code no longer works. What you wrote is kept; send yourself a new one."))
        return page(request, "account/join_code.html", form=form, process=process, status=422)
    response, _member, is_new = process.finish(visitors.ensure(request))
    if is_new and request.user.is_authenticated:
        stepping.step(request, stepping.JOINED)
        messages.success(request, _("Welcome. You are in."), extra_tags="joined")
    return response


@never_cache
@require_POST
def resend(request):
    """Sends a fresh code to the same address."""
    process = codes.JoinCode.resume(request)
    if process is None:
        return redirect("join")
    if process.can_resend and codes.allowed(request, process.email):
        process.resend()
        messages.success(request, _("A new code is on its way. The old one no longer works."))
    else:
        messages.error(request, _("That was many codes in a short time. Wait a few minutes, then try again."))
    return redirect("join_code")


@require_POST
def leave(request):
    """Signs out, of this device or of all; the next visitor of this one starts afresh."""
    if "everywhere" in request.POST and request.user.is_authenticated:
        joining.sign_out_everywhere(member=request.user)
    logout(request)
    visitors.forget(request)
    return redirect(access.safe_next(request, request.POST.get("next", "")))


def _known_of(member) -> dict:
    """What stands in the form of a member's own page."""
    fields = ("name", "handle", "locale", "time_zone", "is_minor", "is_seen", "hears_reactions")
    known = {field: getattr(member, field) for field in fields}
    return known | {"marketing": Consent.objects.standing(member, Consent.Purpose.MARKETING).exists()}


@never_cache
@access.member_required
@require_http_methods(["GET", "HEAD", "POST"])
def me(request):
    """A member's own page: name, handle, language, and what they agreed to."""
    member = request.user
    if request.method != "POST":
        return page(request, "account/me.html", form=ProfileForm(member=member, initial=_known_of(member)))
    form = ProfileForm(request.POST, member=member)
    if not form.is_valid():
        return page(request, "account/me.html", form=form, status=422)
    told = form.cleaned_data
    names = ("name", "handle", "locale", "time_zone", "is_seen", "hears_reactions")
    joining.present(member=member, **{name: told[name] for name in names})
    consenting.say_age(member=member, is_minor=told["is_minor"])
    wants_mail = told["marketing"] and not told["is_minor"]
    (joining.agree if wants_mail else joining.withdraw)(member=member, purpose=Consent.Purpose.MARKETING)
    messages.success(request, _("Saved."))
    return redirect("me")


@access.member_required
@require_POST
def name(request):
    """The one question a new member is asked, at the place they were: what shall people call you?"""
    place = access.safe_next(request, request.POST.get("next", ""))
    known = {"name": request.POST.get("name", ""), "handle": "", "locale": "", "time_zone": ""}
    form = ProfileForm(known, member=request.user)
    if form.is_valid():
        joining.present(member=request.user, name=form.cleaned_data["name"])
        messages.success(request, _("Nice to meet you, %(name)s.") % {"name": request.user.name})
        return redirect(place)
    typed = _known_of(request.user) | {"name": known["name"]}
    return page(request, "account/me.html", form=ProfileForm(typed, member=request.user), status=422)


@require_GET
def member(request, handle):
    """Somebody's public page."""
    person = get_object_or_404(Member.objects.public().select_related("tier"), handle=handle)
    return page(request, "account/member.html", person=person)
