"""How fast clicks are written down beside ten million others, against an empty table: the door's own COPY, group by group.

`BENCH_CLICKS` says how many others (10,000,000 without it); they are spread over the months that have tables.
"""

import os
import random
import time
import uuid
from datetime import UTC, datetime, timedelta

import psycopg
from uuid_utils import uuid7

from community.campaigns import agents, clicks
from tests import databases
from tests.bench import Figure, load

MANY = int(os.environ.get("BENCH_CLICKS", "10000000"))
AT_ONCE = 250_000
GROUP, SECONDS = 100, 6
LINKS = 100_000
# Made inside the database: an identifier of its moment, a link at random, a visitor for two clicks each.
FILL = """
INSERT INTO campaigns_click (id, visitor, at, link_id, agent, trigger, app, os, device, language, referrer, agent_said, query)
SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text || 'c'), 1, 3)
        || '8' || substr(md5(n::text || 'd'), 1, 15))::uuid,
    (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(md5((n / 2)::text), 1, 3)
        || '8' || substr(md5((n / 2)::text), 4, 15))::uuid,
    at, 1 + (random() * %(links)s)::bigint, 'human', 'link', 'facebook', 'ios', 'phone', 'zh-TW', 'l.facebook.com', %(agent)s, ''
FROM (SELECT n, %(start)s::timestamptz + (n::float8 / %(many)s) * (%(end)s::timestamptz - %(start)s::timestamptz) AS at
    FROM generate_series(%(low)s, %(high)s) AS n) AS told
"""


def run() -> list[Figure]:
    name = databases.copy("bench_clicks")
    try:
        with psycopg.connect(databases.url_of(name), autocommit=True) as link:
            empty = rate(link)
            filled = fill(link)
            full = rate(link)
    finally:
        databases.drop(name)
    note = f"filled at {filled:,.0f} a second; groups of {GROUP}, each committed before the next"
    return [
        Figure(
            f"clicks written a second beside {MANY:,} others", full, "/s", "empty table", empty, least=0.8, note=note
        )
    ]


def rate(link) -> float:
    """Clicks a second, each group on disk before the next sets out; the best of three, for other work on the machine."""
    agent = agents.read(load.AGENT)
    dice, best = random.Random(7), 0.0
    for _ in range(3):
        done, begun = 0, time.perf_counter()
        while time.perf_counter() - begun < SECONDS / 3:
            lines = [
                clicks.line(
                    id=uuid7(),
                    at=time.time(),
                    link=dice.randrange(1, LINKS),
                    visitor=uuid.UUID(bytes=uuid7().bytes),
                    kind="human",
                    agent=agent,
                    query=b"",
                    language="zh-TW",
                    referrer="https://l.facebook.com/",
                    address="\\N",
                    agent_said=load.AGENT,
                )
                for _ in range(GROUP)
            ]
            with link.cursor() as cursor, cursor.copy(clicks.COPY) as copy:
                copy.write(b"".join(lines))
            done += GROUP
        best = max(best, done / (time.perf_counter() - begun))
    return best


def fill(link) -> float:
    """The past: as much of it as the months that have tables can hold, up to this moment."""
    end = datetime.now(UTC)
    start = end - timedelta(days=75)
    begun = time.perf_counter()
    for low in range(0, MANY, AT_ONCE):
        high = min(low + AT_ONCE, MANY) - 1
        told = {"low": low, "high": high, "many": MANY, "start": start, "end": end, "links": LINKS - 1}
        link.execute(FILL, {**told, "agent": load.AGENT})
    link.execute("ANALYZE campaigns_click")
    return MANY / (time.perf_counter() - begun)
