"""The codes that were asked for though nobody made them."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.campaigns.access import may_see_campaigns, open_to
from community.campaigns.desk.frame import SIZE, page
from community.campaigns.models import Miss
from community.commons import paging


@open_to(may_see_campaigns)
@require_safe
def missed(request):
    rows = paging.by_key(Miss.objects.all(), key=("-id",), after=request.GET.get("after", ""), size=SIZE)
    return page(request, "campaigns/desk/missed.html", ("", _("Missed links")), rows=rows)
