"""What a member keeps for themselves: a post, a thread, and the list of all of them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_required
from community.commons.pages import page
from community.commons.paging import by_key
from community.commons.refusals import Refusal
from community.forum import access, bookmarking
from community.forum.forms import BookmarkForm
from community.forum.models import Bookmark
from community.forum.views.asking import found_post, found_thread, sent, wants_undo

SIZE = 20


@member_required
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def of_post(request, pk):
    return _bookmark(request, post=found_post(request, pk))


@member_required
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def of_thread(request, pk):
    return _bookmark(request, thread=found_thread(request, pk))


def _bookmark(request, **what):
    """Asks what to note and when to remind; keeps it, or lets go of it."""
    access.require(access.against_keeping(request.user, **what))
    mine = Bookmark.objects.of_member(request.user).about(**{"post": None, "thread": None} | what).first()
    if wants_undo(request):
        if mine:
            bookmarking.let_go(member=request.user, bookmark=mine)
        return _done(request, what, None)
    form = BookmarkForm(sent(request), mine=mine)
    if request.method == "POST" and form.is_valid():
        try:
            return _done(request, what, bookmarking.keep(member=request.user, **what, **form.told))
        except Refusal as refusal:
            form.add_error(None, refusal.message)
    told = {"form": form, "mine": mine, "thing": next(iter(what.values())), **what}
    status = 200 if request.method != "POST" else 422
    return page(request, "forum/bookmark.html", "forum/_bookmark.html", status=status, **told)


def _done(request, what, mine):
    if request.htmx:
        told = {"mine": mine, "thing": next(iter(what.values())), **what}
        return page(request, "forum/bookmark.html", "forum/_bookmarked.html", **told)
    messages.success(request, _("Kept. You find it among your bookmarks.") if mine else _("No longer kept."))
    return redirect(next(iter(what.values())))


@never_cache
@member_required
@require_safe
def bookmarks(request):
    """What this member keeps, the latest first."""
    rows = Bookmark.objects.of_member(request.user).for_rows(request.user)
    kept = by_key(rows, key=("-saved_at", "-pk"), after=request.GET.get("after", ""), size=SIZE)
    return page(request, "forum/bookmarks.html", bookmarks=kept)


@member_required
@require_POST
def bookmark(request, pk):
    """Lets go of one from the list, whatever has become of what it was about."""
    mine = Bookmark.objects.of_member(request.user).with_pk(pk)
    if mine is None:
        raise Http404
    bookmarking.let_go(member=request.user, bookmark=mine)
    return redirect("forum:bookmarks")


@never_cache
@member_required
@require_safe
def file(request):
    """All of them as a table to take along."""
    answer = HttpResponse(bookmarking.written_out(request.user), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="bookmarks.csv"'
    return answer
