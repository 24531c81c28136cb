"""Figures over the API are the dashboard's own."""

import pytest

from community.campaigns.models import Click
from community.insights import measuring
from community.insights.lens import FILTERS, Lens

pytestmark = pytest.mark.django_db


def test_a_look_tells_the_same_number_as_the_dashboard(ask, link, campaign):
    for _ in range(3):
        Click.objects.create(link=link, agent="human", app="line", visitor=None)
    Click.objects.create(link=link, agent="preview")
    told = ask("get", f"/stats/figures?period=7&campaign={campaign.pk}").json()
    lens = Lens.of({"period": "7", "campaign": str(campaign.pk)})
    assert {key: each["value"] for key, each in told["figures"].items()} == {
        key: figure.value for key, figure in measuring.figures(lens).items()
    }
    assert told["figures"]["clicks"]["value"] == 3
    assert told["period"]["last"] == lens.end.isoformat()


@pytest.mark.parametrize("by", FILTERS)
def test_every_breakdown_can_be_asked_for(by, ask, link):
    Click.objects.create(link=link, agent="human", app="line", os="ios", device="phone", language="zh-TW")
    told = ask("get", f"/stats/breakdown?by={by}").json()
    lines = measuring.breakdown(Lens.of({}), by)
    assert [each["key"] for each in told["items"]] == [line.key for line in lines]


def test_line_funnel_and_relationship_are_there(ask, link):
    Click.objects.create(link=link, agent="human")
    series = ask("get", "/stats/series?period=7").json()
    assert len(series["points"]) == 7
    assert sum(point["values"]["clicks"] for point in series["points"]) == 1
    assert ask("get", "/stats/funnel").json()["stages"][0]["key"] == "visits"
    (line,) = ask("get", "/stats/relationship").json()["items"]
    assert line["figures"]["clicks"] == 1
    assert line["shares"]["joining"]["is_few"] is True
    assert 0 <= line["shares"]["joining"]["low"] <= line["shares"]["joining"]["high"] <= 1


@pytest.mark.parametrize(
    "query", ["period=never", "by=planet", "model=mine", "from=x", "campaign=x", "others=2", "campaign=0"]
)
def test_a_look_that_cannot_be_is_explained(query, ask):
    assert ask("get", f"/stats/breakdown?{query}").status_code == 422


def test_figures_need_their_scope(program, mark):
    assert program(mark, "links:read")("get", "/stats/figures").status_code == 403
    assert program(mark, "stats:read")("get", "/stats/figures").status_code == 200
