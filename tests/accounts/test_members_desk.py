"""The desk's drawer of members: administrators find and appoint people, others are kept out."""

import pytest
from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

from accounts import tiers
from accounts.models import Member, Standing, Tier
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    """An administrator who is not a superuser."""
    return cast.staff("anna", "administrator")


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna)
    return client


def told(member, **changes):
    known = {
        "name": member.name,
        "handle": member.handle,
        "tier": member.tier_id,
        "mark": member.mark,
        "is_active": "on" if member.is_active else "",
        "groups": [group.pk for group in member.groups.all()],
    } | changes
    return {name: value for name, value in known.items() if value not in (None, "")}


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_an_administrator_lists_and_opens_members_in_both_languages(as_anna, anna, ben, language):
    UserProfile.objects.update_or_create(user=anna, defaults={"preferred_language": language})
    listed = as_anna.get("/desk/users/")
    assert listed.status_code == 200
    assert "ben@cast.example" in listed.content.decode()
    opened = as_anna.get(f"/desk/users/edit/{ben.pk}/")
    assert opened.status_code == 200
    assert 'name="handle"' in opened.content.decode()


@pytest.mark.parametrize(
    "query", ["q=ben", "tier=1", "groups=1", "is_active=true", "ordering=tier", "q=%25_'", "tier=x"]
)
def test_members_are_searched_sorted_and_narrowed(as_anna, ben, query):
    assert as_anna.get(f"/desk/users/?{query}").status_code == 200


def test_the_list_asks_as_often_for_many_members_as_for_few(as_anna, ben, django_assert_max_num_queries):
    as_anna.get("/desk/users/")
    for number in range(8):
        cast.member(f"guest{number}")
    with django_assert_max_num_queries(20):
        as_anna.get("/desk/users/")


@pytest.mark.parametrize("person", ["as_edda", "as_mark", "as_mod"])
def test_other_roles_are_refused(request, person, ben):
    client = request.getfixturevalue(person)
    for address in ("/desk/users/", f"/desk/users/edit/{ben.pk}/"):
        answer = client.get(address)
        assert answer.status_code in {302, 403}
        assert answer.get("Location", "/desk/") == "/desk/"


def test_members_do_not_enter_and_strangers_are_asked_in(as_ada, stranger):
    assert as_ada.get("/desk/users/").status_code == 403
    assert stranger.get("/desk/users/")["Location"].startswith("/join/")


def test_appointing_gives_role_mark_and_tier_with_its_reason(as_anna, anna, chen):
    editor = Group.objects.get(name="editor")
    regular = Tier.objects.get(rank=2)
    answer = as_anna.post(
        f"/desk/users/edit/{chen.pk}/", told(chen, mark="烘豆師", tier=regular.pk, groups=[editor.pk], name="阿陳")
    )
    assert answer.status_code == 302
    chen = Member.objects.get(pk=chen.pk)
    assert (chen.name, chen.mark, chen.tier, chen.is_staff) == ("阿陳", "烘豆師", regular, True)
    assert chen.has_perm("wagtailadmin.access_admin")
    assert tiers.rank_of(chen) == tiers.STAFF
    standing = chen.standings.get(until=None)
    assert (standing.source, standing.by) == (Standing.Source.GRANTED, anna)


def test_taking_the_roles_away_makes_a_member_again(as_anna, edda):
    as_anna.post(f"/desk/users/edit/{edda.pk}/", told(edda, groups=[]))
    edda = Member.objects.get(pk=edda.pk)
    assert not edda.is_staff
    assert not edda.has_perm("wagtailadmin.access_admin")


def test_shutting_out_ends_every_session(as_anna, ben, as_ben):
    as_anna.post(f"/desk/users/edit/{ben.pk}/", told(ben, is_active=""))
    assert as_ben.get("/me/").status_code == 302
    ben.refresh_from_db()
    as_anna.post(f"/desk/users/edit/{ben.pk}/", told(ben, is_active="on"))
    assert Member.objects.get(pk=ben.pk).is_active


def test_an_address_is_not_changed_at_the_desk(as_anna, ben):
    as_anna.post(f"/desk/users/edit/{ben.pk}/", told(ben, email="thief@evil.example"))
    assert Member.objects.get(pk=ben.pk).email == "ben@cast.example"


@pytest.mark.parametrize("handle", ["ada", "ａｄａ", "官方", "no blanks", "<script>", "x" * 31])
def test_a_bad_handle_is_explained_and_nothing_is_changed(as_anna, ada, ben, handle):
    answer = as_anna.post(f"/desk/users/edit/{ben.pk}/", told(ben, handle=handle, name="班"))
    assert answer.status_code == 200
    ben = Member.objects.get(pk=ben.pk)
    assert (ben.handle, ben.name) == ("ben", "Ben")


def test_nobody_makes_or_deletes_a_member_at_the_desk(as_root, ben):
    assert "/desk/users/new/" not in as_root.get("/desk/users/").content.decode()
    assert as_root.get("/desk/users/new/").status_code == 302
    assert as_root.post(f"/desk/users/delete/{ben.pk}/").status_code in {302, 403}
    bulk = as_root.post(f"/desk/bulk/accounts/member/delete/?id={ben.pk}&next=/desk/users/")
    assert bulk.status_code in {302, 403}
    assert Member.objects.filter(pk=ben.pk).exists()


def test_a_superuser_is_changed_by_superusers_only(as_anna, root):
    answer = as_anna.post(f"/desk/users/edit/{root.pk}/", told(root, is_active=""))
    assert answer.status_code in {302, 403}
    assert Member.objects.get(pk=root.pk).is_active


def test_administrators_do_not_lock_themselves_out(as_anna, anna):
    as_anna.post(f"/desk/users/edit/{anna.pk}/", told(anna, groups=[], is_active="", mark="管家"))
    anna = Member.objects.get(pk=anna.pk)
    assert (anna.is_active, anna.mark) == (True, "管家")
    assert anna.groups.count() == 1


def test_the_desks_account_page_opens_and_saves(as_edda, edda):
    page = as_edda.get("/desk/account/")
    assert page.status_code == 200
    assert "first_name" not in page.content.decode()
    saved = as_edda.post(
        "/desk/account/",
        {
            "locale-preferred_language": "en",
            "locale-current_time_zone": "Asia/Taipei",
            "theme-theme": "dark",
            "theme-contrast": "system",
            "theme-density": "default",
            "theme-keyboard_shortcuts": "on",
        },
    )
    assert saved.status_code == 302
    assert UserProfile.objects.get(user=edda).preferred_language == "en"
