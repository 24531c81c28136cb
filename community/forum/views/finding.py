"""One box for everything: what was found, what may be meant while one types, and what was said in one thread."""

from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import member_required
from community.commons.pages import page
from community.forum import missing, narrowing, seeking
from community.forum.models import LONGEST_TITLE, Board
from community.forum.narrowing import SearchForm
from community.forum.reading import number_in
from community.forum.views.asking import found_thread


@never_cache
@require_safe
def search(request):
    """Threads, posts, articles and people that say it, the best first, as far as this reader may see."""
    asked = narrowing.plain(request.GET)
    if not all(value.strip() for value in request.GET.values()):  # without script a form sends all of its fields
        return redirect(f"{request.path}?{asked.urlencode()}" if asked else request.path)
    within = number_in(asked.get("in", ""))
    thread = found_thread(request, within) if within else None
    form = SearchForm(asked, person=request.user)
    form.is_valid()
    question = form.question(thread)
    after = asked.get("after", "")
    found = seeking.seek(question, request.user, after=after)
    if question.words and not (found.rows or after or question.is_narrowed):
        missing.note(question.words)
    told = {"form": form, "question": question, "found": found, "thread": thread, "after": after}
    told |= {"filters": narrowing.filters(form, question, asked), "within": narrowing.within(asked)}
    told["address"] = narrowing.but(asked, "after")  # to put the next page's key behind
    return page(request, "forum/search.html", "forum/_found.html", **told)


@never_cache
@member_required
@require_safe
def similar(request):
    """Discussions that may hold the answer already, for somebody who is giving a new one its title."""
    words = request.GET.get("q", "")[:LONGEST_TITLE]
    told = {"words": words, "rows": seeking.similar(words, request.user)}
    return page(request, "forum/similar.html", "forum/_similar.html", **told)


@never_cache
@require_safe
def suggestions(request):
    """A few things that are called so, for somebody who is still typing."""
    form = SearchForm(request.GET, person=request.user)
    form.is_valid()
    words = form.cleaned_data.get("q", "")
    boards = Board.objects.visible_to(request.user).in_order() if words else ()
    told = {
        "words": words,
        "rows": seeking.suggest(words, request.user),
        "boards": seeking.called(boards, words),
    }
    return page(request, "forum/suggestions.html", "forum/_suggestions.html", **told)
