"""What open pages hear of a thread: each change is the post it happened to, in its present state."""

from functools import partial

from django.template.loader import render_to_string
from django.utils.translation import override

from community.forum.models import Post


def rendered(post, language: str) -> str:
    """The same fragment that pages hold."""
    with override(language):
        return render_to_string("forum/_post.html", {"post": post})


def _render_afresh(pk: int, language: str) -> str:
    return rendered(Post.objects.for_reading().get(pk=pk), language)


def tell_on_commit(post):
    """Shows the post's present state on every page where its thread is open."""
    partial(_render_afresh, post.pk)
