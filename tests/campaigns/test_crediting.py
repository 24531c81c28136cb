from datetime import timedelta
from uuid import uuid4

import pytest
from django.template import Context, Template
from django.utils.timezone import now
from django.utils.translation import override

from accounts import joining
from community.campaigns import crediting, linking, moments
from community.campaigns.models import Claim, Click, Conversion
from tests.campaigns.knocking import campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def spring(db):
    return campaign(greeting_zh="歡迎，把參數貼上來", greeting_en="Welcome, post your numbers")


@pytest.fixture
def plurk(spring):
    return linking.make_link(campaign=spring, channel="plurk", label="求救串", destination="/")


@pytest.fixture
def line(spring):
    return linking.make_link(campaign=spring, channel="line_oa", label="週四", destination="/")


def click(link, visitor, ago, agent="human"):
    at = now() - timedelta(minutes=ago)
    return Click.objects.create(id=moments.id_at(at), at=at, link=link, visitor=visitor, agent=agent)


def join(visitor, django_capture_on_commit_callbacks, name="dora"):
    with django_capture_on_commit_callbacks(execute=True):
        return joining.admit(email=f"{name}@cast.example", name=name, visitor=visitor)


def test_joining_writes_down_the_first_link_and_the_last(plurk, line, django_capture_on_commit_callbacks):
    visitor = uuid4()
    first, _middle, last = click(plurk, visitor, 90), click(line, visitor, 60), click(line, visitor, 5)
    click(plurk, visitor, 1, agent="preview")
    click(plurk, uuid4(), 1)
    member = join(visitor, django_capture_on_commit_callbacks)
    came = Conversion.objects.joined().get()
    assert (came.member, came.kind, came.at) == (member, "joined", member.joined_at)
    assert (came.first_click, came.first_link) == (first.pk, plurk)
    assert (came.last_click, came.last_link) == (last.pk, line)
    assert Click.objects.of_member(member).count() == 3


def test_someone_who_came_directly_joined_too(django_capture_on_commit_callbacks):
    join(None, django_capture_on_commit_callbacks)
    came = Conversion.objects.joined().get()
    assert came.first_link is None
    assert came.last_link is None


def test_signing_in_again_directly_changes_nothing(plurk, django_capture_on_commit_callbacks):
    visitor = uuid4()
    click(plurk, visitor, 5)
    member = join(visitor, django_capture_on_commit_callbacks)
    before = Conversion.objects.joined().values().get()
    with django_capture_on_commit_callbacks(execute=True):
        joining.welcome_back(member=member, visitor=uuid4())
        joining.welcome_back(member=member, visitor=None)
    assert Conversion.objects.joined().values().get() == before
    crediting.claim(member=member, visitor=visitor)
    assert Conversion.objects.joined().values().get() == before


def test_a_telephone_signed_in_later_brings_its_earlier_clicks(plurk, line, django_capture_on_commit_callbacks):
    telephone, desk = uuid4(), uuid4()
    first = click(plurk, telephone, 3000)
    click(line, desk, 5)
    member = join(desk, django_capture_on_commit_callbacks)
    assert Conversion.objects.joined().get().first_link == line
    crediting.claim(member=member, visitor=telephone)
    came = Conversion.objects.joined().get()
    assert (came.first_click, came.first_link, came.last_link) == (first.pk, plurk, line)


def test_clicks_after_joining_are_touches_but_take_no_credit(plurk, line, django_capture_on_commit_callbacks):
    visitor = uuid4()
    click(plurk, visitor, 5)
    member = join(visitor, django_capture_on_commit_callbacks)
    click(line, visitor, -5)
    crediting.claim(member=member, visitor=visitor)
    assert Conversion.objects.joined().get().last_link == plurk
    assert Click.objects.of_member(member).last().link == line


def test_a_browser_belongs_to_the_first_who_signed_in_with_it(plurk, ada, ben):
    visitor = uuid4()
    crediting.claim(member=ada, visitor=visitor)
    crediting.claim(member=ben, visitor=visitor)
    assert Claim.objects.get(visitor=visitor).member == ada


def greeted(member, language="zh-hant"):
    with override(language):
        return Template("{% load campaigns %}{% greeting member %}").render(Context({"member": member}))


def test_a_new_member_is_greeted_in_the_campaigns_words(plurk, django_capture_on_commit_callbacks):
    visitor = uuid4()
    click(plurk, visitor, 5)
    member = join(visitor, django_capture_on_commit_callbacks)
    assert greeted(member) == "歡迎，把參數貼上來"
    assert greeted(member, "en") == "Welcome, post your numbers"


def test_no_words_for_those_who_came_directly_long_ago_or_not_at_all(plurk, django_capture_on_commit_callbacks):
    from django.contrib.auth.models import AnonymousUser

    assert greeted(AnonymousUser()) == ""
    assert greeted(join(None, django_capture_on_commit_callbacks, "dan")) == ""
    visitor = uuid4()
    click(plurk, visitor, 5)
    member = join(visitor, django_capture_on_commit_callbacks)
    member.joined_at -= timedelta(days=2)
    assert greeted(member) == ""


@pytest.mark.parametrize(
    ("source", "said"), [("facebook", "Facebook"), ("LINE", "LINE"), ("nowhere", ""), (None, ""), ("<b>", "")]
)
def test_a_landing_page_says_where_they_came_from(source, said):
    template = Template("{% load campaigns %}{% channel_said source %}")
    assert template.render(Context({"source": source})) == said
