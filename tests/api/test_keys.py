"""Keys of programs: seen once, kept as a hash, and never more than their member."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from accounts import keying, scopes
from accounts.models import ApiKey

pytestmark = pytest.mark.django_db
EVERY = ("links:read", "links:write", "campaigns:read", "campaigns:write")


def test_a_key_is_not_kept_and_cannot_be_read_back(mark):
    key, token = keying.issue(member=mark, name="報表", scopes=EVERY)
    assert token.startswith("hg_")
    assert len(token) == 46
    assert token.startswith(key.prefix)
    kept = " ".join(str(value) for value in ApiKey.objects.values().get().values())
    assert token not in kept
    assert token[12:] not in kept
    assert keying.find(token) == key


def test_the_same_secret_is_another_key_for_another_house(mark, settings):
    _key, token = keying.issue(member=mark, name="x", scopes=EVERY)
    settings.SECRET_KEY = "another"
    assert keying.find(token) is None


@pytest.mark.parametrize("token", ["", "hg_", "hg_" + "x" * 43, "x" * 500, "hg_é", "hg_\x00"])
def test_what_is_no_key_opens_nothing(token, mark):
    keying.issue(member=mark, name="x", scopes=EVERY)
    assert keying.find(token) is None


def test_expired_revoked_and_a_member_who_is_out_are_all_no_key(mark, program):
    ask = program(mark)
    key = ApiKey.objects.get()
    assert ask("get", "/campaigns").status_code == 200
    ApiKey.objects.update(expires_at=now() - timedelta(seconds=1))
    assert ask("get", "/campaigns").status_code == 401
    ApiKey.objects.update(expires_at=now() + timedelta(days=1))
    assert ask("get", "/campaigns").status_code == 200
    mark.is_active = False
    mark.save()
    assert ask("get", "/campaigns").status_code == 401
    mark.is_active = True
    mark.save()
    keying.revoke(key=key)
    answer = ask("get", "/campaigns")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    first = key.revoked_at
    keying.revoke(key=key)
    assert key.revoked_at == first


def test_a_scope_opens_its_own_addresses_alone(mark, program, campaign):
    reader = program(mark, "campaigns:read")
    assert reader("get", f"/campaigns/{campaign.pk}").status_code == 200
    for method, path, body in (
        ("get", "/links", None),
        ("post", "/campaigns", {"name": "x"}),
        ("patch", f"/campaigns/{campaign.pk}", {}),
        ("put", f"/campaigns/{campaign.pk}/archive", None),
    ):
        refused = reader(method, path, body)
        assert refused.status_code == 403
        assert refused.json()["type"].endswith("#scope")


def test_a_key_never_opens_more_than_its_member_may(mark, edda, ben, program):
    assert keying.issue(member=ben, name="x", scopes=EVERY)[0].scopes == []
    ask = program(mark)
    mark.groups.clear()
    refused = ask("get", "/campaigns")
    assert refused.status_code == 403
    assert refused.json()["type"].endswith("#right")


def test_the_use_of_a_key_is_noted_once_a_minute(mark, program, django_assert_num_queries):
    ask = program(mark)
    ask("get", "/campaigns")
    noted = ApiKey.objects.get().used_at
    assert noted
    ask("get", "/campaigns")
    assert ApiKey.objects.get().used_at == noted
    ApiKey.objects.update(used_at=noted - timedelta(seconds=61))
    ask("get", "/campaigns")
    assert ApiKey.objects.get().used_at > noted - timedelta(seconds=61)


def test_the_command_prints_the_key_alone(mark):
    said, aside = io.StringIO(), io.StringIO()
    call_command("issue_api_key", "MARK@cast.example", "--days", "30", stdout=said, stderr=aside)
    key = keying.find(said.getvalue().strip())
    assert key.member == mark
    assert set(key.scopes) == {scope.key for scope in scopes.open_to(mark)}
    assert timedelta(days=29) < key.expires_at - now() < timedelta(days=30)
    assert said.getvalue().strip() not in aside.getvalue()


def test_the_command_gives_the_scopes_that_were_named(mark):
    said = io.StringIO()
    call_command("issue_api_key", "mark@cast.example", "--scope", "links:read", stdout=said, stderr=io.StringIO())
    key = keying.find(said.getvalue().strip())
    assert key.scopes == ["links:read"]
    assert key.expires_at is None


@pytest.mark.parametrize(
    "told", [["nobody@cast.example"], ["ben@cast.example"], ["mark@cast.example", "--scope", "members:delete"],
             ["mark@cast.example", "--days", "0"]],
)  # fmt: skip
def test_the_command_says_why_it_makes_no_key(told, mark, ben):
    with pytest.raises(CommandError):
        call_command("issue_api_key", *told, stdout=io.StringIO(), stderr=io.StringIO())
    assert not ApiKey.objects.exists()
