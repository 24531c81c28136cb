"""The one opening in the house's policy: pages with posts or films may frame films of the houses that settings name."""

from functools import wraps

from community.forum.cards import videos


def may_frame_films(view):
    """Says so on an answer; everywhere else nothing may be framed at all."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        return films_may_be_framed(view(request, *args, **kwargs))

    return answered


def films_may_be_framed(response):
    if hosts := videos.frame_hosts():
        response._csp_update = {**getattr(response, "_csp_update", {}), "frame-src": hosts}
    return response
