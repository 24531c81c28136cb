"""Whether this process answers, and whether what it stands on does."""

import os
import secrets

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from community.commons import public_pages, valkey


@never_cache
def healthz(request):
    """The process answers; asks nothing of anyone else."""
    return HttpResponse("ok\n", content_type="text/plain")


def _database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _valkey():
    valkey.client().ping()


def _migrations():
    executor = MigrationExecutor(connection)
    if missing := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise DatabaseError(f"{len(missing)} migrations have not been applied")


@never_cache
def readyz(request):
    """200 when database, Valkey and migrations are well; 503 and what fails otherwise."""
    found = {}
    for name, probe in (("database", _database), ("valkey", _valkey), ("migrations", _migrations)):
        try:
            probe()
            found[name] = "ok"
        except (DatabaseError, redis.RedisError, OSError) as error:
            # The kind of failure is enough for an operator; the text may hold an address or a password.
            found[name] = f"failing: {type(error).__name__}"
    well = all(state == "ok" for state in found.values())
    return JsonResponse({"ready": well, **found}, status=200 if well else 503)


def _may_measure(request) -> bool:
    """Whoever holds the token; without one, only this machine itself, and not through a proxy."""
    if settings.METRICS_TOKEN:
        return secrets.compare_digest(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}")
    return request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"} and "X-Forwarded-For" not in request.headers


@never_cache
def metrics(request):
    """What this process did, in Prometheus' text format (version 0.0.4); 404 for whoever may not measure."""
    if not _may_measure(request):
        raise Http404
    lines = []
    for name, words in public_pages.Numbers.TOLD.items():
        full = f"homeground_public_pages_{name}_total"
        lines += [f"# HELP {full} {words}", f"# TYPE {full} counter"]
        lines.append(f'{full}{{process="{os.getpid()}"}} {getattr(public_pages.numbers, name)}')
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")
