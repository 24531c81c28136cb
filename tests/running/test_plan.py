"""What the environment asks for, and what is refused before anything is started."""

import socket

import pytest

from community.running import plan as plans
from community.running import ports
from community.running.trouble import Trouble


@pytest.fixture
def env(tmp_path):
    return {"VAR_DIR": str(tmp_path / "var")}


@pytest.mark.parametrize("port", ["coffee", "0", "65536", "-1", "８０００x"])
def test_a_port_that_is_none_is_refused(env, port):
    with pytest.raises(Trouble, match="is no port"):
        plans.read({**env, "PORT": port})


def test_a_taken_port_is_said_with_the_way_out(env):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Trouble, match=rf"Port {port} on 127.0.0.1 is taken.*PORT={port + 1} make run"):
            plans.check_port(plans.read({**env, "PORT": str(port)}))


@pytest.mark.parametrize(
    ("asked", "demo"),
    [
        ({}, True),
        ({"DEMO": "off"}, False),
        ({"DEMO": ""}, False),
        ({"DEMO": "1"}, True),
        ({"SITE_URL": "https://club.example"}, False),
        ({"HOST": "0.0.0.0"}, False),
        ({"DATABASE_URL": "postgresql://real/data"}, False),
        ({"DATABASE_URL": "postgresql://real/data", "DEMO": "on"}, True),
        ({"SITE_URL": "http://127.0.0.1:9000"}, True),
    ],
)
def test_the_demo_comes_by_itself_only_where_nobody_else_is(env, asked, demo):
    assert plans.read({**env, **asked}).demo is demo


@pytest.mark.parametrize("asked", [{"HOST": "0.0.0.0"}, {"SITE_URL": "https://club.example"}])
def test_the_demo_is_refused_where_strangers_are(env, asked):
    with pytest.raises(Trouble, match="runs on this machine only"):
        plans.read({**env, **asked, "DEMO": "on"})


def test_the_secret_key_is_kept_between_runs(env):
    plan = plans.read(env)
    plan.folder.open()
    first = plans.environment(plan, {})["SECRET_KEY"]
    assert plans.environment(plan, {})["SECRET_KEY"] == first
    assert plans.environment(plans.read({**env, "SECRET_KEY": "mine"}), {})["SECRET_KEY"] == "mine"


def test_favourite_ports_are_kept_while_they_are_free():
    port = ports.free_port()
    assert ports.free_port(port) == port
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        assert ports.free_port(port) != port
