from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.campaigns import clicks, linking, moments
from community.campaigns.models import Click
from community.campaigns.queries import Asked
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


@given(
    st.binary(max_size=60).filter(lambda value: b"&" not in value), st.sampled_from([b"fbclid", b"GClid", b"rdt_cid"])
)
def test_an_identifier_that_comes_alone_is_written_as_in_company(value, name):
    alone = clicks.asked(Asked(name + b"=" + value))
    among_others = clicks.asked(Asked(name + b"=" + value + b"&tab=2"))
    assert alone.split(b"\t")[1:] == among_others.split(b"\t")[1:]
