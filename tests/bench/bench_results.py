"""The dashboard over a year of clicks, beside a view that does nothing; and filling a day's tallies.

LOAD_CLICKS and LOAD_MEMBERS make it smaller; the budgets are for ten million and a hundred thousand.
"""

import os
import time
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from community import urls as house
from community.insights import days, filling
from community.insights.loading import Loader, Plan
from tests import cast, databases
from tests.bench import Figure

CLICKS, MEMBERS = int(os.environ.get("LOAD_CLICKS", 10_000_000)), int(os.environ.get("LOAD_MEMBERS", 100_000))
ROUNDS = 5
LOOKS = (
    "?",
    "?period=today",
    "?period=7",
    "?period=90",
    "?period=month",
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
    connection.settings_dict["NAME"] = databases.copy("results")
    try:
        with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver", *settings.ALLOWED_HOSTS]):
            return measure()
    finally:
        connection.close()
        databases.drop(connection.settings_dict["NAME"])


def measure() -> list[Figure]:
    client = Client()
    client.force_login(cast.mark())
    began = time.perf_counter()
    Loader(Plan(clicks=CLICKS, members=MEMBERS, days=365, seed=7)).run(print)
    loaded = time.perf_counter() - began
    began = time.perf_counter()
    filled = filling.catch_up(most=100_000)
    whole = time.perf_counter() - began
    with connection.cursor() as cursor:
        for table in ("tally", "bond", "taking", "stay", "credittally"):
            cursor.execute(f"VACUUM ANALYZE insights_{table}")
        cursor.execute("SELECT count(*) FROM insights_tally")
        rows = cursor.fetchone()[0]
    day = days.today() - timedelta(days=2)
    fills = sorted(timed(lambda: filling.fill(day)) for _round in range(3))
    empty = spread([timed(lambda: client.get("/nothing/")) for _round in range(60)])
    times = {look: [timed(partial(asked, client, look)) for _round in range(ROUNDS)] for look in LOOKS}
    slow = {look: spread(taken) for look, taken in times.items()}
    each = [taken for look in LOOKS for taken in times[look]]
    slowest = max(slow, key=lambda look: slow[look]["p50"])
    note = f"p50 {spread(each)['p50']:.0f} ms; slowest look {slowest} with p50 {slow[slowest]['p50']:.0f} ms; budget 200 ms"
    return [
        Figure(
            f"dashboard over {CLICKS:,} clicks and {MEMBERS:,} members, p95", spread(each)["p95"], "ms",
            "a view that does nothing, p95", empty["p95"], note=note,
        ),
        Figure("filling one day's tallies", fills[1], "ms", note="budget 5,000 ms", most=5_000),
        Figure("loading", CLICKS / loaded, "clicks/s", note=f"{loaded:.0f} s"),
        Figure("filling everything", filled / whole, "days/s", note=f"{filled} days, {rows:,} rows of tallies"),
    ]  # fmt: skip


def asked(client, look):
    answer = client.get(f"/desk/insights/{look}")
    assert answer.status_code == 200


def timed(work) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def spread(times) -> dict:
    times = sorted(times)
    return {"p50": times[len(times) // 2], "p95": times[min(int(len(times) * 0.95), len(times) - 1)]}
