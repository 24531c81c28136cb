"""The demo brand, laid out for real: once, twice, halfway, and among real people."""

import json
from functools import partial
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Count, Min
from django.utils.timezone import localdate
from wagtail.models import Page

from accounts.models import ActiveDay, Member
from accounts.tiers import rank_of
from community.campaigns import linking
from community.campaigns.agents import Kind
from community.campaigns.models import Click, Conversion, Cost, Partner, Referral, Step, TrackedLink
from community.demo import laying, pictures, words
from community.demo.management.commands import demo
from community.forum import discussing
from community.forum.models import Board, Post, Reaction, Thread

# Everything below looks at one and the same laid-out demo, and the whole of it takes a while to make.
pytestmark = pytest.mark.django_db(transaction=True)

ROOMS = ("accounts", "campaigns", "cms", "forum", "notices", "account", "wagtailcore", "wagtailimages")
BELOW = "第二個因為下雨多等了一夜"  # stands under the divider
LOGS = {"PageLogEntry", "ModelLogEntry", "ReferenceIndex"}


@pytest.fixture(autouse=True)
def _small_pictures(monkeypatch):
    """Drawn for real, only smaller."""
    monkeypatch.setattr(pictures, "jpeg", partial(pictures.jpeg, size=(320, 180)))


@pytest.fixture
def lay(settings):
    settings.DEMO = True
    return partial(call_command, "demo", verbosity=0)


def break_off_after(times, monkeypatch):
    real, done = laying.rooms.discussing.start, []

    def start(**given):
        done.append(given)
        if len(done) > times:
            raise KeyboardInterrupt
        return real(**given)

    monkeypatch.setattr(laying.rooms.discussing, "start", start)


def counts():
    return {
        model._meta.label: model._default_manager.count()
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if model.__name__ not in LOGS
    }


def test_the_demo_is_one_story_even_when_broken_off_and_another_run_changes_nothing(lay, monkeypatch, client):
    with monkeypatch.context() as broken:
        break_off_after(20, broken)
        with pytest.raises(KeyboardInterrupt):
            lay()
    assert Thread.objects.count() == 20
    lay()

    # People, and the sign-ins with their roles.
    assert Member.objects.count() == len(words.people())
    roles = {"editor": ["editor"], "marketer": ["marketer"], "admin": ["administrator"], "member": []}
    for name, groups in roles.items():
        member = Member.objects.get(email=f"{name}@demo.example")
        assert [group.name for group in member.groups.all()] == groups
        assert member.is_staff is bool(groups)
    assert rank_of(Member.objects.get(email="member@demo.example")) == 2

    # Every thread adds up, in order of time, and nobody spoke before they were there.
    assert Thread.objects.count() == len(words.talks()) + len(words.articles())
    for thread in Thread.objects.annotate(many=Count("posts")):
        assert thread.posts_count == thread.last_number == thread.many
        posts = list(thread.posts.order_by("number").select_related("author"))
        assert [post.number for post in posts] == list(range(1, len(posts) + 1))
        assert [post.made_at for post in posts] == sorted(post.made_at for post in posts)
        assert thread.sequence >= max(post.sequence for post in posts)
        assert all(post.html and post.author.joined_at < post.made_at for post in posts)
    for post in Post.objects.annotate(many=Count("reaction_rows")):
        assert sum(post.tally.values()) == post.many
    assert Reaction.objects.count() > 2_000

    # Who came through which link, and said something afterwards.
    joined = {
        row["last_link__code"]: row["many"]
        for row in Conversion.objects.values("last_link__code").annotate(many=Count("pk"))
    }
    for link in TrackedLink.objects.of_the_brand():
        assert joined.get(link.code, 0) == sum(person.via == link.code for person in words.people()), link.code
    human = Click.objects.filter(agent=Kind.HUMAN)
    assert 9_000 <= human.count() <= 12_000
    assert Click.objects.exclude(agent=Kind.HUMAN).count() > 1_000
    assert not Click.objects.exclude(agent=Kind.HUMAN).exclude(visitor=None).exists()
    first = Post.objects.values("author").annotate(at=Min("made_at"))
    spoke = {row["author"]: row["at"] for row in first}
    for row in Conversion.objects.joined().exclude(last_link=None).select_related("member"):
        assert row.at == row.member.joined_at
        if row.member_id in spoke:
            assert spoke[row.member_id] > row.at

    # What became of them: every kind of step, friends with something against some of them, and how far people came.
    assert set(Conversion.objects.values_list("kind", flat=True)) == set(Conversion.Kind.values)
    assert Referral.objects.counted().exists()
    assert Referral.objects.held().count() == 2
    assert Partner.objects.count() == 2
    assert {link.code for link in TrackedLink.objects.paused()} == {"cat-latte"}
    assert Step.objects.count() > 8_000
    assert Step.objects.arrivals().count() > 900
    assert ActiveDay.objects.count() > 2_000
    assert not ActiveDay.objects.exclude(day__lte=localdate()).exists()
    assert Conversion.objects.of_kind("revenue").count() > 20
    assert {"meta", "kol", "manual"} == set(Cost.objects.values_list("kind", flat=True))
    # The loud post brought people who looked around; few of them ever did anything.
    loud = Conversion.objects.joined().credited_to(TrackedLink.objects.coded("cat-latte"), "last").members()
    acted = Conversion.objects.of_kind("first_act").of_members(loud).count()
    assert acted < loud.count() / 2 < Conversion.objects.of_kind("first_act").count()
    assert Conversion.objects.of_kind("revenue").exclude(amount__gt=0).count() == 3

    # The pages answer, and what is for a tier is not told to strangers.
    for path in ("/", "/articles/", "/too-sour/", "/articles/alishan-harvest/", "/about/", "/privacy/", "/forum/"):
        assert client.get(path).status_code == 200, path
    assert BELOW in str(gated()["blocks"])
    assert BELOW not in client.get("/articles/alishan-harvest/").content.decode()

    # Again: nothing more, nothing else.
    before = counts()
    lay()
    assert counts() == before

    # And what it says of itself is JSON.
    said = StringIO()
    call_command("demo", show=True, stdout=said)
    told = json.loads(said.getvalue())
    assert [one["email"] for one in told["sign_ins"]] == [
        f"{name}@demo.example" for name in ("member", "editor", "marketer", "admin")
    ]
    assert all(path.startswith("/go/") for path in told["links"])
    assert told["links"]


def gated():
    return next(article for article in words.articles() if any(block[0] == "divider" for block in article["blocks"]))


def test_among_real_people_it_refuses_unless_the_site_is_a_demo(settings, ada):
    settings.DEMO = False
    with pytest.raises(CommandError, match="1 members of its own"):
        call_command("demo", verbosity=0)
    assert Member.objects.count() == 1


@pytest.fixture
def few(monkeypatch):
    """Without those who only passed by: they are most of the people and half of the time, and own nothing of what is laid."""
    passed = {row[0] for row in words._read("newcomers.toml")["quiet"]}
    people = tuple(person for person in words.people() if person.name not in passed)
    monkeypatch.setattr(words, "people", lambda: people)


def test_what_is_not_its_own_it_leaves_alone(lay, few, ada, edda):
    board = Board.objects.create(slug="brewing", name="A board of theirs")
    thread = discussing.start(board=board, author=ada, title="A thread of theirs", body="Written by a real person.")
    campaign = linking.open_campaign(by=edda, name="Theirs", key="spring", greeting_zh="我們的")
    linking.make_link(campaign=campaign, channel="plurk", label="Theirs", destination="/", code="spring-fb")
    home = Page.objects.get(depth=2).specific
    home.lead = "Words of theirs"
    home.save_revision(user=edda).publish()

    lay()

    board.refresh_from_db(), thread.refresh_from_db(), campaign.refresh_from_db(), home.refresh_from_db()
    assert (board.name, thread.title, thread.posts_count) == ("A board of theirs", "A thread of theirs", 1)
    assert campaign.name == "Theirs"
    assert TrackedLink.objects.get(code="spring-fb").label == "Theirs"
    assert not Click.objects.filter(link__code="spring-fb").exists()
    assert home.lead == "Words of theirs"
    assert not thread.posts.filter(author__email__endswith="@demo.example").exists()


def test_nothing_is_shown_before_there_is_anything(settings):
    assert demo.shown() == {"links": [], "sign_ins": []}
