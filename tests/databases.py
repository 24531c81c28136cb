"""One migrated template database, kept until a migration changes, and quick copies of it."""

import contextlib
import hashlib
import json
import os
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations.exceptions import NodeNotFoundError
from psycopg import sql

from community.commons import migrating

LOCK = 7_300_119_120  # any number that nobody else takes an advisory lock on
PACKAGES = ("django", "wagtail", "django-allauth", "django-taggit", "psycopg")


def url_of(name: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


@contextlib.contextmanager
def _server():
    with psycopg.connect(url_of("postgres"), autocommit=True) as link:
        yield link


def _do(link, words: str, *names: str) -> None:
    link.execute(sql.SQL(words).format(*map(sql.Identifier, names)))


def ingredients() -> dict[str, str]:
    """All that decides what running the migrations gives, each with its digest: the packages, and each file of ours."""
    told = {
        "packages": _digest(repr([settings.INSTALLED_APPS, [version(each) for each in PACKAGES]]).encode()),
        "operations": _digest(Path(migrating.__file__).read_bytes()),
    }
    for config in sorted(apps.get_app_configs(), key=lambda each: each.label):
        if Path(config.path).is_relative_to(settings.BASE_DIR / ".venv"):
            continue
        for path in sorted(Path(config.path).glob("migrations/*.py")):
            told[f"{config.label}/{path.name}"] = _digest(path.read_bytes())
    return told


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def fingerprint() -> str:
    """Changes whenever running the migrations could give another database."""
    return _digest(json.dumps(ingredients()).encode())


def template() -> str:
    """The template's name; the first worker to ask builds it while the others wait."""
    name = f"hg_template_{fingerprint()}"
    with _server() as link:
        link.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not _exists(link, name):
            draft = f"{name}_draft"
            _do(link, "DROP DATABASE IF EXISTS {} WITH (FORCE)", draft)
            _do(link, "CREATE DATABASE {} TEMPLATE {}", draft, _beginning(link))
            _migrate(draft)
            said = sql.SQL("COMMENT ON DATABASE {} IS {}")
            link.execute(said.format(sql.Identifier(draft), json.dumps(ingredients())))
            _do(link, "ALTER DATABASE {} RENAME TO {}", draft, name)
            for old in _named(link, "hg_template_%"):
                if old != name:
                    _do(link, "DROP DATABASE IF EXISTS {} WITH (FORCE)", old)
        _drop_orphans(link)
    return name


def _beginning(link) -> str:
    """The former template that lacks nothing but migrations, so that only these are run, as on a live site; else none."""
    wanted = ingredients().items()
    told = link.execute(
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database "
        "WHERE datname LIKE 'hg_template_%' AND datname NOT LIKE '%_draft'"
    )
    fitting = {name: had for name, words in told if (had := json.loads(words or "{}")) and had.items() <= wanted}
    return max(fitting, key=lambda name: len(fitting[name]), default="template1")


def _migrate(name: str) -> None:
    connection = connections["default"]
    former = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = former


def _exists(link, name: str) -> bool:
    return link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _named(link, pattern: str) -> list[str]:
    return [row[0] for row in link.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern])]


def _drop_orphans(link) -> None:
    """Copies carry the number of the run that made them; drop those whose run is gone."""
    for name in _named(link, "hg_copy_%"):
        run = name.split("_")[2]
        if not Path(f"/proc/{run}").exists():
            _do(link, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def copy(label: str) -> str:
    """A fresh copy of the template under a name of this run, in place of any former one."""
    name = f"hg_copy_{os.environ['HOMEGROUND_RUN']}_{label}"
    source = f"hg_template_{fingerprint()}"
    with _server() as link:
        _do(link, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        # Twice as quick as telling the write-ahead log of every page, and each test that really commits takes a copy.
        _do(link, "CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, source)
    return name


def kept(label: str) -> str:
    """A copy that outlives its run, brought up to the present migrations."""
    name = f"hg_kept_{label}"
    with _server() as link:
        if not _exists(link, name):
            _do(link, "CREATE DATABASE {} TEMPLATE {}", name, f"hg_template_{fingerprint()}")
    try:
        _migrate(name)
    except NodeNotFoundError:  # it stopped half-way through a history that stands in fewer files since
        drop(name)
        return kept(label)
    return name


def drop(name: str) -> None:
    with _server() as link:
        _do(link, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
