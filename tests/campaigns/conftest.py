"""A street that is really there: the door has connections of its own, which see only what was committed."""

import pytest
from django.db import connection, connections

OURS = ["click", "miss", "salt", "claim", "conversion", "rule", "split", "visits", "news", "trackedlink", "campaign"]


@pytest.fixture
def street(django_db_setup, django_db_blocker, settings, tmp_path):
    """A database that commits, and is emptied of our own tables alone: far quicker than a new copy for each test."""
    settings.VAR_DIR = tmp_path
    with django_db_blocker.unblock():
        yield
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(f'campaigns_{name}' for name in OURS)} CASCADE")
        connections.close_all()


@pytest.fixture
def spooled(tmp_path):
    return tmp_path / "spool"
