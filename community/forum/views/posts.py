"""One post: its place, what may be done with it, its words, its reactions, and taking it away."""

import json

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import member_required
from community.commons import visitors
from community.commons.pages import fragment, page
from community.commons.refusals import Refusal
from community.forum import access, discussing, drafting, holding, moderating, reacting, revising
from community.forum.forms import EditForm, ReactionForm, ReasonForm, begun
from community.forum.framing import may_frame_films
from community.forum.models import Bookmark, Held, Post, Revision
from community.forum.reading import own_reactions
from community.forum.views.asking import (
    ask_to_join,
    connection_of,
    found_or_teased,
    found_post,
    go,
    has_left,
    hold_for_a_host,
    sent,
    wants_undo,
)


@require_http_methods(["GET", "HEAD", "POST"])
def post(request, pk):
    """GET leads to the post's place in its thread; POST changes its words."""
    if request.method == "POST":
        return words(request, pk)
    return redirect(found_post(request, pk))


@may_frame_films
@require_safe
def acts(request, pk):
    """A post alone, with all that this reader may do with it."""
    post = found_post(request, pk)
    mine = own_reactions(request.user, [post]).get(post.pk, "")
    return page(
        request,
        "forum/post.html",
        "forum/_acts.html",
        post=post,
        kinds=reacting.offered_to(mine),
        mine=mine,
        may_accept=access.may_accept(request.user, post),
        may_split=access.may_split(request.user, post),
        may_report=request.user.pk != post.author_id and not post.is_gone,
        may_edit=access.may_edit(request.user, post),
        may_remove=not post.is_gone and access.may_remove(request.user, post),
        may_restore=post.is_gone and access.may_restore(request.user, post.removal),
        is_own=post.author_id == request.user.pk,
        may_keep=access.against_keeping(request.user, post=post) is None,
        is_kept=request.user.is_authenticated and Bookmark.objects.of_posts(request.user, [post]).exists(),
        has_former=access.may_read_former(request.user, post) and post.revisions.exists(),
    )


@require_safe
def history(request, pk):
    """How a post was changed; there only for its author and for hosts."""
    post = found_post(request, pk)
    if not access.may_read_former(request.user, post):
        raise Http404
    changes, later = revising.changes(post, request.GET.get("after", ""))
    return page(request, "forum/history.html", post=post, changes=changes, later=later)


@require_http_methods(["GET", "HEAD", "POST"])
def words(request, pk):
    """The words of one's own post, to change them; sent by somebody whose session has ended, they are held."""
    post = _known_of(request, pk) if has_left(request) else None
    return _hold_words(request, post) if post else _words(request, pk)


def _known_of(request, pk):
    """A post that a stranger may know to be there, if only by the first lines of its thread."""
    post = Post.objects.for_reading().with_pk(pk)
    try:
        if post is None or found_or_teased(request, post.thread_id).pk != post.thread_id:
            return None
    except (Http404, Refusal):
        return None
    return post


def _hold_words(request, post):
    form = EditForm(request.POST)
    if not form.is_valid():
        return _form(request, post, form, 422)
    told = {name: form.cleaned_data[name] for name in ("body", "source", "base")}
    held = holding.hold_edit(visitor=visitors.ensure(request), post=post, address=connection_of(request), **told)
    return ask_to_join(request, held)


@member_required
def _words(request, pk):
    post = found_post(request, pk)
    access.require(access.against_editing(request.user, post))
    base = Revision.objects.latest_of(post)
    told = {"body": post.body, "source": post.source, "base": base}
    left = None if request.method == "POST" else drafting.mine(member=request.user, place=post)
    form = EditForm(sent(request), initial=told | begun(left))
    if request.method != "POST":
        return _form(request, post, form, 200)
    if not form.is_valid():
        return _form(request, post, form, 422)
    try:
        post = discussing.edit(post=post, author=request.user, **form.cleaned_data)
    except access.AwaitsAHost as reason:
        told = {name: form.cleaned_data[name] for name in ("body", "source", "draft")}
        return hold_for_a_host(request, reason, kind=Held.Kind.EDIT, thread=post.thread, post=post, **told)
    except access.EditedMeanwhile as refusal:
        form.add_error(None, refusal.message)
        return _form(request, *_rebased(request, pk, form), refusal.status)
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return _form(request, post, form, 422 if request.htmx else refusal.status)
    return fragment(request, "forum/_post.html", post=post) if request.htmx else redirect(post)


def _rebased(request, pk, form):
    """The post as it stands now, and the form with its writer's words, which are compared with that from here on."""
    post = found_post(request, pk)
    form.data = form.data.copy()
    form.data["base"] = Revision.objects.latest_of(post)
    return post, form


def _form(request, post, form, status):
    """Words to change; when they were changed elsewhere meanwhile, with what stands there now."""
    theirs = revising.against(post, form["body"].value() or "") if status == access.EditedMeanwhile.status else None
    told = {"post": post, "form": form, "theirs": theirs}
    answer = page(request, "forum/words.html", "forum/_words.html", status=status, **told)
    if request.htmx and request.method == "POST":
        answer["HX-Retarget"], answer["HX-Reswap"] = f"#post-{post.pk}-acts", "innerHTML"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def reactions(request, pk):
    """GET tells members who reacted; POST sets, changes or takes back a reaction, and is held for a visitor."""
    return react(request, pk) if request.method == "POST" else reactors(request, pk)


@member_required
def reactors(request, pk):
    """Who gave what, the latest first."""
    post = found_post(request, pk)
    if post.is_gone:
        raise access.PostGone
    kind = reacting.kinds().named(request.GET.get("kind", ""))
    rows = reacting.given_to(post, request.user, kind=kind, after=request.GET.get("after", ""))
    told = {"post": post, "kind": kind, "rows": rows, "given": reacting.shown(post)}
    return page(request, "forum/reactors.html", "forum/_reactors.html", **told)


def react(request, pk):
    post = found_post(request, pk)
    form = ReactionForm(request.POST, mine=own_reactions(request.user, [post]).get(post.pk, ""))
    if not form.is_valid():
        raise Refusal(form.errors["kind"][0], status=422)
    kind = form.cleaned_data["kind"]
    if not request.user.is_authenticated:
        if post.is_gone:
            raise access.PostGone
        return ask_to_join(
            request,
            holding.hold_reaction(
                visitor=visitors.ensure(request), post=post, kind=kind, address=connection_of(request)
            ),
        )
    stands = discussing.react(post=post, member=request.user, kind=kind)
    post = found_post(request, pk)
    if not request.htmx:
        return redirect(post)
    answer = fragment(request, "forum/_post.html", post=post)
    answer["Own-Reaction"] = json.dumps({post.pk: stands})
    return answer


@member_required
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
def removal(request, pk):
    """Asks before a post is taken away, takes it away, and brings it back."""
    post = found_post(request, pk)
    if not (access.may_restore(request.user, post.removal) if post.is_gone else access.may_remove(request.user, post)):
        raise access.PostGone if post.is_gone else access.NotYours
    form = ReasonForm(sent(request))
    if request.method in {"GET", "HEAD"} or (request.method == "POST" and not form.is_valid()):
        status = 200 if request.method != "POST" else 422
        return page(request, "forum/post_removal.html", "forum/_post_removal.html", post=post, form=form, status=status)
    if wants_undo(request):
        moderating.restore(post=post, by=request.user)
    else:
        moderating.remove(post=post, by=request.user, reason=form.cleaned_data.get("reason", ""))
    return _settled(request, pk)


def _settled(request, pk):
    """Where a post has gone or come back. What one took back oneself can be brought back at once: beside the discussion
    for as long as the offer stands, and on a page of its own without script."""
    post = found_post(request, pk)
    is_own = post.is_gone and post.removal.by_id == post.author_id == request.user.pk
    if request.htmx and request.htmx.target == f"post-{post.pk}":
        return fragment(request, "forum/_settled.html", post=post, is_own=is_own)
    return go(request, reverse("forum:post_removal", args=[pk]) if is_own else post.get_absolute_url())
