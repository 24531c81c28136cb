"""The wire's twin over plain HTTP: what happened since a number, for gaps, wake-ups and places without sockets."""

from itertools import islice

from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from community.live import presence, topics
from community.live.topics import MOST_FRAMES


@require_safe
@cache_control(no_store=True, private=True)
def since(request, name):
    """Frames after `?since=`, in this reader's language and by their rights."""
    text = request.GET.get("since", "")
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= topics.LARGEST_NUMBER):
        return JsonResponse({"error": _("Say since which number, as in ?since=0.")}, status=400)
    try:
        topic, subject = topics.enter(name, request.user)
    except topics.Closed as closed:
        raise Http404 from closed
    number, after = topic.number(subject), int(text)
    frames = list(islice(topic.since(subject, after), MOST_FRAMES + 1)) if after < number else []
    here = presence.here(name)
    answer = {"n": max([number, *(frame.n for frame in frames)]), "count": here.count}
    if here.people and request.user.is_authenticated and (people := here.but(topic.apart(request.user, subject))):
        answer["people"] = people
    if after > number or len(frames) > MOST_FRAMES:
        # Too far behind to catch up frame by frame, or ahead of a restored database: the page must be fetched anew.
        return JsonResponse({**answer, "frames": [], "reset": True})
    return JsonResponse({**answer, "frames": [frame.as_dict(name) for frame in frames]})
