"""In a raid: newcomers of a campaign that holds them are looked at before they are heard."""

from accounts import holding
from community.campaigns.models import Click


def on_joined(sender, *, member, visitor=None, **_signal):
    """Receiver of joined. The first link this browser ever came through decides."""
    if visitor is None:
        return
    first = Click.objects.of_visitor(visitor).human().with_link().order_by("id").first()
    if first and first.link.campaign.holds_newcomers:
        holding.hold(member=member, because=first.link.campaign.name)
