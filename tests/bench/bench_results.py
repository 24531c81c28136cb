"""The dashboard over a year of clicks, beside a view that does nothing; and filling a day's tallies.

LOAD_CLICKS and LOAD_MEMBERS make it smaller; the budgets are for ten million and a hundred thousand. LOAD_KEEP names a
database that is made once and kept, to measure again what took an hour to load.
"""

import os
import time
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from accounts.models import Member
from community import urls as house
from community.insights import days, filling
from community.insights.loading import Loader, Plan
from tests import cast, databases
from tests.bench import Figure

CLICKS, MEMBERS = int(os.environ.get("LOAD_CLICKS", 10_000_000)), int(os.environ.get("LOAD_MEMBERS", 100_000))
KEEP = os.environ.get("LOAD_KEEP", "")
ROUNDS = 5
LOOKS = (
    "?",
    "?period=today",
    "?period=yesterday",
    "?period=7",
    "?period=90",
    "?period=month",
    "?period=last_month",
    "?period=year",
    "?period=all",
    "?period=90&app=line",
    "?period=28&channel=facebook_page",
    "?period=90&channel=plurk&os=ios",
    "?period=year&app=facebook",
    "?period=28&model=linear&device=phone",
)


def nothing(request):
    """Stands for the least a page of the desk can cost: the same middleware, the same person."""
    return HttpResponse(str(request.user.pk))


urlpatterns = [path("nothing/", nothing), *house.urlpatterns]


def run() -> list[Figure]:
    connection.close()
    connection.settings_dict["NAME"] = databases.kept(KEEP) if KEEP else databases.copy("results")
    try:
        with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver", *settings.ALLOWED_HOSTS]):
            return measure()
    finally:
        connection.close()
        if not KEEP:
            databases.drop(connection.settings_dict["NAME"])


def load() -> list[Figure]:
    """The year, once; a kept database has it, and is only brought up to this hour."""
    if Member.objects.named("load1").exists():
        filling.catch_up(most=100_000)
        return []
    began = time.perf_counter()
    Loader(Plan(clicks=CLICKS, members=MEMBERS, days=365, seed=7)).run(print)
    loaded = time.perf_counter() - began
    began = time.perf_counter()
    filled = filling.catch_up(most=100_000)
    whole = time.perf_counter() - began
    with connection.cursor() as cursor:
        for table in ("tally", "hour", "bond", "bondsum", "taking", "stay", "credittally"):
            cursor.execute(f"VACUUM ANALYZE insights_{table}")
    return [
        Figure("loading", CLICKS / loaded, "clicks/s", note=f"{loaded:.0f} s"),
        Figure("filling everything", filled / whole, "days/s", note=f"{filled} days"),
    ]


def measure() -> list[Figure]:
    loaded = load()
    client = Client()
    client.force_login(Member.objects.named("mark").first() or cast.mark())
    day = days.today() - timedelta(days=2)
    fills = sorted(timed(lambda: filling.fill(day)) for _round in range(3))
    empty = spread([timed(lambda: client.get("/nothing/")) for _round in range(60)])
    times: dict[str, list[float]] = {look: [] for look in LOOKS}
    for _round in range(ROUNDS + 1):
        for look in LOOKS:
            times[look].append(timed(partial(asked, client, look)))
    times = {look: taken[1:] for look, taken in times.items()}  # the first has plans and templates to make
    slow = {look: spread(taken) for look, taken in times.items()}
    first = spread([first_look(client, look) for look in LOOKS for _round in range(3)])
    each = [taken for look in LOOKS for taken in times[look]]
    slowest = max(slow, key=lambda look: slow[look]["p50"])
    note = f"p50 {spread(each)['p50']:.0f} ms; slowest look {slowest} with p50 {slow[slowest]['p50']:.0f} ms"
    return [
        Figure(
            f"dashboard over {CLICKS:,} clicks and {MEMBERS:,} members, p95", spread(each)["p95"], "ms",
            most=200, note=f"{note}; a view that does nothing, p95 {empty['p95']:.0f} ms",
        ),
        Figure("the same, with no sums kept, p95", first["p95"], "ms", note=f"p50 {first['p50']:.0f} ms"),
        Figure("filling one day's tallies", fills[1], "ms", most=5_000),
        *loaded,
    ]  # fmt: skip


def asked(client, look):
    answer = client.get(f"/desk/insights/{look}")
    assert answer.status_code == 200


def first_look(client, look) -> float:
    """As after an hour has closed: none of its sums is kept yet. Who asks is known."""
    cache.clear()
    client.get("/nothing/")
    return timed(partial(asked, client, look))


def timed(work) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def spread(times) -> dict:
    times = sorted(times)
    return {"p50": times[len(times) // 2], "p95": times[min(int(len(times) * 0.95), len(times) - 1)]}
