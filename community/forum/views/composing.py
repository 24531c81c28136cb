"""What the composer asks for while somebody writes: its bar, and the people they may mean."""

from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import member_required
from community.commons.pages import fragment
from community.forum import access, mentioning
from community.forum.emoji import EMOJI
from community.forum.views.asking import found_board, found_thread

LONGEST_NAME_ASKED = 30


@vary_on_headers("Cookie", "Accept-Language")
@cache_control(private=True, max_age=600)
@require_safe
def composer(request):
    return fragment(request, "forum/_composer.html", emoji=EMOJI)


@member_required
@require_safe
def people_of_thread(request, pk):
    """People one may name in a thread: only those who may read it too."""
    thread = found_thread(request, pk)
    access.require(access.against_replying(request.user, thread))
    return _people(request, thread.board, thread)


@member_required
@require_safe
def people_of_board(request, slug):
    """People one may name in a thread that is about to begin here."""
    board = found_board(request, slug)
    access.require(access.against_starting(request.user, board))
    return _people(request, board)


def _people(request, board, thread=None):
    words = request.GET.get("q", "").strip()[:LONGEST_NAME_ASKED]
    people = mentioning.offered(words=words, person=request.user, board=board, thread=thread)
    return fragment(request, "forum/_people.html", people=people)
