"""The log that cannot be changed, everything of a member away and back, the file for the authorities, and distances."""

import csv
import io

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import now

from accounts import access, parting, recording
from accounts.models import Distance, StaffAct
from accounts.models.acts import Unchangeable
from community.forum import discussing, moderating
from community.forum.models import Case, Removal, Report, Sweep
from community.forum.order import measures, penalising, reporting, sweeping
from community.notices.models import Ring
from tests import cast


@pytest.fixture
def reply(thread, chen):
    return discussing.reply(thread=thread, author=chen, body="=1+1 這是公式嗎")


def test_the_log_is_only_ever_added_to(reply, mod):
    moderating.remove(post=reply, by=mod, reason="離題")
    act = StaffAct.objects.get()
    assert (act.act, act.by, act.member, act.why) == ("post.removed", mod, reply.author, "離題")
    for change in (act.save, act.delete, StaffAct.objects.all().delete, lambda: StaffAct.objects.update(why="")):
        with pytest.raises(Unchangeable):
            change()
    for words in (
        "UPDATE accounts_staffact SET why = ''",
        "DELETE FROM accounts_staffact",
        "TRUNCATE accounts_staffact",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words)
    assert StaffAct.objects.get().why == "離題"


def test_what_people_do_with_their_own_is_nobodys_business(reply, chen):
    moderating.remove(post=reply, by=chen)
    assert not StaffAct.objects.exists()


def test_the_log_is_read_by_who_did_what_on_whom(as_mod, mod, host, reply, thread):
    moderating.remove(post=reply, by=mod, reason="理由甲")
    moderating.lock(thread=thread, by=host, reason="理由乙")
    page = as_mod.get("/desk/forum/log/?by=mod").content.decode()
    assert "理由甲" in page
    assert "理由乙" not in page
    page = as_mod.get("/desk/forum/log/?act=thread.locked&member=ada").content.decode()
    assert "理由乙" in page
    assert "理由甲" not in page
    assert as_mod.get("/desk/forum/log/?by=nobody&since=9999-99-99&after=x").status_code == 200
    before, after = {"tier": "常客", "roles": []}, {"tier": "老友", "roles": ["moderator", "Barista"]}
    recording.record(by=mod, act="member.changed", member=mod, before=before, after=after)
    page = as_mod.get("/desk/forum/log/?act=member.changed").content.decode()
    assert "<dt>等級</dt>" in page
    assert "版主、Barista" in page


def test_everything_of_a_member_goes_and_exactly_that_comes_back(
    as_mod, mod, chen, ada, thread, board, stranger, reply
):
    before = discussing.reply(thread=thread, author=chen, body="早就被移走的一則")
    moderating.remove(post=before, by=mod, reason="早先")
    own = discussing.start(board=board, author=chen, title="自己開的一個討論", body="只有自己說話的討論")
    shared = discussing.start(board=board, author=chen, title="別人也說過話的討論", body="開場白夠長了吧")
    discussing.reply(thread=shared, author=ada, body="我來接一句")
    assert as_mod.post(f"/desk/forum/members/{chen.pk}/sweeps/", {"sweep-reason": "洗版"}).status_code == 302
    batch = Sweep.objects.get()
    assert (batch.posts, batch.threads) == (3, 1)
    page = stranger.get(thread.get_absolute_url()).content.decode()
    assert "這是公式嗎" not in page
    assert stranger.get(own.get_absolute_url()).status_code == 410
    assert "我來接一句" in stranger.get(shared.get_absolute_url()).content.decode()
    assert not sweeping.sweep(member=chen, by=mod, reason="再一次").posts
    assert as_mod.post(f"/desk/forum/sweeps/{batch.pk}/undoing/").status_code == 302
    assert as_mod.post("/desk/forum/sweeps/0/undoing/").status_code == 404
    assert set(Ring.objects.of(chen).values_list("kind", flat=True)) == {
        "order_removed",
        "order_swept",
        "order_unswept",
    }
    assert not sweeping.undo(batch=batch, by=mod)
    assert Removal.objects.get().post == before
    for place in (thread, own, shared):
        place.refresh_from_db()
        assert stranger.get(place.get_absolute_url()).status_code == 200
    assert thread.posts_count == 2
    assert "這是公式嗎" in stranger.get(thread.get_absolute_url()).content.decode()


def test_what_was_reported_of_it_is_settled_with_it_and_open_again_when_it_comes_back(
    as_mod, mod, host, chen, ada, ben, thread, reply
):
    said = [discussing.reply(thread=thread, author=chen, body=f"第 {n} 句洗版的話") for n in range(4)]
    for post, reporter in zip([reply, *said], (ada, ben, ada, ben, ada), strict=True):
        reporting.report(reporter=reporter, kind="spam", post=post)
    reporting.report(reporter=ada, kind="spam", member=chen)
    plain, hidden, silenced, in_hand, fine, person = Case.objects.order_by("pk")
    moderating.hide(post=said[0])
    Case.objects.filter(pk=hidden.pk).update(hid_at=now())
    silence = penalising.impose(member=chen, kind="silence", reason="檢舉很多", by=None, hours=24)
    Case.objects.filter(pk=silenced.pk).update(silence=silence)
    reporting.take(case=in_hand, by=host)
    decide = {"decision": "fine"}
    assert as_mod.post(f"/desk/forum/reports/{fine.pk}/", decide).status_code == 302
    answer = as_mod.post(f"/desk/forum/members/{chen.pk}/sweeps/", {"sweep-reason": "整批洗版"}, follow=True)
    assert "結了 2 件檢舉" in answer.content.decode()
    batch = Sweep.objects.get()
    states = dict(Case.objects.values_list("pk", "state"))
    assert {pk for pk, state in states.items() if state == "settled"} == {plain.pk, hidden.pk, fine.pk}
    assert Removal.objects.get(post=said[0]).hand == Removal.Hand.MODERATOR
    assert Ring.objects.of(ada).filter(kind="order_report_acted").count() == 1
    assert Ring.objects.of(chen).filter(kind__in=["order_removed", "order_swept"]).count() == 1, (
        "told once of the whole"
    )
    assert Report.objects.get(case=plain).was_right
    for _ in range(2):
        sweeping.undo(batch=batch, by=mod)
    assert set(Case.objects.unsettled()) == {plain, hidden, silenced, in_hand, person}
    assert Removal.objects.get().hand == Removal.Hand.REPORTS, "hidden as it was before"
    plain.refresh_from_db()
    assert (plain.decision, plain.settled_by, plain.settled_at) == ("", None, None)
    assert as_mod.post(f"/desk/forum/reports/{plain.pk}/", decide).status_code == 302
    assert not Report.objects.get(case=plain).was_right


def test_the_file_for_the_authorities_is_logged_and_harmless(client, as_mod, chen, reply, mod):
    moderating.remove(post=reply, by=mod, reason="離題")
    keeper = cast.staff("keeper", "administrator")
    address = f"/desk/forum/members/{chen.pk}/record/"
    assert as_mod.post(address, {"record-reason": "公文"}).status_code == 302, "not for moderators"
    client.force_login(keeper)
    assert client.get(address).status_code == 405
    assert client.post(address, {"record-reason": ""}).status_code == 422
    answer = client.post(address, {"record-reason": "地檢署 115 年某字第 1 號"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    words = [cell for row in rows for cell in row]
    assert "'=1+1 這是公式嗎" in words
    assert "離題" in words
    assert StaffAct.objects.narrowed(act="member.handed_over").get().why == "地檢署 115 年某字第 1 號"


def test_whoever_is_blocked_is_folded_and_never_told(
    as_ada, as_ben, ada, ben, thread, stranger, django_assert_num_queries
):
    discussing.reply(thread=thread, author=ben, body="我覺得水溫要再低")
    address = thread.get_absolute_url()
    as_ada.get(address)
    with django_assert_num_queries(0):
        assert parting.folded_for(ada) == frozenset()
    assert as_ada.post("/me/apart/ben/", {"kind": "block"}).status_code == 302
    page = as_ada.get(address).content.decode()
    assert "來自你封鎖的人" in page
    for client in (as_ben, stranger):
        assert "封鎖的人" not in client.get(address).content.decode()
    assert not access.may_ring(ada, ben)
    assert not access.may_ring(ben, ada)
    assert access.may_be_rung(ben, [ada, thread.author]) == []
    as_ada.post("/me/apart/ben/", {"kind": "mute"})
    assert "來自你封鎖的人" not in as_ada.get(address).content.decode()
    assert access.may_ring(ada, ben), "quiet is one-sided"
    assert not access.may_ring(ben, ada)
    assert "Ben" in as_ada.get("/me/apart/").content.decode()
    assert "Ada" not in as_ben.get("/me/apart/").content.decode()
    as_ada.post("/me/apart/ben/", {"kind": ""})
    assert not Distance.objects.exists()
    assert as_ada.post("/me/apart/ada/", {"kind": "block"}).status_code == 409
    assert as_ada.post("/me/apart/nobody/", {"kind": "block"}).status_code == 404
    assert "/join/" in stranger.post("/me/apart/ben/", {"kind": "block"})["Location"]


def test_lists_and_search_do_not_bring_the_words_of_whoever_is_blocked(as_ada, as_chen, ada, ben, thread):
    discussing.reply(thread=thread, author=ben, body="我覺得水溫要再低")
    as_ada.post("/me/apart/ben/", {"kind": "block"})
    search = "/forum/search/?q=水溫要再低"
    for path in ("/forum/", thread.board.get_absolute_url(), search):
        assert "水溫要再低" in as_chen.get(path).content.decode().replace("<mark>", "").replace("</mark>", ""), path
    for path in ("/forum/", thread.board.get_absolute_url()):
        page = as_ada.get(path).content.decode()
        assert thread.title[:4] in page
        assert "水溫要再低" not in page, path
    assert not as_ada.get(search).context["found"].rows
    assert as_ada.get(f"{search}&author=ben").context["found"].rows, "unless it is them who are asked for"
    assert "水溫要再低" not in as_ada.get(f"/forum/search/?q={thread.title[:4]}").content.decode()


def test_the_guide_tells_every_measure():
    guide = (settings.BASE_DIR / "docs/host.md").read_text()
    for act, by in measures.TABLE.items():
        told = [f"{most} in {seconds}" for most, seconds in (by[measures.NEWCOMER], by[measures.REGULAR])]
        assert f"| {act} | {told[0]} | {told[1]} |" in guide
