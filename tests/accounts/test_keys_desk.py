"""The drawer of API keys: one's own, and for administrators everybody's."""

import re

import pytest

from accounts import keying
from accounts.models import ApiKey
from tests import cast

pytestmark = pytest.mark.django_db
WANTED = {"name": "每週報表", "scopes": ["links:read", "stats:read"], "days": "90"}


def test_only_those_who_may_keep_keys_see_the_drawer(stranger, as_ben, as_edda, as_mod, as_mark, as_root):
    assert stranger.get("/desk/keys/").status_code == 302
    assert as_ben.get("/desk/keys/").status_code == 403
    for refused in (as_edda, as_mod):
        assert refused.get("/desk/keys/").status_code in {302, 403}
        assert refused.post("/desk/keys/", WANTED).status_code in {302, 403}
    assert not ApiKey.objects.exists()
    assert as_mark.get("/desk/keys/").status_code == 200
    assert as_root.get("/desk/keys/").status_code == 200


@pytest.mark.parametrize(("language", "words"), [("en", "shown this once"), ("zh-TW", "只顯示這一次")])
def test_a_key_is_shown_once(as_mark, mark, language, words):
    made = as_mark.post("/desk/keys/", WANTED, headers={"Accept-Language": language})
    assert words in made.content.decode()
    token = re.search(r"hg_[\w-]{43}", made.content.decode()).group()
    key = keying.find(token)
    assert (key.member, key.made_by, key.scopes) == (mark, mark, ["links:read", "stats:read"])
    assert key.expires_at
    assert token not in as_mark.get("/desk/keys/").content.decode()
    assert made["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "told",
    [{}, {"name": "x"}, {**WANTED, "scopes": ["members:delete"]}, {**WANTED, "days": "99999"}, {**WANTED, "name": ""}],
)
def test_a_key_that_cannot_be_is_explained(told, as_mark):
    assert as_mark.post("/desk/keys/", told).status_code == 422
    assert not ApiKey.objects.exists()


def test_everybody_sees_and_revokes_their_own_and_administrators_all(as_mark, mark, as_root):
    other = cast.staff("olga", "marketer")
    theirs, _ = keying.issue(member=other, name="Olgas", scopes=["links:read"])
    mine, token = keying.issue(member=mark, name="Marks", scopes=["links:read"])
    page = as_mark.get("/desk/keys/").content.decode()
    assert "Marks" in page
    assert "Olgas" not in page
    assert as_mark.post(f"/desk/keys/{theirs.pk}/revocation/").status_code == 404
    assert as_mark.post(f"/desk/keys/{mine.pk}/revocation/").status_code == 302
    assert keying.find(token) is None
    assert "Olgas" in as_root.get("/desk/keys/").content.decode()
    as_root.post(f"/desk/keys/{theirs.pk}/revocation/")
    assert not ApiKey.objects.standing().exists()
    assert as_mark.get(f"/desk/keys/{mine.pk}/revocation/").status_code == 405


def test_an_administrator_without_all_rights_may_revoke_too(client):
    client.force_login(cast.staff("anna", "administrator"))
    key, _ = keying.issue(member=cast.mark(), name="Marks", scopes=["links:read"])
    client.post(f"/desk/keys/{key.pk}/revocation/")
    assert not ApiKey.objects.standing().exists()
