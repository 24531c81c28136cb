"""Posts are cooked again when what their cards tell is another by now, or may not be told any more."""

from community.forum import tasks
from community.forum.models import Reference


def of_thread(thread_id):
    _renew(Reference.objects.to_thread(thread_id))


def of_board(board):
    _renew(Reference.objects.to_board(board))


def of_page(page):
    """With all below it: their addresses and their doors are its own, and more."""
    _renew(Reference.objects.to_page(page))


def _renew(references):
    for post in references.posts():
        tasks.renew_post.delay_on_commit(post)
