"""The demo's letter box."""

from email import message_from_bytes, policy

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from community.commons.pages import page
from community.commons.paging import by_key
from community.notices import access
from community.notices.models import Letter


@never_cache
@require_GET
def letters(request):
    """What was sent lately, newest first."""
    if not access.may_read_letters():
        raise Http404
    box = by_key(Letter.objects.for_desk(), key=("-made_at", "-pk"), after=request.GET.get("after", ""), size=30)
    return page(request, "notices/letters.html", letters=box)


@never_cache
@require_GET
def letter(request, pk):
    """One letter, in its plain words."""
    if not access.may_read_letters():
        raise Http404
    found = get_object_or_404(Letter, pk=pk)
    message = message_from_bytes(bytes(found.raw), policy=policy.default)
    body = message.get_body(("plain", "html"))
    return page(request, "notices/letter.html", letter=found, body=body.get_content() if body else "")
