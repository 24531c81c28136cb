"""The codes that were asked for though nobody made them: make the link, or wave the code off."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from community.campaigns import codes, destinations, linking, missing
from community.campaigns.access import may_make_links, may_see_campaigns, open_to
from community.campaigns.desk.frame import SIZE, page
from community.campaigns.desk.links import pages
from community.campaigns.forms import MissedForm
from community.campaigns.models import Miss
from community.commons import paging


@open_to(may_see_campaigns)
@require_safe
def missed(request):
    ignored = bool(request.GET.get("ignored"))
    rows = paging.by_key(
        Miss.objects.by_code(ignored=ignored), key=("-last", "code"), after=request.GET.get("after", ""), size=SIZE
    )
    context = {
        "rows": rows,
        "orphans": missing.described(rows),
        "ignored": ignored,
        "may_make": may_make_links(request.user),
    }
    return page(request, "campaigns/desk/missed.html", ("", _("Missed links")), **context)


@open_to(may_make_links)
@require_http_methods(["GET", "HEAD", "POST"])
def missed_link(request):
    """The link that people already ask for, filled from the one they most likely meant."""
    code = codes.fold(request.GET.get("code", "").replace("\0", "")[: codes.LONGEST])
    meant = missing.meant([code]).get(code)
    form = MissedForm(request.POST or None, initial=_initial(code, meant))
    try:
        if request.method == "POST" and form.is_valid():
            told = form.cleaned_data
            link = linking.make_link(by=request.user, owner=request.user, **told)
            messages.success(request, _("Made: %(url)s") % {"url": link.url})
            return redirect(f"{link.campaign.get_absolute_url()}?made={link.pk}#link-{link.pk}")
    except ValidationError as error:
        form.add_error(None, error)
    crumbs = [(reverse("campaigns:missed"), _("Missed links")), ("", code)]
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "code": code, "meant": meant, "pages": pages()}
    return page(request, "campaigns/desk/missed_link.html", *crumbs, status=status, **context)


def _initial(code, meant) -> dict:
    if meant is None:
        return {"code": code, "channel": "other"}
    return {
        "code": code,
        "campaign": meant.campaign_id,
        "channel": meant.channel,
        "label": meant.label,
        "destination": destinations.address_of(meant),
    }


@open_to(may_make_links)
@require_POST
def missed_ignore(request):
    code = request.POST.get("code", "").replace("\0", "")[: codes.LONGEST]
    if code:
        if request.POST.get("out"):
            linking.look_again(code=code)
        else:
            linking.wave_off(code=code, by=request.user)
    return redirect("campaigns:missed")
