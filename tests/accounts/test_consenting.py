from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import now

from accounts import consenting, joining
from accounts.models import BrowserConsent, Consent

pytestmark = pytest.mark.django_db


def test_nothing_is_allowed_until_it_is_given_and_nothing_after_it_is_taken_back(ada):
    visitor = uuid4()
    for who in ({"member": ada}, {"visitor": visitor}):
        assert not consenting.allows(purpose="measuring", **who)
        consenting.choose(purposes=["measuring"], **who)
        assert consenting.allows(purpose="measuring", **who)
        assert not consenting.allows(purpose="ads", **who)
        consenting.choose(purposes=[], **who)
        assert not consenting.allows(purpose="measuring", **who)
    [row] = BrowserConsent.objects.of_visitor(visitor)
    assert row.version == consenting.VERSION
    assert row.withdrawn_at
    assert Consent.objects.decided(ada, "measuring").get().withdrawn_at


def test_choosing_the_same_twice_is_one_row(ada):
    visitor = uuid4()
    for _ in range(2):
        consenting.choose(member=ada, visitor=visitor, purposes=["measuring", "ads"])
    assert BrowserConsent.objects.of_visitor(visitor).count() == 2
    assert Consent.objects.decided(ada, "ads").count() == 1


def test_a_browser_is_asked_again_after_thirteen_months():
    visitor = uuid4()
    consenting.choose(visitor=visitor, purposes=["measuring"])
    BrowserConsent.objects.update(given_at=now() - timedelta(days=396))
    assert not consenting.allows(visitor=visitor, purpose="measuring")
    consenting.choose(visitor=visitor, purposes=["measuring"])
    assert consenting.allows(visitor=visitor, purpose="measuring")


def test_what_a_browser_agreed_to_becomes_its_members_word(django_capture_on_commit_callbacks):
    visitor = uuid4()
    consenting.choose(visitor=visitor, purposes=["measuring", "ads"])
    with django_capture_on_commit_callbacks(execute=True):
        kim = joining.admit(email="kim@example.org", visitor=visitor)
    assert consenting.allows(member=kim, purpose="measuring")
    assert consenting.may_share(kim)


def test_a_member_who_said_no_is_not_outvoted_by_a_browser(ada, django_capture_on_commit_callbacks):
    visitor = uuid4()
    consenting.choose(member=ada, purposes=["ads"])
    consenting.choose(member=ada, purposes=[])
    consenting.choose(visitor=visitor, purposes=["ads"])
    with django_capture_on_commit_callbacks(execute=True):
        joining.welcome_back(member=ada, visitor=visitor)
    assert not consenting.may_share(ada)
    assert not consenting.allows(member=ada, visitor=visitor, purpose="ads")


def test_the_under_aged_are_never_shared_and_cannot_agree_to_it(ada):
    consenting.choose(member=ada, purposes=["ads", "marketing"], among=consenting.OF_MEMBERS)
    assert consenting.may_share(ada)
    consenting.say_age(member=ada, is_minor=True)
    assert not consenting.may_share(ada)
    assert not consenting.allows(member=ada, purpose="marketing")
    consenting.choose(member=ada, purposes=["ads", "marketing", "measuring"], among=consenting.OF_MEMBERS)
    assert not consenting.allows(member=ada, purpose="ads")
    assert consenting.allows(member=ada, purpose="measuring")
    consenting.say_age(member=ada, is_minor=False)
    assert not consenting.may_share(ada)


def test_somebody_who_may_not_come_in_is_not_shared_either(ada):
    consenting.choose(member=ada, purposes=["ads"])
    ada.is_active = False
    assert not consenting.may_share(ada)
