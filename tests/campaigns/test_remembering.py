import json
from datetime import timedelta

import pytest
from django.core import serializers
from django.utils.timezone import now

from accounts import consenting, joining
from community.campaigns import crediting, linking, moments, remembering
from community.campaigns.models import CLICK_IDS, Claim, Click, Conversion, Step
from community.commons import visitors
from tests.campaigns.knocking import campaign

pytestmark = pytest.mark.django_db
EN = {"Accept-Language": "en"}


@pytest.fixture
def link(db):
    return linking.make_link(campaign=campaign(), channel="plurk", label="早安", destination="/")


@pytest.fixture
def came(ada, link):
    """Ada came by a link with a telephone, and once directly with another browser."""
    telephone, desk = visitors.issue()[0], visitors.issue()[0]
    at = ada.joined_at - timedelta(hours=2)
    secrets = dict.fromkeys(CLICK_IDS, "secret-id")
    click = Click.objects.create(
        id=moments.id_at(at),
        at=at,
        link=link,
        visitor=telephone,
        agent="human",
        app="facebook",
        os="ios",
        device="phone",
        language="zh-TW",
        referrer="l.facebook.com",
        address=b"secret-address",
        network="mobile",
        agent_said="secret-agent",
        query="utm_source=x&secret=1",
        other_ids={"igsh": "secret"},
        **secrets,
    )
    Step.objects.create(
        id=moments.id_at(at), at=at, kind="painted", visitor=telephone, click=click.pk, link=link, path="/", os="ios"
    )
    at = now() - timedelta(minutes=3)
    Step.objects.create(id=moments.id_at(at), at=at, kind="painted", visitor=desk, source="direct", path="/forum/")
    for visitor in (telephone, desk):
        crediting.claim(member=ada, visitor=visitor)
        consenting.choose(visitor=visitor, purposes=["measuring"])
    return telephone, desk


def counts():
    """What a report reads."""
    return {
        "clicks": list(Click.objects.counted().values_list("link_id", "clicks", "people")),
        "steps": sorted(Step.objects.values_list("kind", "link_id", "source", "path", "os"), key=str),
        "arrivals": Step.objects.arrivals().count(),
        "hours": sorted(click.at.strftime("%F %H") for click in Click.objects.all()),
        "conversions": sorted(Conversion.objects.values_list("kind", flat=True)),
    }


def test_a_member_reads_in_plain_words_how_they_came(as_ada, came, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        body = as_ada.get("/me/arrivals/", headers=EN).content.decode()
    assert "Through our link “早安” (Plurk)" in body
    assert "read inside Facebook" in body
    assert "iPhone" in body
    assert "Directly, through no link" in body
    assert 'href="/me/arrivals/"' in as_ada.get("/me/").content.decode()


def test_somebody_elses_way_is_nobody_elses_business(as_ben, stranger, came):
    assert "早安" not in as_ben.get("/me/arrivals/").content.decode()
    assert "早安" not in as_ben.get("/me/arrivals/arrivals.json").content.decode()
    for path in ("/me/arrivals/", "/me/arrivals/arrivals.json", "/me/arrivals/erasure/"):
        assert stranger.get(path).url.startswith("/join/?next=%2Fme%2Farrivals%2F")
    assert stranger.post("/me/arrivals/erasure/").status_code == 302
    assert Claim.objects.count() == 2


def test_a_marketer_sees_their_own_way_here_and_no_other(as_mark, came):
    assert "早安" not in as_mark.get("/me/arrivals/").content.decode()


def test_it_can_be_taken_along_whole(as_ada, ada, came):
    joining.agree(member=ada, purpose="marketing")
    answer = as_ada.get("/me/arrivals/arrivals.json")
    assert answer["Content-Disposition"] == 'attachment; filename="arrivals.json"'
    told = json.loads(answer.content)
    assert {row["visitor"] for row in told["browsers"]} == {str(visitor) for visitor in came}
    [click] = told["clicks"]
    assert (click["link__label"], click["fbclid"], click["agent_said"]) == ("早安", "secret-id", "secret-agent")
    assert [row["kind"] for row in told["steps"]] == ["painted", "painted"]
    assert {row["kind"] for row in told["conversions"]} >= {"joined"}
    assert {row["purpose"] for row in told["consents"]} == {"terms", "marketing"}
    assert len(told["consents_of_browsers"]) == 2


def test_forgetting_is_asked_once_more_and_then_done(as_ada, ada, came):
    before = counts()
    body = as_ada.get("/me/arrivals/erasure/", headers=EN).content.decode()
    assert "cannot be undone" in body
    assert Claim.objects.count() == 2
    as_ada.cookies[visitors.COOKIE] = visitors.seal(came[0])
    answer = as_ada.post("/me/arrivals/erasure/", follow=True, headers=EN)
    assert "It is forgotten" in answer.content.decode()
    assert "We keep nothing of how you came" in answer.content.decode()
    assert not as_ada.cookies[visitors.COOKIE].value
    assert counts() == before


def test_nothing_personal_remains_after_forgetting(ada, came):
    moments_before = {row.at for model in (Click, Step) for row in model.objects.all()}
    ids_before = {row.pk for model in (Click, Step) for row in model.objects.all()}
    assert remembering.forget(member=ada) == 3
    rows = [*Click.objects.all(), *Step.objects.all()]
    words = serializers.serialize("json", rows)
    for trace in ("secret", "mobile", *map(str, came), *map(str, ids_before)):
        assert trace not in words
    assert not moments_before & {row.at for row in rows}
    assert not Claim.objects.exists()
    assert not Click.objects.of_member(ada).exists()
    click = Click.objects.get()
    assert (click.app, click.os, click.language, click.referrer) == ("facebook", "ios", "zh-TW", "l.facebook.com")
    assert Step.objects.exclude(click=None).get().click == click.pk
    joined = Conversion.objects.joined().get()
    assert joined.member == ada
    assert (joined.first_click, joined.last_click, joined.first_link, joined.last_link) == (None, None, None, None)


def test_forgetting_twice_is_forgetting_once(ada, came):
    remembering.forget(member=ada)
    before = counts()
    assert remembering.forget(member=ada) == 0
    assert counts() == before


def test_forgetting_one_member_leaves_the_others(ada, ben, link, came):
    other = visitors.issue()[0]
    kept = Click.objects.create(link=link, visitor=other, agent="human", query="a=1")
    crediting.claim(member=ben, visitor=other)
    remembering.forget(member=ada)
    assert Click.objects.of_member(ben).get() == kept
