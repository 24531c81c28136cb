from datetime import UTC, datetime, timedelta

import pytest

from community.campaigns import linking, moments
from community.campaigns.models import Click
from tests.campaigns.knocking import campaign

pytestmark = pytest.mark.django_db


def test_clicks_between_two_moments_are_found_by_their_key_alone():
    link = linking.make_link(campaign=campaign(), channel="x", label="x", destination="/")
    noon = datetime(2026, 11, 1, 12, tzinfo=UTC)
    for minutes in (-1, 0, 59, 60):
        at = noon + timedelta(minutes=minutes)
        Click.objects.create(id=moments.id_at(at), link=link, at=at, agent="human")
    found = Click.objects.between(noon, noon + timedelta(hours=1))
    assert [click.at.minute for click in found.order_by("id")] == [0, 59]
    assert "campaigns_click_2026_11" in found.explain()
    assert "campaigns_click_2026_10" not in found.explain()
