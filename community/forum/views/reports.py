"""Reporting a post, a discussion or a member: by members, and by strangers who join with it."""

from email.utils import parseaddr
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import join_address
from accounts.models import Member
from community.commons.pages import page
from community.commons.refusals import Refusal
from community.forum import access
from community.forum.forms import ReportForm
from community.forum.models import Report
from community.forum.order import casing, reporting
from community.forum.views.asking import connection_of, found_post, found_thread, go

ASK = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@ASK
def of_post(request, pk):
    post = found_post(request, pk)
    if post.is_gone:
        raise access.PostGone
    return _report(request, post.get_absolute_url(), about=post.author, post=post)


@never_cache
@ASK
def of_thread(request, pk):
    thread = found_thread(request, pk)
    return _report(request, thread.get_absolute_url(), about=thread.author, thread=thread)


@never_cache
@ASK
def of_member(request, handle):
    member = Member.objects.public().with_handle(handle)
    if member is None:
        raise Http404
    return _report(request, member.get_absolute_url(), about=member, member=member)


def _report(request, place, *, about, **thing):
    """Asks what is wrong, and takes the answer; what a stranger chose waits in the address while they join."""
    told = {"place": place, "about": about, "thing": thing, "join": ""}
    if request.method != "POST":
        return _asking(request, ReportForm(initial=request.GET.dict()), **told)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _asking(request, form, status=422, **told)
    if not request.user.is_authenticated:
        chosen = {name: value for name, value in form.cleaned_data.items() if value}
        return go(request, join_address(f"{request.path}?{urlencode(chosen)}"))
    who = {"reporter": request.user, "browser": request.visitor, "connection": connection_of(request)}
    try:
        reporting.report(**who, **thing, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _asking(request, form, status=422 if request.htmx else refusal.status, **told)
    messages.success(
        request, _("Thank you. A host looks at it, and you hear what was decided. Nobody learns who told us.")
    )
    return go(request, place)


def _asking(request, form, *, status=200, **told):
    person = request.user
    refusal = access.against_reporting(person, author=told["about"]) if person.is_authenticated else None
    made = None
    if person.is_authenticated:
        made = Report.objects.by(person).of_thing(casing.thing_of(**told["thing"])).first()
    return page(
        request,
        "forum/report.html",
        form=form,
        contact=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        refusal=refusal,
        made=made,
        status=status,
        **told,
    )
