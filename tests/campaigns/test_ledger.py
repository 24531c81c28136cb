"""Who sets out when, seen without a database: lanes that arrive when the test says so."""

import asyncio

import pytest

from community.campaigns import ledger
from community.campaigns.ledger import COMPANY, LANES, Ledger


class Road:
    """Stands for a lane; `groups` are those under way on all of them, in their order, each with what ends it."""

    groups: list

    def __init__(self):
        self.is_open = True

    def begin(self):
        pass

    def commit(self, data, then):
        self.groups.append((data.split(), then))

    def close(self):
        pass


@pytest.fixture
def groups(monkeypatch):
    monkeypatch.setattr(ledger, "Lane", Road)
    monkeypatch.setattr(Road, "groups", [], raising=False)
    return Road.groups


def test_a_lone_click_waits_for_nobody_and_company_for_no_commit(groups):
    answered = []

    async def live():
        door = Ledger()
        door.start()

        async def come(*numbers):
            for number in numbers:
                door.keep_then(b"%d\n" % number, lambda number=number: answered.append(number))
            await asyncio.sleep(0)

        await come(0)
        assert [data for data, _then in groups] == [[b"0"]]
        await come(*range(1, COMPANY))
        assert len(groups) == 1  # they are too few to have a commit of their own
        await come(COMPANY)
        assert len(groups) == LANES
        assert len(groups[1][0]) == COMPANY
        await come(*range(100, 100 + COMPANY))
        assert len(groups) == LANES  # there is no lane for them
        _data, arrive = groups.pop(0)
        arrive(None)
        assert len(groups) == LANES  # they went before the first was answered, in the same breath
        assert answered == [0]
        await come(200)
        while groups:
            groups.pop(0)[1](None)
        await door.stop()

    asyncio.run(live())
    assert answered == [0, *range(1, COMPANY + 1), *range(100, 100 + COMPANY), 200]
