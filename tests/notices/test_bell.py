"""The bell: rung once about one thing, read only on purpose, and heard by nobody else."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils.timezone import now
from django.utils.translation import gettext_lazy, override

from community.live import publishing
from community.notices import kinds, ringing, tasks
from community.notices.models import Bell, Letter, Ring
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_kind(monkeypatch):
    monkeypatch.setitem(kinds._sentences, "test", gettext_lazy("%(count)d min ago"))


def ring(member, **told):
    return ringing.ring(**{"member": member, "kind": "test", "params": {"count": 3}, "url": "/forum/"} | told)


def test_a_ring_is_said_in_the_readers_language(ada, as_ada):
    ring(ada)
    assert "3 min ago" in as_ada.get("/me/bell/", headers={"Accept-Language": "en"}).content.decode()
    assert "3 分鐘前" in as_ada.get("/me/bell/", headers={"Accept-Language": "zh-TW"}).content.decode()


def test_one_thing_rings_once_and_nameless_things_every_time(ada, ben):
    assert ring(ada, about="link-1")
    assert ring(ada, about="link-1") is None
    assert ring(ada, about="link-2")
    assert ring(ben, about="link-1")
    assert ring(ada)
    assert ring(ada)
    assert ada.rings.count() == 4


def test_a_ring_needs_a_kind_and_a_place_of_ours(ada):
    for wrong in ({"kind": "nobody said"}, {"url": "https://evil.example/"}, {"url": "//evil.example/"}):
        with pytest.raises(ValueError, match=r"kind|place"):
            ring(ada, **wrong)


def test_nobody_rings_for_those_who_cannot_come_in(ada):
    ada.is_active = False
    assert ring(ada) is None


def test_an_old_ring_without_its_kind_or_its_params_can_still_be_read(ada, monkeypatch):
    row = ring(ada, params={})
    monkeypatch.setitem(kinds._sentences, "test", "%(nobody)s wrote")
    assert row.sentence == "… wrote"
    monkeypatch.delitem(kinds._sentences, "test")
    with override("en"):
        assert row.sentence == "Something happened here."


@pytest.mark.parametrize(
    ("language", "none", "one", "many"),
    [
        ("en", "Bell, nothing unread", "Bell, 1 unread", "Bell, more than 99 unread"),
        ("zh-TW", "通知，沒有未讀", "通知，1 則未讀", "通知，超過 99 則未讀"),
    ],
)
def test_the_bell_says_its_number_aloud_and_shows_no_badge_at_nought(ada, as_ada, language, none, one, many):
    def page():
        return as_ada.get("/me/", headers={"Accept-Language": language}).content.decode()

    assert none in page()
    assert "bell__count" not in page()
    ring(ada)
    assert one in page()
    assert "bell__count" in page()
    Ring.objects.bulk_create(Ring(member=ada, kind="test", url="/") for _ in range(150))
    assert many in page()
    assert "99+" in page()


def test_strangers_have_no_bell(stranger):
    assert 'id="bell"' not in stranger.get("/").content.decode()
    assert stranger.get("/me/bell/").url.startswith("/join/?next=%2Fme%2Fbell%2F")
    assert stranger.post("/me/bell/", {"until": "9"}).url.startswith("/join/")


def test_a_ring_is_opened_by_a_post_that_reads_it_and_leads_there(ada, as_ada):
    row = ring(ada, url="/forum/?x=1#post-2")
    shown = as_ada.get(row.get_absolute_url())
    assert shown.status_code == 200
    assert not Ring.objects.get().is_read  # looking at its address has read nothing
    assert as_ada.post(row.get_absolute_url()).url == "/forum/?x=1#post-2"
    assert Ring.objects.get().is_read
    at = Ring.objects.get().read_at
    as_ada.post(row.get_absolute_url())
    assert Ring.objects.get().read_at == at


def test_one_ring_can_be_read_without_leaving(ada, as_ada):
    row = ring(ada)
    answer = as_ada.post(row.get_absolute_url(), {"stay": "1"}, headers={"HX-Request": "true"})
    assert f'id="ring-{row.pk}"' in answer.content.decode()
    assert "ring--new" not in answer.content.decode()
    assert as_ada.post(row.get_absolute_url(), {"stay": "1"}).url == "/me/bell/"


def test_all_that_were_shown_are_read_and_none_that_came_since(ada, as_ada):
    ring(ada)
    shown = ring(ada)
    later = ring(ada)
    assert as_ada.post("/me/bell/", {"until": shown.pk}).url == "/me/bell/"
    assert list(Ring.objects.of(ada).unread()) == [later]
    answer = as_ada.post("/me/bell/", {"until": later.pk}, headers={"HX-Request": "true"})
    assert answer.content.decode().strip().startswith('<section id="rings"')
    assert not Ring.objects.of(ada).unread()
    as_ada.post("/me/bell/", {"until": "nonsense"})


def test_nobody_reads_or_opens_what_rang_for_another(ada, as_ben, as_root):
    row = ring(ada)
    for client in (as_ben, as_root):
        assert client.get(row.get_absolute_url()).status_code == 404
        assert client.post(row.get_absolute_url()).status_code == 404
        client.post("/me/bell/", {"until": row.pk})
    assert as_ben.get(f"/me/bell/{2**63}/").status_code == 404
    assert not Ring.objects.get().is_read


def test_the_page_is_paged_by_key_and_asks_as_often_for_many_as_for_few(ada, as_ada, django_assert_max_num_queries):
    moment = now()
    Ring.objects.bulk_create(
        Ring(member=ada, kind="test", params={"count": n}, url="/", at=moment - timedelta(hours=n)) for n in range(70)
    )
    as_ada.get("/forum/")
    with django_assert_max_num_queries(9):
        first = as_ada.get("/me/bell/")
    second = as_ada.get(f"/me/bell/?after={first.context['rings'].next}")
    third = as_ada.get(f"/me/bell/?after={second.context['rings'].next}")
    seen = [row.params["count"] for page in (first, second, third) for row in page.context["rings"]]
    assert seen == list(range(70))


def test_a_letter_goes_out_in_the_members_language_when_it_was_asked_for(ada):
    ring(ada, about="quiet")
    ada.locale = "en"
    ada.save()
    ring(ada, about="loud", mail=True, url="/desk/campaigns/")
    ring(ada, about="loud", mail=True)
    ada.locale = "zh-hant"
    ring(ada, about="laut", mail=True)
    english, chinese = mail.outbox
    assert english.subject == "3 min ago"
    assert "http://testserver/desk/campaigns/" in english.body
    assert "See it" in english.alternatives[0].content
    assert chinese.subject == "3 分鐘前"
    assert "去看看" in chinese.body


def test_a_letter_and_its_ring_are_kept_together(ada, settings):
    settings.EMAIL_BACKEND = "community.notices.outbox.OutboxBackend"
    ring(ada, mail=True)
    assert Letter.objects.get().to == ada.email
    ada.email = None
    assert ring(ada, mail=True)
    assert Letter.objects.count() == 1


def test_every_change_is_told_to_the_members_open_pages(ada, django_capture_on_commit_callbacks):
    def heard(verb, **told):
        with publishing.captured() as frames, django_capture_on_commit_callbacks(execute=True):
            verb(**told)
        return frames

    [(topic, frames)] = heard(lambda: ring(ada, about="one"))
    assert topic == f"bell.{ada.pk}"
    assert frames["en"]["n"] == 1
    assert "Bell, 1 unread" in frames["en"]["html"]
    assert "通知，1 則未讀" in frames["zh-hant"]["html"]
    assert heard(lambda: ring(ada, about="one")) == []
    [(_, frames)] = heard(ringing.read, member=ada, rings=Ring.objects.all())
    assert frames["en"]["n"] == 2
    assert "nothing unread" in frames["en"]["html"]
    assert heard(ringing.read, member=ada, rings=Ring.objects.all()) == []


def test_only_the_member_themself_may_listen(ada, as_ada, as_ben, as_root, stranger):
    ring(ada)
    address = f"/live/bell.{ada.pk}/?since=0"
    assert "Bell, 1 unread" in as_ada.get(address, headers={"Accept-Language": "en"}).json()["frames"][0]["html"]
    assert as_ada.get(f"/live/bell.{ada.pk}/?since=1").json()["frames"] == []
    assert [client.get(address).status_code for client in (as_ben, as_root, stranger)] == [404] * 3
    assert as_ada.get("/live/bell.x/?since=0").status_code == 404


def test_a_page_carries_the_number_it_was_drawn_with(ada, as_ada):
    ring(ada)
    ring(ada)
    assert f'<live-bell topic="bell.{ada.pk}" since="2">' in as_ada.get("/me/").content.decode()
    assert Bell.objects.get().sequence == 2


def test_old_rings_are_let_go(ada):
    def aged(days, read=True):
        row = ring(ada)
        moment = now() - timedelta(days=days)
        Ring.objects.numbered([row.pk]).update(at=moment, read_at=moment if read else None)
        return row

    aged(91)
    aged(400, read=False)
    kept = [aged(89), aged(200, read=False)]
    tasks.sweep_rings()
    assert set(Ring.objects.all()) == set(kept)


def test_a_members_rings_go_with_the_member(chen):
    ring(chen)
    cast.member("dora")
    chen.delete()
    assert not Ring.objects.exists()
    assert not Bell.objects.exists()
