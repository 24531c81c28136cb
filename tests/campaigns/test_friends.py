"""Friends whom members brought: who is one, when they count, what speaks against them, and what the inviter learns."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import now

from accounts import joining
from accounts.attending import day_of, end_of
from accounts.models import ActiveDay, Member
from community.campaigns import converting, crediting, doubting, linking, moments, referring
from community.campaigns.models import Click, Conversion, Referral, TrackedLink, Whereabouts
from community.notices import ringing
from community.notices.models import Ring
from tests.campaigns.knocking import campaign as make_campaign

pytestmark = pytest.mark.django_db
PHONE, LAPTOP = "Phone/1.0", "Laptop/2.0"


@pytest.fixture
def invite(ada):
    return referring.make_invite(member=ada)


def tap(link, visitor, at=None, **fields):
    at = at or now() - timedelta(minutes=5)
    return Click.objects.create(id=moments.id_at(at), at=at, link=link, visitor=visitor, agent="human", **fields)


def bring(link, name, at=None, email=None, **fields):
    """Someone taps a link and joins five minutes later."""
    visitor, at = uuid.uuid4(), at or now()
    tap(link, visitor, at - timedelta(minutes=5), **fields)
    friend = joining.admit(email=email or f"{name}@friend.example", name=name, at=at)
    crediting.claim(member=friend, visitor=visitor)
    return friend, referring.note(member=friend, visitor=visitor)


def settle_in(friend, days=2):
    """They act once, and come back another day."""
    converting.record(member=friend, kind="first_act", at=friend.joined_at + timedelta(hours=1))
    ActiveDay.objects.create(member=friend, day=day_of(friend.joined_at) + timedelta(days=days))


def long_ago(days=10):
    return now() - timedelta(days=days)


def test_a_member_has_one_link_of_their_own(ada, invite):
    assert referring.make_invite(member=ada) == invite
    assert (invite.member, invite.channel, invite.campaign.key) == (ada, "member", "invite")
    assert invite.code.startswith("hi-")


def test_whoever_came_first_through_it_is_a_friend(ada, invite):
    friend, row = bring(invite, "Fay")
    assert (row.referrer, row.friend, row.link, row.flags) == (ada, friend, invite, [])


def test_whoever_had_come_another_way_before_is_none(invite):
    plurk = linking.make_link(campaign=make_campaign(), channel="plurk", label="x", destination="/")
    visitor = uuid.uuid4()
    tap(plurk, visitor, now() - timedelta(days=3))
    tap(invite, visitor)
    friend = joining.admit(email="fay@friend.example", name="Fay")
    crediting.claim(member=friend, visitor=visitor)
    assert referring.note(member=friend) is None


def test_an_older_device_may_know_of_an_earlier_way(invite):
    friend, row = bring(invite, "Fay")
    plurk = linking.make_link(campaign=make_campaign(), channel="plurk", label="x", destination="/")
    telephone = uuid.uuid4()
    tap(plurk, telephone, now() - timedelta(days=3))
    crediting.claim(member=friend, visitor=telephone)
    assert referring.note(member=friend, visitor=telephone) is None
    assert not Referral.objects.exists()
    assert row.pk


def test_joining_through_a_link_makes_a_friend_by_itself(ada, invite, django_capture_on_commit_callbacks):
    visitor = uuid.uuid4()
    tap(invite, visitor)
    with django_capture_on_commit_callbacks(execute=True):
        friend = joining.admit(email="fay@friend.example", name="Fay", visitor=visitor)
    assert Referral.objects.get().friend == friend


def test_a_friend_counts_once_they_have_acted_and_come_back(ada, invite):
    friend, row = bring(invite, "Fay", long_ago())
    assert referring.count_due() == 0
    converting.record(member=friend, kind="first_act", at=friend.joined_at + timedelta(hours=1))
    ActiveDay.objects.create(member=friend, day=day_of(friend.joined_at))  # the day of joining is no return
    assert referring.count_due() == 0
    back = day_of(friend.joined_at) + timedelta(days=3)
    ActiveDay.objects.create(member=friend, day=back)
    assert referring.count_due() == 1
    assert referring.count_due() == 0
    row.refresh_from_db()
    thanks = Conversion.objects.of_kind("referral").get()
    assert (thanks.member, thanks.ref, thanks.at, row.counted_at) == (ada, str(friend.pk), end_of(back), end_of(back))
    assert Ring.objects.get(member=ada).url == reverse("campaigns_door:invite")


def test_thanks_for_friends_gather_until_they_are_read(ada, invite):
    def thanked():
        return [(ring.params["many"], ring.is_read) for ring in Ring.objects.of(ada).order_by("pk")]

    for name in ("Fay", "Hugo"):
        settle_in(bring(invite, name, long_ago())[0])
    assert referring.count_due() == 2
    assert thanked() == [(2, False)]
    assert "2" in Ring.objects.get().sentence
    ringing.read(member=ada, rings=Ring.objects.all())
    settle_in(bring(invite, "Ines", long_ago())[0])
    assert referring.count_due() == 1
    assert thanked() == [(1, False)]


def test_a_return_counts_when_its_day_is_over(invite):
    friend, _row = bring(invite, "Fay", long_ago(1))
    converting.record(member=friend, kind="first_act", at=friend.joined_at)
    ActiveDay.objects.create(member=friend, day=day_of(now()))
    assert referring.count_due() == 0


def test_a_second_account_with_the_same_mailbox_is_held(ada, invite):
    _friend, row = bring(invite, "Fay", email="ada+2@cast.example")
    assert row.flags == ["alias"]
    assert doubting.mailbox("A.D.A+x@googlemail.com") == doubting.mailbox("ada@gmail.com")
    assert doubting.mailbox(None) == ""


@pytest.mark.parametrize(("agent", "flag"), [(PHONE, "self"), (LAPTOP, "household")])
def test_the_inviters_own_browser_and_household_are_told_apart_on_the_day(ada, invite, agent, flag):
    doubting.note_whereabouts(member=ada, address="192.0.2.7", agent_said=PHONE)
    seen = Whereabouts.objects.get()
    _friend, row = bring(invite, "Fay", address=seen.address, agent_said=agent)
    assert row.flags == [flag]


def test_two_friends_from_one_network_are_siblings(invite):
    address = b"\x01" * 16
    _one, first = bring(invite, "Fay", address=address, agent_said=PHONE)
    friend = Member.objects.get(name="Fay")
    doubting.note_whereabouts(member=friend, address="192.0.2.9", agent_said=PHONE)
    Whereabouts.objects.update(address=address)
    _other, second = bring(invite, "Gil", address=address, agent_said=LAPTOP)
    assert (first.flags, second.flags) == ([], ["sibling"])


def test_a_browser_that_is_the_inviters_speaks_against_a_friend(ada, invite):
    friend, row = bring(invite, "Fay")
    hers = uuid.uuid4()
    crediting.claim(member=ada, visitor=hers)
    crediting.claim(member=friend, visitor=hers)
    referring.note(member=friend, visitor=hers)
    row.refresh_from_db()
    assert row.flags == ["self"]


def test_a_circle_is_noticed(ada, invite):
    friend, row = bring(invite, "Fay")
    theirs = referring.make_invite(member=friend)
    Referral.objects.create(referrer=friend, friend=ada, link=theirs, at=now())
    assert "loop" in doubting.look(row)


def test_a_burst_is_held_as_a_whole(invite):
    for number in range(5):
        bring(invite, f"Fay{number}")
    assert [row.flags for row in Referral.objects.order_by("pk")] == [["burst"]] * 5


def test_what_is_held_is_not_paid_until_a_marketer_says_so(ada, mark, invite):
    friend, row = bring(invite, "Fay", long_ago(), email="ada+2@cast.example")
    settle_in(friend)
    assert referring.count_due() == 0
    referring.decide(referral=row, by=mark, allow=True)
    row.refresh_from_db()
    assert (row.decision, row.decided_by, bool(row.counted_at)) == ("allowed", mark, True)
    assert Conversion.objects.of_kind("referral").count() == 1
    referring.decide(referral=row, by=mark, allow=False)
    assert not Conversion.objects.of_kind("referral").exists()
    assert referring.count_due() == 0


def test_where_members_were_is_forgotten_after_a_week(ada):
    with time_machine.travel(datetime(2026, 3, 1, 4, tzinfo=UTC)):
        doubting.note_whereabouts(member=ada, address="192.0.2.7", agent_said=PHONE)
    with time_machine.travel(datetime(2026, 3, 7, 4, tzinfo=UTC)):
        doubting.forget()
        assert Whereabouts.objects.exists()
    with time_machine.travel(datetime(2026, 3, 9, 4, tzinfo=UTC)):
        doubting.forget()
        assert not Whereabouts.objects.exists()


def test_a_members_first_page_of_a_day_says_from_which_network_as_a_hash(ada, as_ada):
    as_ada.get("/me/", headers={"User-Agent": PHONE})
    seen = Whereabouts.objects.get()
    assert (seen.member, seen.agent_said, len(bytes(seen.address))) == (ada, PHONE, 16)
    assert b"127.0.0.1" not in bytes(seen.address)


def test_the_page_makes_a_link_only_when_asked(as_ada, stranger):
    path = reverse("campaigns_door:invite")
    assert stranger.get(path).url.startswith("/join/")
    assert stranger.post(path).url.startswith("/join/")
    assert as_ada.get(path).status_code == 200
    assert not TrackedLink.objects.exists()
    assert as_ada.get(reverse("campaigns_door:invite_qr")).status_code == 404
    assert as_ada.post(path).url == path
    link = TrackedLink.objects.get()
    page = as_ada.get(path)
    assert link.url in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    drawn = as_ada.get(reverse("campaigns_door:invite_qr"))
    assert drawn["Content-Type"] == "image/svg+xml"
    assert stranger.get(reverse("campaigns_door:invite_qr")).status_code == 302


def test_the_inviter_learns_numbers_and_the_names_of_those_who_speak_anyway(ada, as_ada, invite):
    loud, _row = bring(invite, "Louise", long_ago())
    bring(invite, "Quinn", long_ago())
    settle_in(loud)
    referring.count_due()
    brought = referring.brought_by(ada)
    assert (brought.friends, brought.active, brought.names) == (2, 1, ["Louise"])
    page = as_ada.get(reverse("campaigns_door:invite")).content.decode()
    assert "Louise" in page
    assert "Quinn" not in page


DESK = ["/desk/campaigns/friends/", "/desk/campaigns/friends/?all=1", "/desk/campaigns/friends/of/{member}/"]


@pytest.mark.parametrize("address", DESK)
def test_the_desk_is_for_marketers(address, ada, invite, stranger, as_ben, as_edda, as_mark, as_root):
    bring(invite, "Fay", email="ada+2@cast.example")
    path = address.format(member=ada.pk)
    assert stranger.get(path).url.startswith("/join/")
    assert as_ben.get(path).status_code == 403
    assert as_edda.get(path).status_code == 302
    for client in (as_mark, as_root):
        page = client.get(path)
        assert page.status_code == 200
        assert "Fay" in page.content.decode()


def test_a_decision_is_made_at_the_desk(ada, invite, as_mark, as_ben, as_edda, mark):
    _friend, row = bring(invite, "Fay", long_ago(), email="ada+2@cast.example")
    path = f"/desk/campaigns/friends/{row.pk}/decision/"
    for client in (as_ben, as_edda):
        client.post(path, {"decision": "allowed"})
    as_mark.post(path, {"decision": "perhaps"})
    row.refresh_from_db()
    assert row.decision == ""
    assert as_mark.get(path).status_code == 405
    assert as_mark.post("/desk/campaigns/friends/999999/decision/").status_code == 404
    as_mark.post(path, {"decision": "refused"})
    row.refresh_from_db()
    assert (row.decision, row.decided_by) == ("refused", mark)
    waiting = as_mark.get("/desk/campaigns/friends/").content.decode()
    assert f'id="referral-{row.pk}"' not in waiting


def test_the_tree_shows_friends_and_their_friends(ada, invite, as_mark, django_assert_num_queries):
    friend, _row = bring(invite, "Fay")
    theirs = referring.make_invite(member=friend)
    bring(theirs, "Gil")
    with django_assert_num_queries(2):
        ((row, below),) = referring.tree_of(ada)
    assert (row.friend.name, [second.friend.name for second in below]) == ("Fay", ["Gil"])
    page = as_mark.get(f"/desk/campaigns/friends/of/{ada.pk}/").content.decode()
    assert page.index("Fay") < page.index("Gil")


def test_more_friends_ask_no_more_questions(invite, as_mark, django_assert_max_num_queries):
    bring(invite, "Fay", email="ada+1@cast.example")
    as_mark.get("/desk/campaigns/friends/")
    with django_assert_max_num_queries(30) as few:
        as_mark.get("/desk/campaigns/friends/")
    for number in range(4):
        bring(invite, f"Gil{number}", email=f"ada+{number + 2}@cast.example")
    with django_assert_max_num_queries(len(few)):
        as_mark.get("/desk/campaigns/friends/")
