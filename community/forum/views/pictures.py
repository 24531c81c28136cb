"""Pictures: taken in while somebody writes, and shown to whoever may read the post they stand in."""

from django.core.files.storage import storages
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import member_required
from community.commons.refusals import Refusal
from community.forum import access, picturing
from community.forum.models import LinkCard, Picture

CARD_KEPT_FOR = 86_400  # each has a name of its own, and another one once it changes
KEPT_FOR = 600  # seconds: how long a copy on the way may outlive a removal


@member_required
@require_POST
def pictures(request):
    """One more picture of this member's; the answer is for the composer."""
    try:
        if "picture" not in request.FILES:
            raise picturing.NoPicture
        picture = picturing.take(member=request.user, file=request.FILES["picture"])
    except Refusal as refusal:
        return JsonResponse({"message": str(refusal.message)}, status=refusal.status)
    told = {"id": str(picture.pk), "src": picture.get_absolute_url(), "width": picture.width, "height": picture.height}
    return JsonResponse(told, status=201)


@require_safe
def card_picture(request, pk, form):
    """The picture of a link's card: what another site shows to everybody, under a name that only posts tell."""
    if form not in Picture.FORMS:
        raise Http404
    answer = _file(LinkCard(picture=pk).file(form), form)
    answer["Cache-Control"] = f"public, max-age={CARD_KEPT_FOR}, immutable"
    return answer


def _file(name, form):
    try:
        with storages["pictures"].open(name) as file:
            answer = HttpResponse(file.read(), content_type=Picture.FORMS[form])
    except FileNotFoundError as missing:
        raise Http404 from missing
    answer["Content-Disposition"] = "inline"
    return answer


@require_safe
def picture(request, pk, form):
    found = Picture.objects.for_showing().with_pk(pk) if form in Picture.FORMS else None
    if found is None or not access.may_see_picture(request.user, found):
        raise Http404
    answer = _file(found.file(form), form)
    is_public = found.post and found.post.thread.board.tier_to_see is None
    answer["Cache-Control"] = f"public, max-age={KEPT_FOR}" if is_public else "private, no-store"
    return answer
