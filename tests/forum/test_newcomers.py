"""Newcomers who are held: they write, a host reads, and then they are heard. From the tap to the published post."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts import holding as ground
from accounts import joining
from community.campaigns import linking
from community.campaigns.models import Campaign
from community.commons import visitors
from community.forum import access, discussing, holding
from community.forum.models import Held
from tests.campaigns import agents

HTMX = {"HX-Request": "true"}
BODY = "我的水溫是 95 度，太高了嗎？"


@pytest.fixture
def campaign(db):
    found = Campaign.objects.create(name="春日手沖", key="spring")
    linking.make_link(campaign=found, channel="x", label="a", destination="/forum/", code="spring")
    return found


@pytest.fixture
def raider(chen):
    ground.hold(member=chen, because="春日手沖")
    return chen


def join(client, django_capture_on_commit_callbacks, email="raider@cast.example"):
    """What the join view does once a code was right."""
    visitor = visitors.read(client.cookies[visitors.COOKIE].value)
    with django_capture_on_commit_callbacks(execute=True):
        member = joining.admit(email=email, visitor=visitor)
        joining.welcome_back(member=member, visitor=visitor)
    client.force_login(member)
    client.cookies[visitors.COOKIE] = visitors.seal(visitor)
    return member


def wait_for_a_host(member, thread):
    reason = access.NeedsAHost(Held.Because.LINK)
    holding.hold_for_a_host(member=member, visitor=uuid4(), reason=reason, thread=thread, body=BODY)


def test_from_the_tap_to_the_published_post(
    stranger, campaign, thread, as_mod, django_capture_on_commit_callbacks, settings
):
    linking.hold_newcomers(campaign, hold=True)
    assert stranger.get("/go/spring", headers={"user-agent": agents.FACEBOOK}).status_code == 302
    stranger.post(f"/forum/threads/{thread.pk}/posts/", {"body": BODY})
    member = join(stranger, django_capture_on_commit_callbacks)
    member.refresh_from_db()
    assert member.held_because == "春日手沖"
    assert thread.posts.count() == 1
    held = Held.objects.get()
    assert "主人" in stranger.get(held.get_absolute_url()).content.decode()
    page = as_mod.get("/desk/newcomers/").content.decode()
    assert BODY in page
    assert "春日手沖" in page
    with django_capture_on_commit_callbacks(execute=True):
        as_mod.post(f"/desk/newcomers/{member.pk}/", {"act": "let_through"})
    assert thread.posts.get(number=2).body == BODY
    assert stranger.get(held.get_absolute_url()).status_code == 302
    assert BODY not in as_mod.get("/desk/newcomers/").content.decode()


@pytest.mark.parametrize("holds", [True, False])
def test_only_those_whose_first_link_was_of_a_holding_campaign_are_held(
    stranger, campaign, holds, django_capture_on_commit_callbacks
):
    other = Campaign.objects.create(name="夏", key="summer", holds_newcomers=True)
    linking.make_link(campaign=other, channel="x", label="b", destination="/", code="summer")
    linking.hold_newcomers(campaign, hold=holds)
    for code in ("spring", "summer"):
        stranger.get(f"/go/{code}", headers={"user-agent": agents.FACEBOOK})
    member = join(stranger, django_capture_on_commit_callbacks)
    member.refresh_from_db()
    assert bool(member.held_at) == holds


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_a_held_member_writes_is_kept_for_the_host(headers, raider, as_chen, thread):
    answer = as_chen.post(f"/forum/threads/{thread.pk}/posts/", {"body": BODY}, headers=headers)
    held = Held.objects.get()
    assert answer["HX-Redirect" if headers else "Location"] == held.get_absolute_url()
    assert held.member == raider
    assert thread.posts.count() == 1
    assert as_chen.post(held.get_absolute_url()).status_code == 409
    assert thread.posts.count() == 1


def test_a_held_member_reads_and_reacts_or_starts_nothing_yet(raider, as_chen, thread, board):
    assert as_chen.get(f"/forum/threads/{thread.pk}/").status_code == 200
    post = thread.posts.get()
    assert as_chen.post(f"/forum/posts/{post.pk}/reactions/", {"kind": "coffee"}).status_code == 409
    answer = as_chen.post(f"/forum/boards/{board.slug}/new/", {"title": "一個討論的標題", "body": BODY})
    assert answer.status_code in {404, 409}
    assert board.threads.count() == 1


def test_whoever_is_shut_out_is_never_heard(raider, as_chen, as_mod, thread, mod):
    as_chen.post(f"/forum/threads/{thread.pk}/posts/", {"body": BODY})
    as_mod.post(f"/desk/newcomers/{raider.pk}/", {"act": "shut_out"})
    raider.refresh_from_db()
    assert not raider.is_active
    assert thread.posts.count() == 1
    assert BODY not in as_mod.get("/desk/newcomers/").content.decode()


def test_nobody_is_shut_out_here_but_those_who_wait(ben, as_mod):
    as_mod.post(f"/desk/newcomers/{ben.pk}/", {"act": "shut_out"})
    ben.refresh_from_db()
    assert ben.is_active


@pytest.mark.parametrize(
    ("who", "status"),
    [(None, 302), ("as_ada", 403), ("as_mark", 302), ("as_edda", 302), ("as_mod", 200), ("as_root", 200)],
)
def test_only_who_keeps_order_looks_at_newcomers(request, raider, who, status):
    client = request.getfixturevalue(who) if who else Client()
    assert client.get("/desk/newcomers/").status_code == status
    assert client.post(f"/desk/newcomers/{raider.pk}/", {"act": "let_through"}).status_code == (
        302 if status == 200 else status
    )
    raider.refresh_from_db()
    assert (raider.held_at is None) == (status == 200)


def test_the_list_of_newcomers_asks_as_much_for_many_as_for_one(raider, as_mod, thread, django_assert_max_num_queries):
    from tests.cast import member

    for name in ("fay", "gus", "hal"):
        ground.hold(member=member(name), because="x")
    as_mod.get("/desk/newcomers/")
    with django_assert_max_num_queries(40) as few:
        as_mod.get("/desk/newcomers/")
    for name in ("ida", "jan"):
        ground.hold(member=member(name), because="x")
    with django_assert_max_num_queries(len(few)):
        as_mod.get("/desk/newcomers/")


def test_a_member_who_is_not_held_notices_nothing(chen, thread):
    assert discussing.reply(thread=thread, author=chen, body=BODY).number == 2


def test_the_first_page_of_the_desk_says_what_waits_for_a_host(raider, as_mod, as_mark, thread):
    assert "沒有事情在等" in as_mod.get("/desk/").content.decode()
    wait_for_a_host(raider, thread)
    assert "則內容等主人先看" in as_mod.get("/desk/").content.decode()
    assert "order-panel" not in as_mark.get("/desk/").content.decode()


def test_enter_after_a_reason_does_not_publish(raider, as_mod, thread):
    wait_for_a_host(raider, thread)
    page = BeautifulSoup(as_mod.get("/desk/newcomers/").content, "html.parser")
    form = page.find("input", attrs={"name": "reason"}).find_parent("form")
    assert [button["value"] for button in form.find_all("button")] == ["refuse"]
