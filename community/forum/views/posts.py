"""One post: its place, what may be done with it, its words, its reactions, and taking it away."""

import json

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import member_required
from community.commons import visitors
from community.commons.pages import fragment, page
from community.commons.refusals import Refusal
from community.forum import access, discussing, holding, moderating, reacting
from community.forum.forms import EditForm, ReactionForm, ReasonForm
from community.forum.framing import may_frame_films
from community.forum.models import Held
from community.forum.reading import own_reactions
from community.forum.views.asking import ask_to_join, connection_of, found_post, go, hold_for_a_host, sent, wants_undo


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
        shows_former=access.keeps_order(request.user) or post.author_id == request.user.pk,
    )


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def words(request, pk):
    """The words of one's own post, to change them."""
    post = found_post(request, pk)
    access.require(access.against_editing(request.user, post))
    form = EditForm(sent(request), initial={"body": post.body, "source": post.source})
    if request.method != "POST":
        return page(request, "forum/words.html", "forum/_words.html", post=post, form=form)
    if not form.is_valid():
        return page(request, "forum/words.html", "forum/_words.html", post=post, form=form, status=422)
    try:
        post = discussing.edit(post=post, author=request.user, **form.cleaned_data)
    except access.AwaitsAHost as reason:
        told = {"thread": post.thread, "post": post, **form.cleaned_data}
        return hold_for_a_host(request, reason, kind=Held.Kind.EDIT, **told)
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        status = 422 if request.htmx else refusal.status
        return page(request, "forum/words.html", "forum/_words.html", post=post, form=form, status=status)
    return fragment(request, "forum/_post.html", post=post) if request.htmx else redirect(post)


@require_POST
def reactions(request, pk):
    """A reaction of this reader: set, changed, or taken back; held for a visitor."""
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
    return go(request, post.get_absolute_url())
