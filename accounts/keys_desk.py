"""The desk's drawer of API keys: one's own, and for administrators everybody's. A key is shown once, when it is made."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import access, keying, scopes
from accounts.models import ApiKey
from community.commons import paging
from community.commons.fields import Words


class KeyForm(forms.Form):
    """What a program is to do, and for how long."""

    LIVES = (("30", _("30 days")), ("90", _("90 days")), ("365", _("a year")), ("", _("until it is revoked")))

    name = Words(label=_("What it is for"), min_words=1, max_words=80, max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("It may"), widget=forms.CheckboxSelectMultiple, help_text=_("Never more than you may yourself.")
    )
    days = forms.ChoiceField(label=_("Good for"), choices=LIVES, required=False, initial="90")

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [
            (scope.key, f"{scope.label} ({scope.key})") for scope in scopes.open_to(member)
        ]

    def clean_days(self):
        return int(self.cleaned_data["days"] or 0) or None


def _page(request, form, token="", status=200):
    everyone = access.may_keep_all_keys(request.user)
    shown = ApiKey.objects.for_desk() if everyone else ApiKey.objects.for_desk().of(request.user)
    trail = [
        {"url": reverse("wagtailadmin_home"), "label": _g("Home")},
        {"url": reverse("api_keys"), "label": _g("API keys")},
    ]
    context = {
        "breadcrumbs_items": trail,
        "header_title": _g("API keys"),
        "header_icon": "key",
        "rows": paging.by_key(shown, key=("-pk",), after=request.GET.get("after", ""), size=30),
        "form": form,
        "token": token,
        "everyone": everyone,
    }
    return render(request, "account/desk/keys.html", context, status=status)


def _require(request):
    if not access.may_keep_keys(request.user):
        raise PermissionDenied


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request):
    """The list; a POST makes one, and its answer is the only place that ever shows it."""
    _require(request)
    if request.method != "POST":
        return _page(request, KeyForm(member=request.user))
    form = KeyForm(request.POST, member=request.user)
    if not form.is_valid():
        return _page(request, form, status=422)
    _key, token = keying.issue(member=request.user, by=request.user, **form.cleaned_data)
    return _page(request, KeyForm(member=request.user), token)


@require_POST
def revocation(request, pk):
    _require(request)
    rows = ApiKey.objects.all() if access.may_keep_all_keys(request.user) else ApiKey.objects.of(request.user)
    key = get_object_or_404(rows, pk=pk)
    keying.revoke(key=key)
    messages.success(request, _g("Revoked. Whatever used this key is refused from now on."))
    return redirect("api_keys")
