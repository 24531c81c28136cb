import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.campaigns import agents
from community.campaigns.agents import Kind
from tests.campaigns import agents as said


@pytest.mark.parametrize(("agent", "app", "os", "device"), [(agent, *told) for agent, told in said.PEOPLE.items()])
def test_people_are_people_whatever_app_they_come_in(agent, app, os, device):
    assert agents.read(agent) == (Kind.HUMAN, app, os, device)


@pytest.mark.parametrize("agent", said.PREVIEWS + said.MORE_PREVIEWS)
def test_link_previews_are_known_by_name(agent):
    assert agents.read(agent).kind == Kind.PREVIEW


@pytest.mark.parametrize("agent", said.SEARCHES)
def test_search_engines_and_readers_for_models_are_known_by_name(agent):
    assert agents.read(agent).kind == Kind.SEARCH


@pytest.mark.parametrize("agent", said.SCANNERS)
def test_scanners_and_tools_are_known_by_name(agent):
    assert agents.read(agent).kind == Kind.SCANNER


@pytest.mark.parametrize("agent", said.UNKNOWN)
def test_what_is_no_browser_and_no_name_we_know_is_unknown(agent):
    assert agents.read(agent).kind == Kind.UNKNOWN


@pytest.mark.parametrize(
    ("pattern", "samples"),
    [
        (pattern, samples)
        for table, samples in (
            (agents.PREVIEW, said.PREVIEWS),
            (agents.SEARCH, said.SEARCHES),
            (agents.SCANNER, said.SCANNERS),
            (agents.MACHINE, said.UNKNOWN),
        )
        for pattern in table
    ],
)
def test_each_pattern_finds_its_own_and_no_person(pattern, samples):
    pattern = agents.any_of((pattern,))
    assert any(pattern.search(sample) for sample in samples)
    assert not any(pattern.search(person) for person in said.PEOPLE)


@pytest.mark.parametrize("header", ["prefetch", "prefetch;prerender", "preview"])
def test_a_browser_that_fetches_ahead_is_no_click_yet(header):
    agent = agents.read(said.CHROME)
    assert agents.kind_of(agent, method="GET", purpose=header) == Kind.PREFETCH


def test_asking_for_the_head_alone_is_no_person():
    assert agents.kind_of(agents.read(said.CHROME), method="HEAD", purpose="") == Kind.SCANNER


def test_a_preview_that_asks_for_the_head_stays_a_preview():
    assert agents.kind_of(agents.read(said.LINE_PREVIEW), method="HEAD", purpose="") == Kind.PREVIEW


@given(st.text(max_size=900))
def test_any_text_at_all_has_a_kind(text):
    agent = agents.read(text)
    assert agent.kind in Kind.values
    assert len(agent.app) <= 16
    assert len(agent.os) <= 16
