"""What pages say of how someone came."""

from datetime import timedelta

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _

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


@register.simple_tag
def marks(link) -> list[tuple[str, str]]:
    """What a marketer must know of a link at a glance: the kind of each mark, and its words."""
    moment, found = now(), []
    health = getattr(link, "health", None)
    if link.archived_at:
        found.append(("away", _("put away")))
    if health is not None and health.trouble:
        found.append(("trouble", health.get_trouble_display()))
    if link.paused_at or link.campaign.paused_at:
        found.append(("paused", _("paused")))
    if link.ends_at and link.ends_at <= moment:
        found.append(("ended", _("ended")))
    elif link.starts_at and link.starts_at > moment:
        found.append(("early", _("not begun")))
    elif link.ends_at:
        found.append(("early", _("ends %(day)s") % {"day": date_format(localtime(link.ends_at), "SHORT_DATE_FORMAT")}))
    return found
