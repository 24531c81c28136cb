"""Tracked links over the API: the same forms and verbs as at the desk."""

from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Status

from accounts.bearing import Bearer
from community.campaigns import destinations, linking
from community.campaigns.api.plans import Size
from community.campaigns.api.shapes import LinkChange, LinkIn, LinkOut, LinksIn, Number, Rows, as_typed, fitting
from community.campaigns.channels import Channel
from community.campaigns.forms import UTM, LinkDetailsForm, WholeLinkForm, initial_of
from community.campaigns.models import Campaign, TrackedLink
from community.commons import paging
from community.commons.problems import Problem

router = Router(tags=["links"])
SHOWN = [
    name for name in LinkOut.model_fields if name not in {"campaign", "destination", "tags", "owner", "card_picture"}
]


def shown(links) -> list[dict]:
    """A few questions for all, however many links."""
    sites = destinations.sites()
    return [
        {name: _in_utc(getattr(link, name)) for name in SHOWN}
        | {"campaign": link.campaign_id, "destination": destinations.address_of(link, sites)}
        | {"tags": [tag.name for tag in link.tags.all()], "owner": link.owner.handle if link.owner else None}
        | {"card_picture": link.card_picture_id}
        for link in links
    ]


def _in_utc(value):
    """A moment that was just told bears its caller's zone until it is read again."""
    return value.astimezone(UTC) if isinstance(value, datetime) else value


@router.get("/links", response=Rows[LinkOut], auth=Bearer("links:read"), summary="List links")
def links(
    request,
    after: str = "",
    size: Size = 50,
    campaign: Number | None = None,
    channel: Channel | None = None,
    code: str = "",
    archived: bool = False,
):
    found = TrackedLink.objects.archived() if archived else TrackedLink.objects.open()
    found = found.narrowed(campaign=campaign, channel=channel, code=code).for_desk().with_tags()
    rows = paging.by_key(found, key=("-made_at", "-pk"), after=after, size=size)
    return {"items": shown(rows), "next": rows.next or None}


@router.post("/links", response={201: LinkOut}, auth=Bearer("links:write"), summary="Make a link")
def make_link(request, told: LinkIn):
    return Status(201, shown([_made(told, request.auth.member)])[0])


@router.post("/links/bulk", response={201: Rows[LinkOut]}, auth=Bearer("links:write"), summary="Make many, or none")
def make_links(request, told: LinksIn):
    with transaction.atomic():
        made = [_made(each, request.auth.member, f"/links/{place}") for place, each in enumerate(told.links)]
    return Status(201, {"items": shown(made)})


def _made(told, member, where="") -> TrackedLink:
    campaign = Campaign.objects.open().with_id(told.campaign).first()
    if campaign is None:
        raise Problem("invalid", errors=[(f"{where}/campaign", _("There is no running campaign of this number."))])
    said = told.dict(exclude={"campaign"}, exclude_unset=True)
    kept = fitting(WholeLinkForm(_typed(said, where), asks=False), where)
    for name in UTM:  # what nobody spoke of is left to the channel
        if name not in said:
            del kept[name]
    try:
        return linking.make_link(campaign=campaign, by=member, **kept | ({} if "owner" in said else {"owner": member}))
    except ValidationError as taken:  # somebody took the code in between
        raise Problem("invalid", errors=[(f"{where}/code", " ".join(taken.messages))]) from taken


def _typed(said, where="") -> dict:
    """What a program said, as if somebody had typed it into the desk's form."""
    typed = {name: "" if value is None else value for name, value in said.items()}
    if "tags" in typed:
        typed["tags"] = ",".join(typed["tags"])
    if typed.get("owner"):
        typed["owner"] = _at_the_desk(typed["owner"], where).pk
    return typed


def _at_the_desk(handle, where):
    for person in get_user_model().objects.at_the_desk():
        if person.handle.casefold() == handle.removeprefix("@").casefold():
            return person
    raise Problem(
        "invalid", errors=[(f"{where}/owner", _("Nobody at the desk is called “%(said)s”.") % {"said": handle})]
    )


@router.get("/links/{int:pk}", response=LinkOut, auth=Bearer("links:read"), summary="One link")
def link(request, pk: int):
    return shown([get_object_or_404(TrackedLink.objects.for_desk(), pk=pk)])[0]


@router.patch("/links/{int:pk}", response=LinkOut, auth=Bearer("links:write"), summary="Change a link")
def change_link(request, pk: int, told: LinkChange):
    found = get_object_or_404(TrackedLink.objects.for_desk(), pk=pk)
    said = told.dict(exclude_unset=True)
    form = LinkDetailsForm(as_typed(LinkDetailsForm(initial=initial_of(found)), _typed(said)), asks=False)
    if "owner" not in said:  # who left the desk may go on owning a link
        del form.fields["owner"]
    kept = {name: value for name, value in fitting(form).items() if name in said or name == "destination"}
    return shown([linking.change_link(link=found, by=request.auth.member, **kept)])[0]


@router.put("/links/{int:pk}/archive", response=LinkOut, auth=Bearer("links:write"), summary="Put a link away")
def put_away(request, pk: int):
    found = get_object_or_404(TrackedLink.objects.for_desk(), pk=pk)
    linking.put_away(found)
    return shown([found])[0]


@router.delete("/links/{int:pk}/archive", response=LinkOut, auth=Bearer("links:write"), summary="Take it out again")
def take_out(request, pk: int):
    found = get_object_or_404(TrackedLink.objects.for_desk(), pk=pk)
    linking.take_out(found)
    return shown([found])[0]


@router.put("/links/{int:pk}/pause", response=LinkOut, auth=Bearer("links:write"), summary="Pause a link")
def pause(request, pk: int):
    found = get_object_or_404(TrackedLink.objects.for_desk(), pk=pk)
    linking.pause(found, by=request.auth.member)
    return shown([found])[0]


@router.delete("/links/{int:pk}/pause", response=LinkOut, auth=Bearer("links:write"), summary="Let it go on")
def resume(request, pk: int):
    found = get_object_or_404(TrackedLink.objects.for_desk(), pk=pk)
    linking.resume(found, by=request.auth.member)
    return shown([found])[0]
