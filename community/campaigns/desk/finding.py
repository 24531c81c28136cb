"""All links at the desk, found by words, tags, channel, owner and state; and the same as a table to take away."""

from django.contrib.auth import get_user_model
from django.http import StreamingHttpResponse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from community.campaigns import channels
from community.campaigns.access import may_make_links, may_see_campaigns, open_to
from community.campaigns.bulk import writing
from community.campaigns.desk.frame import SIZE, page
from community.campaigns.desk.links import with_figures
from community.campaigns.models import Campaign, Tag, TrackedLink
from community.commons import paging

STATES = {
    "": gettext_lazy("in use"),
    "trouble": gettext_lazy("in trouble"),
    "paused": gettext_lazy("paused"),
    "ended": gettext_lazy("ended"),
    "archived": gettext_lazy("put away"),
    "all": gettext_lazy("all of them"),
}


def _number(request, name) -> int:
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def _asked(request) -> dict:
    """What is looked for, as far as it can be understood; the rest is left out, not complained of."""
    state = request.GET.get("state", "")
    channel = request.GET.get("channel", "")
    return {
        "q": request.GET.get("q", "").replace("\0", "")[:100].strip(),
        "tag": _number(request, "tag"),
        "campaign": _number(request, "campaign"),
        "channel": channel if channel in channels.Channel.values else "",
        "owner": request.user.pk if request.GET.get("owner") == "me" else _number(request, "owner"),
        "state": state if state in STATES else "",
    }


def _found(asked):
    links = TrackedLink.objects.of_the_brand()
    match asked["state"]:
        case "":
            links = links.open()
        case "archived":
            links = links.archived()
        case "trouble":
            links = links.open().in_trouble()
        case "paused":
            links = links.open().paused()
        case "ended":
            links = links.open().ended(now())
    if asked["q"]:
        links = links.told_of(asked["q"])
    if asked["tag"]:
        links = links.tagged(asked["tag"])
    if asked["campaign"]:
        links = links.of(asked["campaign"])
    if asked["channel"]:
        links = links.on(asked["channel"])
    if asked["owner"]:
        links = links.owned_by(asked["owner"])
    return links.for_desk().with_tags()


@open_to(may_see_campaigns)
@require_safe
def found(request):
    asked = _asked(request)
    rows = paging.by_key(_found(asked), key=("-made_at", "-pk"), after=request.GET.get("after", ""), size=SIZE)
    kept = request.GET.copy()
    kept.pop("after", None)
    context = {
        "rows": rows,
        "links": with_figures(rows),
        "asked": asked,
        "kept": kept.urlencode(),
        "tags": Tag.objects.in_use(),
        "channels": channels.OFFERED,
        "campaigns": Campaign.objects.for_choosing(),
        "owners": get_user_model().objects.at_the_desk(),
        "states": STATES.items(),
        "may_make": may_make_links(request.user),
    }
    return page(request, "campaigns/desk/found.html", ("", _("All links")), **context)


@open_to(may_see_campaigns)
@require_safe
def table(request):
    """The links that were looked for, as a file. It is written while it is read, however many they are."""
    response = StreamingHttpResponse(writing.table(_found(_asked(request))), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="links-{localdate():%Y-%m-%d}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response
