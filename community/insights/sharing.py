"""Results for people without an account: one look behind an address of its own, which can be closed again."""

from datetime import datetime

from django.db import transaction
from django.http import QueryDict
from django.utils.timezone import now

from community.insights.lens import Lens
from community.insights.models import SharedPage


@transaction.atomic
def share(*, by, name: str, lens: Lens, password: str = "", until: datetime | None = None) -> SharedPage:
    """Locks the look as it is. A page for some weeks back moves on with the days; one of fixed days stays."""
    page = SharedPage(name=name.strip(), query=lens.query, expires_at=until, by=by)
    page.lock(password)
    page.save()
    return page


def lens_of(page: SharedPage) -> Lens:
    """The look a page is locked to, as of today."""
    return Lens.of(QueryDict(page.query.removeprefix("?")))


def revoke(*, page: SharedPage):
    """Closes the address for good; doing so again changes nothing."""
    if page.revoked_at is None:
        page.revoked_at = now()
        page.save(update_fields=["revoked_at"])
