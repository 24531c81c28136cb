"""A link as a code for paper: drawn as lines or as points, in the sizes print shops ask for."""

import io

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from community.campaigns.access import may_see_campaigns, open_to
from community.campaigns.desk.frame import page
from community.campaigns.models import TrackedLink

INCH = 25.4  # millimetres
DOTS = 300  # to the inch, as printers want them
BORDER = 4  # modules of quiet around the code, without which it is not read
# Edge of the whole code in millimetres, and what it is for.
SIZES = {
    20: gettext_lazy("Business card, label"),
    30: gettext_lazy("Leaflet, table card"),
    50: gettext_lazy("Menu, letter paper"),
    100: gettext_lazy("Poster on a door"),
    200: gettext_lazy("Poster across a room"),
}


def _drawn(link):
    """A scanned code is told from a tapped link by its own mark."""
    return segno.make(f"{link.url}?qr=1", error="m", micro=False)


def _millimetres(request) -> int:
    said = request.GET.get("mm", "50")
    if not (said.isascii() and said.isdigit() and int(said) in SIZES):
        raise Http404
    return int(said)


def _answer(request, link, drawn: bytes, kind: str, mm: int):
    response = HttpResponse(drawn, content_type={"svg": "image/svg+xml", "png": "image/png"}[kind])
    how = "attachment" if request.GET.get("download") else "inline"
    response["Content-Disposition"] = f'{how}; filename="qr-{link.pk}-{mm}mm.{kind}"'
    return response


@open_to(may_see_campaigns)
@require_safe
def svg(request, pk):
    found = get_object_or_404(TrackedLink, pk=pk)
    mm, code, drawn = _millimetres(request), _drawn(found), io.BytesIO()
    code.save(drawn, kind="svg", border=BORDER, omitsize=True, title=found.label)
    sized = drawn.getvalue().replace(b"<svg ", f'<svg width="{mm}mm" height="{mm}mm" '.encode(), 1)
    return _answer(request, found, sized, "svg", mm)


@open_to(may_see_campaigns)
@require_safe
def png(request, pk):
    """Whole points for each module, so that no edge is grey: the picture is as large as asked for, or a little larger."""
    found = get_object_or_404(TrackedLink, pk=pk)
    mm, code, drawn = _millimetres(request), _drawn(found), io.BytesIO()
    modules = code.symbol_size(border=BORDER)[0]
    scale = max(1, -(-round(mm / INCH * DOTS) // modules))
    code.save(drawn, kind="png", scale=scale, border=BORDER, dpi=DOTS)
    return _answer(request, found, drawn.getvalue(), "png", mm)


@open_to(may_see_campaigns)
@require_safe
def qr(request, pk):
    found = get_object_or_404(TrackedLink.objects.for_desk(), pk=pk)
    crumbs = [
        (found.campaign.get_absolute_url(), found.campaign.name),
        (found.get_absolute_url(), found.label),
        ("", _("Code for paper")),
    ]
    # A code is read from about ten times its own width.
    sizes = [(mm, mm / 10, said, mm / 100) for mm, said in SIZES.items()]
    return page(request, "campaigns/desk/qr.html", *crumbs, link=found, sizes=sizes)
