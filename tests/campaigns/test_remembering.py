import json
from datetime import timedelta

import pytest
from django.core import serializers
from django.utils.timezone import localtime, now

from accounts import consenting, joining
from community.campaigns import converting, crediting, linking, moments, remembering
from community.campaigns.hooks import keeping
from community.campaigns.hooks import telling as hooks
from community.campaigns.models import (
    CLICK_IDS,
    Attempt,
    Claim,
    Click,
    Conversion,
    Delivery,
    Dispatch,
    DispatchTry,
    Step,
)
from community.campaigns.outward import reasons, telling
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


def delivered(member, kind, state, reason="", **fields):
    told = {"payload": {"user_data": {"em": "hash-of-ada"}}, "consent": {"version": "1"}} | fields
    row = Delivery.objects.create(
        service="meta", member=member, kind=kind, state=state, reason=reason, at=now() - timedelta(hours=1), **told
    )
    Attempt.objects.create(delivery=row, state=state, answer={"trace": "trace-of-ada"})
    return row


def test_what_other_places_were_told_is_forgotten_too(ada, ben, came):
    State = Delivery.State
    waits, sent = delivered(ada, "joined", State.WAITING), delivered(ada, "verified", State.SENT)
    failed, refused = delivered(ada, "week2", State.REJECTED, "token"), delivered(ada, "day30", "not_allowed", "minor")
    other = delivered(ben, "joined", State.WAITING)
    remembering.forget(member=ada)
    rows = Delivery.objects.of_member(ada)
    assert {row.pk: (row.kind, row.state, row.reason) for row in rows} == {
        waits.pk: ("joined", "not_allowed", "forgotten"),
        sent.pk: ("verified", "sent", "forgotten"),
        failed.pk: ("week2", "rejected", "forgotten"),
        refused.pk: ("day30", "not_allowed", "minor"),
    }
    assert "forgotten" in reasons.REASONS
    words = serializers.serialize("json", [*rows, *Attempt.objects.exclude(delivery=other)])
    assert "of-ada" not in words
    assert {(row.payload, str(row.consent)) for row in rows} == {(None, "{}")}
    assert {localtime(row.at).strftime("%H:%M:%S.%f") for row in rows} == {"00:00:00.000000"}
    assert {localtime(row.at).date() for row in rows} == {localtime(sent.at).date()}
    assert not any(telling.replay(delivery=row) for row in (waits, sent, failed))
    assert telling.replay_all(service="meta", reason="forgotten") == 0
    assert not Delivery.objects.of_member(ada).due("meta").exists()
    other.refresh_from_db()
    assert (other.state, other.payload["user_data"]["em"]) == ("waiting", "hash-of-ada")
    before = list(rows.values())
    remembering.forget(member=ada)
    assert list(Delivery.objects.of_member(ada).values()) == before


def test_what_is_forgotten_while_it_is_made_ready_never_leaves(ada, came, monkeypatch):
    class Meta:
        longest = timedelta(days=7)

        def payload(self, event):
            return {"em": "hash-of-ada"}

    row = delivered(ada, "joined", Delivery.State.WAITING, payload=None)
    monkeypatch.setattr(telling.gathering, "refusal", lambda *facts: "")
    monkeypatch.setattr(telling.gathering, "event_of", lambda *facts: remembering.forget(member=ada))
    assert telling._prepared(row, telling.deciding.decisions("meta")["joined"], Meta()) is None
    row.refresh_from_db()
    assert (row.state, row.reason, row.payload, row.consent) == ("not_allowed", "forgotten", None, {})


def test_webhooks_stay_as_counts_and_their_clicks_are_nobodys(ada, ben, came, link, mark):
    endpoint = keeping.register(owner=mark, url="https://x.example/", kinds=["joined", "click"], label="x")
    endpoint.clicks_until = moments.floor(now() - timedelta(days=400))
    endpoint.save()
    old = Click.objects.get()
    kept = Click.objects.create(link=link, agent="human", id=moments.id_at(now() - timedelta(seconds=50)))
    assert hooks.tell_clicks() == 1
    for member in (ada, ben):
        row, _made = converting.record(member=member, kind="joined", at=now())
        hooks.tell_conversion(conversion=row)
    mine, theirs = Dispatch.objects.telling_of(ada).get(), Dispatch.objects.telling_of(ben).get()
    DispatchTry.objects.create(dispatch=mine, status=200, words="thanks for ada")
    remembering.forget(member=ada)
    mine.refresh_from_db()
    assert (mine.payload, mine.state, mine.kind) == ({}, "given_up", "joined")
    assert not mine.log.exclude(words="").exists()
    assert hooks.send_again(dispatches=Dispatch.objects.with_id(mine.pk)) == 0
    theirs.refresh_from_db()
    assert (theirs.payload["data"]["member"]["id"], theirs.state) == (ben.pk, "waiting")
    message = Dispatch.objects.get(kind="click")
    new = Click.objects.exclude(pk=kept.pk).get()
    first, second = message.payload["data"]["clicks"]
    assert (first["id"], second["id"]) == (str(new.pk), str(kept.pk))
    assert first["at"].endswith(":00:00.000Z")
    assert str(old.pk) not in str(message.payload)
