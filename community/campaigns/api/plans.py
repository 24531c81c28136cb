"""Campaigns over the API."""

from typing import Annotated

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status

from accounts.bearing import Bearer
from community.campaigns import linking
from community.campaigns.api.shapes import CampaignChange, CampaignIn, CampaignOut, Rows, as_typed, fitting
from community.campaigns.forms import CampaignForm
from community.campaigns.models import Campaign
from community.commons import paging

router = Router(tags=["campaigns"])
Size = Annotated[int, Query(ge=1, le=200)]


@router.get("/campaigns", response=Rows[CampaignOut], auth=Bearer("campaigns:read"), summary="List campaigns")
def campaigns(request, after: str = "", size: Size = 50, archived: bool = False):
    shown = Campaign.objects.archived() if archived else Campaign.objects.open()
    rows = paging.by_key(shown, key=("-made_at", "-pk"), after=after, size=size)
    return {"items": rows.rows, "next": rows.next or None}


@router.post("/campaigns", response={201: CampaignOut}, auth=Bearer("campaigns:write"), summary="Open a campaign")
def open_campaign(request, told: CampaignIn):
    form = CampaignForm(told.dict())
    return Status(201, linking.open_campaign(by=request.auth.member, **fitting(form)))


@router.get("/campaigns/{int:pk}", response=CampaignOut, auth=Bearer("campaigns:read"), summary="One campaign")
def campaign(request, pk: int):
    return get_object_or_404(Campaign, pk=pk)


@router.patch("/campaigns/{int:pk}", response=CampaignOut, auth=Bearer("campaigns:write"), summary="Change a campaign")
def change_campaign(request, pk: int, told: CampaignChange):
    found = get_object_or_404(Campaign, pk=pk)
    typed = as_typed(CampaignForm(instance=found), told.dict(exclude_unset=True))
    return linking.change_campaign(campaign=found, **fitting(CampaignForm(typed, instance=found)))


@router.put(
    "/campaigns/{int:pk}/archive", response=CampaignOut, auth=Bearer("campaigns:write"), summary="Put a campaign away"
)
def put_away(request, pk: int):
    found = get_object_or_404(Campaign, pk=pk)
    linking.put_away(found)
    return found


@router.delete(
    "/campaigns/{int:pk}/archive", response=CampaignOut, auth=Bearer("campaigns:write"), summary="Take it out again"
)
def take_out(request, pk: int):
    found = get_object_or_404(Campaign, pk=pk)
    linking.take_out(found)
    return found


@router.put(
    "/campaigns/{int:pk}/pause", response=CampaignOut, auth=Bearer("campaigns:write"), summary="Pause its links"
)
def pause(request, pk: int):
    found = get_object_or_404(Campaign, pk=pk)
    linking.pause(found)
    return found


@router.delete(
    "/campaigns/{int:pk}/pause", response=CampaignOut, auth=Bearer("campaigns:write"), summary="Let them go on"
)
def resume(request, pk: int):
    found = get_object_or_404(Campaign, pk=pk)
    linking.resume(found)
    return found
