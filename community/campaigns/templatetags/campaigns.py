"""What pages say of how someone came."""

from datetime import timedelta

from django import template
from django.utils.timezone import now

from community.campaigns import channels
from community.campaigns.models import Conversion

register = template.Library()
FRESH = timedelta(days=1)


@register.simple_tag
def greeting(member) -> str:
    """The words of the campaign through which someone has just joined; nothing for everybody else."""
    if not member or not member.is_authenticated or now() - member.joined_at > FRESH:
        return ""
    came = Conversion.objects.joined().of_member(member).with_links().first()
    if came is None:
        return ""
    said = (link.campaign.greeting for link in (came.last_link, came.first_link) if link)
    return next(filter(None, said), "")


@register.simple_tag
def channel_said(source) -> str:
    """The place a utm_source stands for, as people call it; nothing when it is none we know."""
    return channels.said(str(source or ""))
