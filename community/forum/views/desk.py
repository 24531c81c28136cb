"""What the living room shows at the desk."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access

from community.forum import access, missing
from community.forum.views.order.asking import desk

MOST_SHOWN = 200


@require_admin_access
@require_safe
def missed(request):
    """What people searched in these thirty days and did not find, the most frequent first."""
    if not access.may_see_missed(request.user):
        raise PermissionDenied
    return desk(request, "missed.html", _("Searched in vain"), icon="search", rows=missing.lately()[:MOST_SHOWN])
