"""Words not sent yet: kept while one writes, found again on another device, and discarded."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import member_required
from community.commons import prose
from community.commons.pages import page
from community.commons.paging import by_key
from community.commons.refusals import Refusal
from community.forum import access, drafting
from community.forum.forms import DraftForm
from community.forum.models import DRAFTS_KEPT_FOR, Draft
from community.forum.views.asking import found_board, found_post, found_thread, wants_undo

NEWEST, EXCERPT = ("-at", "-pk"), 160


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_thread(request, pk):
    """The reply that this member is writing here; POST saves it, for the page that shows it."""
    return _at_place(request, found_thread(request, pk))


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_board(request, slug):
    """The discussion that this member is about to start here."""
    return _at_place(request, found_board(request, slug))


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def of_post(request, pk):
    """The change of their own post that this member is writing; DELETE, or `undo`, leaves the post as it was."""
    post = found_post(request, pk)
    access.require(access.against_editing(request.user, post))
    if not wants_undo(request):
        return _at_place(request, post)
    drafting.discard_at(member=request.user, place=post)
    return JsonResponse({"version": 0}) if request.method == "DELETE" else redirect(post)


def _at_place(request, place):
    if request.method != "POST":
        return JsonResponse(_told(drafting.mine(member=request.user, place=place)))
    form = DraftForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": _("That is too much to be kept as a draft.")}, status=413)
    try:
        draft = drafting.keep(member=request.user, place=place, **form.told)
    except drafting.NewerDraft as newer:
        return JsonResponse({"message": str(newer.message), **_told(newer.draft)}, status=newer.status)
    except drafting.AlreadySent:
        return JsonResponse({"version": 0, "sent": True})
    except Refusal as refusal:
        return JsonResponse({"message": str(refusal.message)}, status=refusal.status)
    return JsonResponse({"version": draft.version if draft else 0})


def _told(draft) -> dict:
    """A draft as the page needs it to show it; nothing but its version when there is none."""
    if draft is None:
        return {"version": 0}
    fields = {"title": draft.title, "body": draft.body, "source": draft.source, **draft.more}
    return {
        "version": draft.version,
        "at": localtime(draft.at).isoformat(),
        "key": str(draft.key or ""),
        "excerpt": prose.excerpt(f"{draft.title} {draft.body}", EXCERPT),
        "fields": fields,
    }


@never_cache
@member_required
@require_safe
def drafts(request):
    """All that this member has begun, the latest first."""
    rows = by_key(Draft.objects.of_member(request.user).for_list(), key=NEWEST, after=request.GET.get("after", ""))
    for row in rows:
        row.is_open = _may_go_on(request.user, row)
    return page(request, "forum/drafts.html", drafts=rows, days=DRAFTS_KEPT_FOR.days)


def _may_go_on(person, draft) -> bool:
    if draft.post:
        return access.may_see(person, draft.post.thread) and access.may_edit(person, draft.post)
    if draft.thread:
        return access.may_see(person, draft.thread) and draft.thread.merged_into_id is None
    return access.may_start(person, draft.board)


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def draft(request, pk):
    """Leads to where one goes on writing; where that is shut by now, the words are shown. POST discards them."""
    found = Draft.objects.of_member(request.user).for_list().with_pk(pk)
    if found is None:
        raise Http404
    if request.method == "DELETE" or wants_undo(request):
        drafting.discard(draft=found)
        messages.success(request, _("Discarded."))
        return redirect("forum:drafts")
    if not _may_go_on(request.user, found):
        return page(request, "forum/draft.html", draft=found)
    if found.post:
        return redirect("forum:words", found.post_id)
    if found.thread:
        return redirect(f"{found.thread.get_absolute_url()}#reply")
    return redirect("forum:threads", found.board.slug)
