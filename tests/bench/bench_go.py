"""Tracked links beside an empty redirect on the same server, and what is left of acknowledged clicks after kill -9."""

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings

from community.running.folder import ROOT
from community.running.ports import free_port
from tests import databases
from tests.bench import Figure
from tests.site import Site

CONNECTIONS = 128
LINKS = 100_000
ROUNDS, SECONDS = 5, 4
MAKE = (
    "from community.campaigns import linking, steering\n"
    "from community.campaigns.models import Campaign, TrackedLink\n"
    "campaign = Campaign.objects.create(name='Load', key='load')\n"
    "link = linking.make_link(campaign=campaign, channel='facebook_page', label='Load', destination='/', code='load')\n"
    "link = linking.make_link(campaign=campaign, channel='line_oa', label='Ways', destination='/', code='ways')\n"
    "for number in range(5): steering.add_rule(link=link, kind='query', value=f'n={number}', destination='/forum/')\n"
    "steering.add_rule(link=link, kind='app', value='wechat', destination='/forum/')\n"
    "steering.add_arm(link=link, weight=50, destination='/articles/')\n"
    f"TrackedLink.objects.bulk_create([TrackedLink(campaign=campaign, channel='x', label='x', address='/', "
    "code=f'n{number}', code_folded=f'n{number}') "
    f"for number in range({LINKS:_})], batch_size=5_000)\n"
)


def run() -> list[Figure]:
    with Site(databases.copy("bench_go"), seed=False, worker=False) as site:
        site.manage("shell", "-v0", "-c", MAKE)
        return [*speed(site), *killed_web(site), *killed_database(site)]


def load(port: int, path: str, seconds: float, *, connections=CONNECTIONS, rate=0.0, answered="") -> dict:
    return json.loads(start(port, path, seconds, connections, rate, answered).communicate()[0])


def start(port: int, path: str, seconds: float, connections: int, rate: float, answered="", **env) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.bench.load", *map(str, (port, path, seconds, connections, rate))]
    env = {**os.environ, "LOAD_ANSWERED": str(answered), **env}
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)


class InTurn:
    """Asks for each of the many links in its turn, and goes on from round to round where the last one stopped."""

    def __init__(self, port: int):
        self.port, self.asked = port, 0

    def load(self) -> dict:
        told = {"LOAD_FIRST": str(self.asked % LINKS), "LOAD_NUMBERS": str(LINKS)}
        said = json.loads(start(self.port, "/go/n{n}", SECONDS, CONNECTIONS, 0, **told).communicate()[0])
        self.asked += said["answered"]
        return said

    def ask_for_all(self):
        while self.asked < LINKS:
            self.load()


def speed(site: Site) -> list[Figure]:
    """Rounds take turns, so that a busy machine is busy for both."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "tests.bench.empty:application", "--port", str(port)]
    command += ["--no-server-header", "--no-proxy-headers", "--no-access-log", "--log-level", "error"]
    empty = subprocess.Popen(command, cwd=ROOT)
    try:
        load(site.port, "/go/load", 1)
        load(port, "/", 1)
        load(site.port, "/go/ways?n=9", 1)
        in_turn = InTurn(site.port)
        in_turn.ask_for_all()  # the site did not know of them when it started
        ours, theirs, ways, many = [], [], [], []
        worked = {"theirs": [], "ours": []}
        for _ in range(ROUNDS):
            with measured(empty.pid, worked["theirs"]) as count:
                theirs.append(count(load(port, "/", SECONDS)))
            with measured(site.web.pid, worked["ours"]) as count:
                ours.append(count(load(site.port, "/go/load", SECONDS)))
            ways.append(load(site.port, "/go/ways?fbclid=IwAR0abcdefghijklmnop", SECONDS))
            many.append(in_turn.load())
        rate, empty_rate = median(ours, "per_second"), median(theirs, "per_second")
        half, empty_half = [], []
        for _ in range(ROUNDS):
            empty_half.append(load(port, "/", SECONDS, rate=rate / 2))
            half.append(load(site.port, "/go/load", SECONDS, rate=rate / 2))
    finally:
        empty.terminate()
        empty.wait()
    note = f"p50 {median(ours, 'p50_ms'):.1f} ms, p99 {median(ours, 'p99_ms'):.1f} ms with {CONNECTIONS} connections"
    return [
        Figure(
            "/go/, each click on disk before its answer", rate, "/s", "empty 302", empty_rate, least=0.65, note=note
        ),
        Figure(
            "/go/ at half of that load, p99",
            median(half, "p99_ms"),
            "ms",
            "empty 302 at the same rate",
            median(empty_half, "p99_ms"),
            note=f"budget 20 ms; p50 {median(half, 'p50_ms'):.1f} ms; rounds {each_p99(half)}, of the empty {each_p99(empty_half)}",
        ),
        Figure(
            "/go/ with six rules, a split and an fbclid",
            median(ways, "per_second"),
            "/s",
            "empty 302",
            empty_rate,
            0.65,
        ),
        Figure(
            "/go/ over 100,000 links, each asked in turn",
            median(many, "per_second"),
            "/s",
            "empty 302",
            empty_rate,
            0.65,
        ),
        Figure(
            "redirects in a second of the web process's own time",
            1e6 / statistics.median(worked["ours"]),
            "",
            "empty 302",
            1e6 / statistics.median(worked["theirs"]),
            note="what other programs on the machine take does not count here",
        ),
    ]


@contextmanager
def measured(pid: int, spent: list[float]):
    """Microseconds of a process's own time for each answer."""
    before, answered = seconds_of(pid), []

    def count(said: dict) -> dict:
        answered.append(said["answered"])
        return said

    yield count
    spent.append((seconds_of(pid) - before) / max(answered[0], 1) * 1e6)


def seconds_of(pid: int) -> float:
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def median(rounds: list[dict], name: str) -> float:
    return statistics.median(each[name] for each in rounds)


def each_p99(rounds: list[dict]) -> str:
    return " ".join(f"{each['p99_ms']:.0f}" for each in rounds)


def killed_web(site: Site) -> list[Figure]:
    """The web process dies in mid-load and is started again; what it had answered must all be there, once."""
    answered = site.folder / "answered-web"
    client = start(site.port, "/go/load?web={n}", 6, CONNECTIONS, 1500, answered)
    time.sleep(2)
    site.web.send_signal(signal.SIGKILL)
    site.web.wait()
    site.start_web()
    client.communicate()
    site.wait()
    return [counted(site, "web", answered, "kill -9 of the web process")]


def killed_database(site: Site) -> list[Figure]:
    """PostgreSQL dies in mid-load; meanwhile everyone is sent on, and afterwards every click is there, once."""
    answered = site.folder / "answered-database"
    client = start(site.port, "/go/load?database={n}", 8, CONNECTIONS, 1500, answered)
    time.sleep(2)
    if not (postmaster := settings.VAR_DIR / "postgres/data/postmaster.pid").exists():
        client.communicate()
        return []  # somebody else's server: not ours to kill
    os.kill(int(postmaster.read_text().split()[0]), signal.SIGKILL)
    said = json.loads(client.communicate()[0])
    figure = counted(site, "database", answered, "kill -9 of PostgreSQL")
    refused = Figure("visitors not sent on while PostgreSQL was down", said["other"] + said["broken"], "", most=0)
    return [figure, refused]


def counted(site: Site, name: str, answered: Path, what: str) -> Figure:
    """Waits until the spool is empty, then compares each acknowledged click with the table, one by one."""
    promised = {int(number) for number in answered.read_text().split()}
    deadline = time.monotonic() + 60
    rows: list[int] = []
    while time.monotonic() < deadline:
        time.sleep(1)
        try:
            with psycopg.connect(site.database_url) as link:
                found = link.execute("SELECT query FROM campaigns_click WHERE query LIKE %s", [f"{name}=%"]).fetchall()
        except psycopg.OperationalError:
            continue
        rows = [int(query.partition("=")[2]) for (query,) in found]
        if not list((site.folder / "spool").glob("*")) and promised <= set(rows):
            break
    note = f"{len(rows) - len(set(rows))} counted twice, {len(set(rows) - promised)} kept though their answer was lost"
    kept = len(promised & set(rows)) - (len(rows) - len(set(rows)))
    return Figure(f"acknowledged clicks in the table after {what}", kept, "", "acknowledged", len(promised), 1, 1, note)
