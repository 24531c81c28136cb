"""A member's bell: what they should know of, newest first.

To open a ring is to have read it, and reading is written only by a POST: each row is a form of one button. A GET of a
ring's address shows that one ring, and changes nothing.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import member_required
from community.commons.pages import fragment, page
from community.commons.paging import by_key
from community.notices import ringing
from community.notices.models import Ring

LARGEST = 2**63 - 1


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def bell(request):
    """All rings; a POST marks those as read that the page had shown when it was drawn."""
    mine = Ring.objects.of(request.user)
    if request.method == "POST":
        ringing.read(member=request.user, rings=mine.up_to(_number(request.POST.get("until", ""))))
        if not request.htmx:
            return redirect("bell:index")
    after = request.GET.get("after", "")
    rings = by_key(mine, key=("-at", "-pk"), after=after, size=30)
    newest = max((ring.pk for ring in rings), default=0)
    any_unread = mine.unread().exists()
    return page(
        request, "notices/bell.html", "notices/_rings.html", rings=rings, newest=newest, after=after, unread=any_unread
    )


@never_cache
@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def ring(request, pk):
    """One ring. A POST has read it, and leads where it speaks of; with `stay`, back to the bell."""
    if pk > LARGEST:
        raise Http404
    mine = Ring.objects.of(request.user)
    found = get_object_or_404(mine, pk=pk)
    if request.method != "POST":
        return page(request, "notices/ring.html", ring=found)
    ringing.read(member=request.user, rings=mine.numbered([pk]))
    if "stay" not in request.POST:
        return redirect(found.url)
    if request.htmx:
        found.refresh_from_db()
        return fragment(request, "notices/_ring.html", ring=found)
    return redirect("bell:index")


def _number(text) -> int:
    """Nothing readable marks nothing."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
