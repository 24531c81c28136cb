"""Whether this process answers, and whether what it stands on does."""

import redis
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from community.commons import valkey


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
