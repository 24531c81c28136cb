"""Keeping order: reports and their queue, penalties and appeals; the verbs, the rules, and every address."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from accounts import holding
from accounts.models import Appeal, Penalty, StaffAct
from cms.models import Brand
from community.forum import access, discussing, moderating
from community.forum.models import Case, Removal, Report, Rules
from community.forum.order import penalising, reporting, settling
from community.live import readers
from community.notices.models import Ring
from tests import cast


@pytest.fixture
def reply(thread, chen):
    return discussing.reply(thread=thread, author=chen, body="這句話有人不喜歡")


@pytest.fixture
def case(reply, ben):
    reporting.report(reporter=ben, kind="attack", words="語氣太兇", post=reply)
    return Case.objects.get()


def decide(client, case, decision, **told):
    return client.post(f"/desk/forum/reports/{case.pk}/", {"decision": decision, "hours": 24, **told})


def kinds_rung(member):
    return set(Ring.objects.of(member).values_list("kind", flat=True))


def test_a_member_reports_a_post_once_and_nobody_learns_who(as_ben, as_chen, ben, reply, stranger):
    address = f"/forum/posts/{reply.pk}/report/"
    assert as_ben.get(address).status_code == 200
    assert as_ben.post(address, {}).status_code == 422
    for _ in range(2):
        assert as_ben.post(address, {"kind": "spam", "words": "連結很可疑"}).status_code == 302
    assert Report.objects.get().reporter == ben
    assert as_chen.post(address, {"kind": "spam"}).status_code == 409, "one's own"
    for page in ("/me/standing/", f"/forum/posts/{reply.pk}/acts/", reply.get_absolute_url()):
        assert "連結很可疑" not in as_chen.get(page).content.decode()


def test_a_stranger_chooses_first_and_joins_after(stranger, as_ada, reply):
    asked = stranger.post(f"/forum/posts/{reply.pk}/report/", {"kind": "privacy", "words": "有電話"})
    assert "/join/?next=" in asked["Location"]
    assert "kind%3Dprivacy" in asked["Location"]
    assert not Report.objects.exists()
    page = as_ada.get(f"/forum/posts/{reply.pk}/report/?kind=privacy&words=有電話").content.decode()
    assert 'value="privacy" checked' in page
    assert "有電話" in page


def test_what_one_may_not_see_cannot_be_reported(as_chen, friends_thread, stranger):
    post = friends_thread.posts.get()
    for client in (as_chen, stranger):
        for place in (f"threads/{friends_thread.pk}", f"posts/{post.pk}", "members/nobody"):
            assert client.post(f"/forum/{place}/report/", {"kind": "spam"}).status_code == 404


@pytest.mark.parametrize(("who", "status"), [(None, 302), ("as_ada", 403), ("as_edda", 302), ("as_mod", 200)])
def test_who_keeps_the_queue(who, status, request, case):
    client = request.getfixturevalue(who) if who else Client()
    for place in ("reports/", f"reports/{case.pk}/", "appeals/", "words/", "log/", f"members/{case.about_id}/"):
        assert client.get(f"/desk/forum/{place}").status_code == status, place
    if who != "as_mod":
        decide(client, case, "ban", reason="不行")
        client.post(f"/desk/forum/members/{case.about_id}/penalties/", {"kind": "ban", "reason": "不行"})
        client.post(f"/desk/forum/members/{case.about_id}/sweeps/", {"sweep-reason": "不行"})
        assert not Penalty.objects.exists()
        assert not Removal.objects.exists()
        case.refresh_from_db()
        assert case.state == "open"


def test_two_hosts_never_settle_one_case(as_mod, host, mod, case, reply):
    other = Client()
    other.force_login(host)
    assert as_mod.post(f"/desk/forum/reports/{case.pk}/assignee/").status_code == 302
    other.post(f"/desk/forum/reports/{case.pk}/assignee/")
    case.refresh_from_db()
    assert case.assignee == mod
    late = decide(other, case, "remove", reason="離題")
    assert late.status_code == 409
    assert "離題" in late.content.decode(), "what the other one had written is not lost"
    assert not Removal.objects.exists()
    assert decide(as_mod, case, "warn", reason="請對事不對人", remove_too="1").status_code == 302
    with pytest.raises(settling.SettledAlready):
        settling.settle(case=case, by=mod, verdict=settling.Verdict("ban", "再一次"))
    assert Penalty.objects.get().kind == "warning"
    assert Removal.objects.get().post == reply
    assert kinds_rung(case.about) == {"order_warning_taken"}, "in one breath with the warning"


def test_both_sides_hear_in_their_own_language(as_mod, case, ben, chen, mailoutbox):
    ben.locale = "en"
    ben.save()
    Report.objects.update(wants_mail=True)
    Brand.objects.update(name_zh="浮嶼咖啡", name_en="Islet Coffee")
    decide(as_mod, case, "remove", reason="貼了別人的電話")
    assert kinds_rung(ben) == {"order_report_acted"}
    assert kinds_rung(chen) == {"order_removed"}
    letters = {letter.to[0]: letter for letter in mailoutbox}
    assert letters["ben@cast.example"].subject.startswith("Thank you for telling us.")
    told = letters["chen@cast.example"]
    assert "貼了別人的電話" in told.subject
    assert "主人" in told.body
    assert "這句話有人不喜歡" in told.body, "of many posts, which one"
    assert "Ben" not in told.body
    assert "去看看： http" in told.body
    assert "浮嶼咖啡" in told.body, "the house signs with its own name"
    assert "Islet Coffee" in letters["ben@cast.example"].body


def test_heavy_reports_hide_at_once_and_a_host_brings_it_back(as_mod, stranger, thread, ada, ben, chen, reply):
    dora = cast.member("dora", rank=3)
    for reporter in (ben, dora):
        reporting.report(reporter=reporter, kind="spam", post=reply)
    assert reply.body in stranger.get(thread.get_absolute_url()).content.decode()
    reporting.report(reporter=ada, kind="spam", post=reply)
    case = Case.objects.get()
    assert case.hid_at
    assert reply.body not in stranger.get(thread.get_absolute_url()).content.decode()
    assert "order_hidden" in kinds_rung(chen)
    page = as_mod.get("/desk/forum/reports/").content.decode()
    assert "已先隱藏" in page
    assert reply.body in as_mod.get(f"/desk/forum/reports/{case.pk}/").content.decode()
    decide(as_mod, case, "fine")
    assert reply.body in stranger.get(thread.get_absolute_url()).content.decode()
    assert "order_shown" in kinds_rung(chen)
    assert not Penalty.objects.standing().exists(), "the rule's silence ends with the decision"
    assert reporting.weight_of(ada) < 3, "whoever was wrong weighs less"


def test_a_newcomer_is_silenced_after_three_people_of_three_households(thread, reply, chen, ada, ben, as_chen):
    Rules.objects.create(hide_at=0)
    dora = cast.member("dora")
    for reporter, connection in ((ada, "home"), (ben, "home"), (dora, "elsewhere")):
        reporting.report(reporter=reporter, kind="attack", post=reply, connection=connection)
    chen.refresh_from_db()
    assert not chen.is_silenced, "two of them live together"
    reporting.report(reporter=cast.member("emil"), kind="attack", post=reply, connection="third")
    chen.refresh_from_db()
    assert chen.is_silenced
    answer = as_chen.post(f"{thread.get_absolute_url()}posts/", {"body": "我還可以說話嗎"})
    assert answer.status_code == 403
    assert "我還可以說話嗎" in answer.content.decode()
    assert as_chen.post(f"/forum/posts/{reply.pk}/reactions/", {"kind": "heart"}).status_code == 302


@pytest.mark.parametrize(("kind", "reacts"), [("silence", 302), ("suspension", 403)])
def test_what_a_penalty_forbids_and_that_it_ends_by_itself(kind, reacts, as_chen, chen, mod, thread, post):
    penalty = penalising.impose(member=chen, kind=kind, reason="先冷靜一下", by=mod, hours=24)
    assert penalising.impose(member=chen, kind=kind, reason="先冷靜一下", by=mod, hours=24) == penalty
    address, why = thread.get_absolute_url(), '<a class="more" href="/me/standing/">看原因'
    assert why in as_chen.get(address).content.decode()
    answer = as_chen.post(f"{address}posts/", {"body": "說一句"})
    assert answer.status_code == 403
    assert why in answer.content.decode()
    assert as_chen.post(f"/forum/boards/{thread.board.slug}/threads/", {"title": "x", "body": "y"}).status_code == 403
    assert as_chen.post(f"/forum/posts/{post.pk}/reactions/", {"kind": "heart"}).status_code == reacts
    assert "先冷靜一下" in as_chen.get("/me/standing/").content.decode()
    type(chen).objects.update(silenced_until=now() - timedelta(seconds=1), suspended_until=now())
    assert as_chen.post(f"{address}posts/", {"body": "時間到了"}).status_code == 302


def test_a_banned_member_is_out_at_once_and_may_object_from_the_letter(as_chen, chen, mod, host):
    assert as_chen.get("/me/").status_code == 200
    session = as_chen.session.session_key
    assert readers.person_of(session) == chen
    penalty = penalising.impose(member=chen, kind="ban", reason="洗版", by=mod)
    assert "/join/" in as_chen.get("/me/")["Location"]
    assert not readers.person_of(session).is_authenticated, "a socket asks the same, and is shut"
    chen.refresh_from_db()
    place = Ring.objects.of(chen).get().url
    assert "洗版" in Client().get(place).content.decode()
    assert Client().get("/me/closed/forged/").status_code == 404
    assert Client().post(place, {"penalty": penalty.pk, "words": "那不是我，是我弟用我的手機"}).status_code == 302
    appeal = Appeal.objects.get()
    with pytest.raises(penalising.AnotherHostAnswers):
        penalising.answer(appeal=appeal, by=mod, is_granted=False, words="不")
    other = Client()
    other.force_login(host)
    for _ in range(2):
        other.post(f"/desk/forum/appeals/{appeal.pk}/", {"answer": "granted", "reason": "說得通，歡迎回來"})
    chen.refresh_from_db()
    assert not chen.is_banned
    assert StaffAct.objects.narrowed(act="appeal.granted").count() == 1
    fresh = Client()
    fresh.force_login(chen)
    assert fresh.get("/me/").status_code == 200
    assert "已收回</span>" in fresh.get("/me/standing/").content.decode()


def test_it_is_said_what_a_decision_is_about(as_mod, as_ben, as_chen, case, reply, chen):
    decide(as_mod, case, "warn", reason="請好好說話", remove_too="on")
    assert reply.body in as_chen.get("/me/standing/").content.decode(), "whoever is warned reads about which words"
    assert f'href="/forum/posts/{reply.pk}/"' in as_ben.get("/me/standing/").content.decode(), "and who reported, what"
    penalising.object_to(penalty=Penalty.objects.get(), words="我只是引用別人的話")
    assert case.get_absolute_url() in as_mod.get("/desk/forum/appeals/").content.decode(), "whoever answers reads it"


def test_what_was_taken_away_is_told_with_its_reason(as_mod, as_chen, as_ben, chen, case, reply, board, mod):
    thread = discussing.start(board=board, author=chen, title="這裡可以賣豆子嗎", body="家裡還有很多，想便宜賣。")
    moderating.remove_thread(thread=thread, by=mod, reason="這裡不做買賣")
    decide(as_mod, case, "remove", reason="貼了別人的電話")
    assert set(Ring.objects.of(chen).values_list("url", flat=True)) == {"/me/standing/"}
    page = as_chen.get("/me/standing/").content.decode()
    for said in ("這裡不做買賣", thread.title, "貼了別人的電話", reply.body):
        assert said in page
    assert reply.body not in as_ben.get("/me/standing/").content.decode()
    moderating.restore_thread(thread=thread, by=mod)
    assert thread.title not in as_chen.get("/me/standing/").content.decode()


def test_whoever_is_held_reads_why_for_as_long_as_it_lasts(as_mod, as_chen, case, chen, mod):
    assert "希望一直這樣" in as_chen.get("/me/standing/").content.decode()
    decide(as_mod, case, "hold", reason="先看過再公開一陣子")
    page = as_chen.get("/me/standing/").content.decode()
    assert "先看過再公開一陣子" in page
    assert "希望一直這樣" not in page
    chen.refresh_from_db()
    holding.let_through(member=chen)
    assert "先看過再公開一陣子" not in as_chen.get("/me/standing/").content.decode()


def test_one_appeal_for_each_penalty_and_only_ones_own(as_chen, as_ben, chen, mod):
    penalty = penalising.impose(member=chen, kind="warning", reason="請對事不對人", by=mod)
    address = f"/me/standing/penalties/{penalty.pk}/appeal/"
    assert as_ben.post(address, {"words": "我替他說一句話吧"}).status_code == 404
    assert as_chen.post(address, {"words": ""}).status_code == 422
    assert as_chen.post(address, {"words": "我只是引用別人的話"}).status_code == 302
    assert as_chen.post(address, {"words": "再說一次，我沒有罵人"}).status_code == 409
    assert Appeal.objects.count() == 1


def test_hosts_hear_that_somebody_waits_for_them(
    as_ben, as_ada, as_chen, chen, mod, host, reply, django_capture_on_commit_callbacks
):
    def rung(person):
        return sorted(Ring.objects.of(person).filter(kind__startswith="order_").values_list("kind", flat=True))

    with django_capture_on_commit_callbacks(execute=True):
        for client in (as_ben, as_ada):
            client.post(f"/forum/posts/{reply.pk}/report/", {"kind": "spam"})
    assert rung(mod) == rung(host) == ["order_reported"]
    penalty = penalising.impose(member=chen, kind=Penalty.Kind.WARNING, reason="請對事不對人。", by=mod)
    Rules.objects.create(approval="firsts", first_posts=5)
    with django_capture_on_commit_callbacks(execute=True):
        as_chen.post(f"/me/standing/penalties/{penalty.pk}/appeal/", {"words": "我只是說話比較直接而已。"})
        for body in ("先寫一句話看看", "再寫第二句話看看"):
            as_chen.post(f"{reply.thread.get_absolute_url()}posts/", {"body": body})
    assert rung(mod) == ["order_reported", "order_words_wait"]
    assert rung(host) == ["order_objected", "order_reported", "order_words_wait"]
    assert not {"order_reported", "order_words_wait"} & set(rung(chen))


def test_hosts_are_judged_by_administrators_alone(mod, host, root):
    for member in (host, mod, root):
        with pytest.raises(penalising.NotUnderTheLadder):
            penalising.impose(member=member, kind="ban", reason="不行", by=mod)
    penalising.impose(member=host, kind="suspension", reason="不行", by=root, hours=24)
    host.refresh_from_db()
    assert not access.keeps_order(host)


def test_the_queue_asks_as_much_for_many_as_for_one(case, as_mod, thread, ada, chen, django_assert_max_num_queries):
    as_mod.get("/desk/forum/reports/")
    with django_assert_max_num_queries(40) as few:
        as_mod.get("/desk/forum/reports/")
    for n in range(4):
        post = discussing.reply(thread=thread, author=chen, body=f"第 {n} 句", at=now())
        reporting.report(reporter=ada, kind="spam", post=post)
    with django_assert_max_num_queries(len(few)):
        page = as_mod.get("/desk/forum/reports/").content.decode()
    assert page.count('order-case"') == 5
    assert 'aria-current="page">未處理 5</a>' in page, "how much waits, beyond this page too"
