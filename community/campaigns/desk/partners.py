"""Partners at the desk: who they are, the links on their pages, and the address of the page that is theirs."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.campaigns import partnering
from community.campaigns.access import may_make_links, may_see_campaigns, open_to
from community.campaigns.desk.frame import SIZE, page
from community.campaigns.forms.people import PartnerForm, PartnerLinkForm
from community.campaigns.models import Partner
from community.commons import paging


def _trail(*more):
    return (reverse("campaigns:partners"), _("Partners")), *more


@open_to(may_see_campaigns)
@require_safe
def index(request):
    rows = paging.by_key(Partner.objects.for_desk(), key=("name", "pk"), after=request.GET.get("after", ""), size=SIZE)
    return page(request, "campaigns/desk/partners.html", *_trail(), rows=rows, may_make=may_make_links(request.user))


@open_to(may_make_links)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect(_place(partnering.make(by=request.user, **form.cleaned_data)))
    crumbs = _trail(("", _("New partner")))
    status = 422 if request.method == "POST" else 200
    return page(request, "campaigns/desk/form.html", *crumbs, status=status, form=form, button=_("Keep this"))


@never_cache
@open_to(may_see_campaigns)
@require_safe
def partner(request, pk):
    found = get_object_or_404(Partner, pk=pk)
    return _partner(request, found, PartnerLinkForm(initial={"label": found.name}))


def _partner(request, found, form, status=200):
    may_make = may_make_links(request.user)
    address = reverse("campaigns_door:partner", args=[partnering.secret_of(found)])
    context = {
        "partner": found,
        "form": form if may_make else None,
        "figures": partnering.figures(found),
        "may_make": may_make,
        # Whoever may not make links has no need of the key to somebody's page.
        "address": request.build_absolute_uri(address) if may_make and not found.revoked_at else "",
    }
    return page(request, "campaigns/desk/partner.html", *_trail((_place(found), found.name)), status=status, **context)


def _place(found) -> str:
    return reverse("campaigns:partner", args=[found.pk])


@open_to(may_make_links)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request, pk):
    found = get_object_or_404(Partner, pk=pk)
    name = found.name
    form = PartnerForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        partnering.change(partner=found, **form.cleaned_data)
        return redirect(_place(found))
    crumbs = _trail((_place(found), name), ("", _("Words and fee")))
    status = 422 if request.method == "POST" else 200
    return page(request, "campaigns/desk/form.html", *crumbs, status=status, form=form, button=_("Keep this"))


@open_to(may_make_links)
@require_POST
def links(request, pk):
    found = get_object_or_404(Partner, pk=pk)
    form = PartnerLinkForm(request.POST)
    try:
        if form.is_valid():
            link = partnering.make_link(partner=found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Made: %(url)s") % {"url": link.url})
            return redirect(_place(found))
    except ValidationError as error:  # somebody took the code in between
        form.add_error(None, error)
    return _partner(request, found, form, status=422)


@open_to(may_make_links)
@require_POST
def key(request, pk):
    """A new address for their page, in place of the old one."""
    found = partnering.renew(partner=get_object_or_404(Partner, pk=pk))
    messages.success(request, _("The page has a new address. The old one leads nowhere."))
    return redirect(_place(found))


@open_to(may_make_links)
@require_POST
def revocation(request, pk):
    found = partnering.revoke(partner=get_object_or_404(Partner, pk=pk))
    messages.success(request, _("The page is closed. Its address leads nowhere."))
    return redirect(_place(found))
