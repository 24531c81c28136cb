"""What is said when everything is up, and what is started."""

import pytest

from community.running import plan as plans
from community.running import serving
from community.running.children import Voice
from tests.running.test_supervising import Ears

FACTS = {
    "links": ["/go/spring"],
    "sign_ins": [{"email": "admin@demo.example", "who_zh": "店長", "who_en": "the keeper"}],
}


@pytest.fixture
def env(tmp_path):
    return {"VAR_DIR": str(tmp_path / "var"), "PORT": "8123"}


def announced(env, **facts):
    plan = plans.read(env)
    plan.folder.open()
    plan.folder.keep_note("demo", **facts)
    ears = Ears()
    serving.announce(plan, Voice(ears), seconds=1)
    return str(ears)


def test_the_addresses_a_link_and_the_sign_ins_are_told(env):
    said = announced(env, **FACTS)
    for words in (
        "http://localhost:8123/desk/",
        "http://localhost:8123/go/spring",
        "http://localhost:8123/desk/mail/",
        "admin@demo.example",
        "店長",
    ):
        assert words in said


def test_without_the_demo_nobody_is_told_of_its_people(env):
    said = announced({**env, "DEMO": "off"}, **FACTS)
    assert "http://localhost:8123/" in said
    assert "demo.example" not in said
    assert "/desk/mail/" not in said


def test_the_site_is_started_as_web_worker_and_beat(env):
    plan = plans.read(env)
    assert [child.name for child in serving.processes(plan, {})] == ["web", "worker", "beat"]


@pytest.mark.parametrize(
    ("host", "knock"), [("0.0.0.0", "http://127.0.0.1:8123"), ("::", "http://[::1]:8123"), ("::1", "http://[::1]:8123")]
)
def test_the_site_is_asked_where_it_listens(env, host, knock):
    assert plans.read({**env, "HOST": host}).knock_url == knock
