"""The pictures that were brought to the desk, by number: what a link's own card can show."""

from ninja import Router
from wagtail.images import get_image_model

from accounts.bearing import Bearer
from community.campaigns.api.plans import Size
from community.campaigns.api.shapes import PictureOut, Rows
from community.commons import paging

router = Router(tags=["links"])


@router.get("/pictures", response=Rows[PictureOut], auth=Bearer("links:read"), summary="List pictures for cards")
def pictures(request, after: str = "", size: Size = 50):
    rows = paging.by_key(get_image_model().objects.all(), key=("-created_at", "-pk"), after=after, size=size)
    told = [
        {"id": each.pk, "title": each.title, "width": each.width, "height": each.height}
        | {"url": request.build_absolute_uri(each.file.url)}
        for each in rows
    ]
    return {"items": told, "next": rows.next or None}
