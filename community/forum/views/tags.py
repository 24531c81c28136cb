"""What is said about one thing, on every board; and all the things there are."""

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from community.commons import public
from community.commons.pages import page
from community.commons.paging import by_key
from community.commons.public import shown_to_all
from community.forum import looking
from community.forum.models import Tag, Thread

SIZE, MOST = 20, 200


@shown_to_all("forum", "people")
@require_safe
def tag(request, slug):
    """Threads that carry a tag, what stirred last first, as far as this reader may read them."""
    try:
        tag = Tag.objects.visible_to(request.user).one(slug)
    except Tag.DoesNotExist as missing:
        if into := Tag.objects.visible_to(request.user).formerly(slug):
            return redirect(into, permanent=True)
        raise Http404 from missing
    rows = Thread.objects.tagged(tag).visible_to(request.user).for_rows(request.user)
    threads = by_key(rows, key=("-stirred_at", "-pk"), after=request.GET.get("after", ""), size=SIZE)
    answer = page(request, "forum/tag.html", "forum/_threads.html", tag=tag, threads=threads)
    return answer if request.user.is_authenticated else public.until(answer, looking.next_opening())


@shown_to_all("forum", "people")
@require_safe
def tags(request):
    return page(request, "forum/tags.html", tags=Tag.objects.visible_to(request.user).by_use()[:MOST])
