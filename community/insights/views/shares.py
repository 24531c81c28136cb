"""Pages shared with people outside: making one at the desk, closing one, and reading one."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from community.campaigns.access import open_to
from community.commons import limits
from community.commons.paging import by_key
from community.insights import sharing
from community.insights.access import may_see_results
from community.insights.board import Board
from community.insights.forms import PasswordForm, ShareForm
from community.insights.lens import Lens
from community.insights.models import SharedPage
from community.insights.views.pages import page


@open_to(may_see_results)
@require_http_methods(["GET", "HEAD", "POST"])
def shares(request):
    """Every shared page, and room for another one of the look that led here."""
    lens, form = Lens.of(request.GET), ShareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        sharing.share(by=request.user, name=said["name"], lens=lens, password=said["password"], until=form.until)
        return redirect("insights:shares")
    rows = by_key(SharedPage.objects.for_desk(), key=("-made_at", "-pk"), after=request.GET.get("after", ""), size=30)
    crumb = (reverse("insights:shares"), _("Shared pages"))
    context = {"form": form, "rows": rows, "lens": lens, "board": Board(lens)}
    return page(request, "insights/shares.html", crumb, status=422 if form.errors else 200, **context)


@open_to(may_see_results)
@require_POST
def share_end(request, pk):
    """Its address leads nowhere from now on."""
    sharing.revoke(page=get_object_or_404(SharedPage, pk=pk))
    return redirect("insights:shares")


# --- outside


def _read(request, template, status=200, **context):
    answer = render(request, template, context, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"  # the address is the key
    return answer


def _mark(shared: SharedPage) -> str:
    """Remembered in the reader's session; another password makes them say it again."""
    return f"{shared.pk}:{shared.password[-16:]}"


@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request, secret):
    """What somebody was let see: never more than the look it is locked to."""
    found = SharedPage.objects.open().secret_is(secret)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _unlock(request, found)
    if found.asks_password and request.session.get("shared") != _mark(found):
        return _read(request, "insights/shared_door.html", shared=found, form=PasswordForm())
    lock = sharing.lens_of(found)
    board = Board(Lens.of(request.GET).locked_to(lock), lock=lock)
    return _read(request, "insights/shared.html", shared=found, board=board)


def _unlock(request, found):
    """Few tries for each page, whoever makes them: an address may travel, and passwords are short."""
    limits.require("shared", str(found.pk), most=20, seconds=600)
    form = PasswordForm(request.POST)
    if form.is_valid() and found.asks_password and found.opens_to(form.cleaned_data["password"]):
        request.session["shared"] = _mark(found)
        return redirect(found.get_absolute_url())
    form.add_error("password", _("That is not the password."))
    return _read(request, "insights/shared_door.html", 422, shared=found, form=form)
