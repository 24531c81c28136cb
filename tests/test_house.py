"""The walls of the house: which room may know which, in imports and in foreign keys, and how rooms are furnished."""

import re
import subprocess
import tomllib
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.urls import URLResolver, get_resolver
from importlinter import cli

ROOT = Path(settings.BASE_DIR)
HOUSE = ("accounts", "cms", "community")
LONGEST = 400


def layers() -> dict[str, int]:
    """Each room's height, read from the contract that import-linter enforces: the higher number stands above."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    lines = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {
        room.strip(" ()"): height for height, line in enumerate(reversed(lines)) for room in re.split(r"[|:]", line)
    }


def room_of(model) -> str | None:
    name = model._meta.app_config.name
    return name if name.split(".")[0] in HOUSE else None


def sources(pattern="**/*.py"):
    for house in HOUSE:
        for path in (ROOT / house).glob(pattern):
            if "migrations" not in path.parts:
                yield path


def test_imports_point_down_only(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    code = cli.lint_imports(no_cache=True)
    assert code == 0, capsys.readouterr().out


def test_every_room_has_its_place_in_the_layers():
    known = layers()
    rooms = {config.name for config in apps.get_app_configs() if config.name.split(".")[0] in HOUSE}
    assert rooms - {"community"} <= set(known)


def test_foreign_keys_point_down_only():
    heights = layers()
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        mine = room_of(model)
        if mine is None:
            continue
        for field in model._meta.get_fields():
            if field.auto_created or not field.is_relation or field.related_model is None:
                continue
            theirs = room_of(field.related_model)
            if theirs in (None, mine):
                continue
            if heights[theirs] >= heights[mine]:
                wrong.append(f"{model._meta.label}.{field.name} → {field.related_model._meta.label}")
    assert not wrong, "\n".join(wrong)


def test_no_foreign_key_comes_into_the_house_from_a_package_other_than_through_the_user_model():
    """A package's table may know the member, whom Django lets us name, and nothing else of ours."""
    member = settings.AUTH_USER_MODEL.lower()
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if room_of(model) is None
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
        if room_of(field.related_model) and field.related_model._meta.label_lower != member
    ]
    assert not wrong


@pytest.mark.django_db
def test_no_migration_is_missing():
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_no_file_grows_beyond_reading():
    files = [*sources(), *ROOT.glob("static/js/**/*.js"), *ROOT.glob("static/css/**/*.css")]
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files
        if (lines := len(path.read_text().splitlines())) > LONGEST and "words" not in path.parts
    }
    assert not long


def test_queries_are_written_with_the_models():
    """Elsewhere one asks named questions."""
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sources()
        if path.name not in {"models.py", "managers.py", "querysets.py"} and "models" not in path.parts
        if path.relative_to(ROOT) != Path("community/commons/paging.py")  # works on any queryset handed to it
        if "pictures" not in path.parts  # where pictures have filters too
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"(?<!register)\.filter\(", line)
    ]
    assert not wrong, "\n".join(wrong)


def test_every_module_opens_with_a_sentence():
    wrong = [
        str(path.relative_to(ROOT))
        for path in sources()
        if (text := path.read_text().strip()) and not text.startswith(('"""', "#!", 'r"""'))
    ]
    assert not wrong


def _names(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name:
            yield prefix + pattern.name


def test_every_address_that_a_template_names_is_there():
    """A branch that no test draws would otherwise fail in front of somebody, or be silently empty (`as`)."""
    known = set(_names(get_resolver()))
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for folder in (ROOT / "templates", ROOT / "cms", ROOT / "community", ROOT / "accounts")
        for path in folder.glob("**/*.html")
        for name in re.findall(r"{%\s*url\s+['\"]([\w:.-]+)['\"]", path.read_text())
        if name not in known
    ]
    assert not wrong, "\n".join(wrong)


def test_the_readme_names_both_commands():
    words = (ROOT / "README.md").read_text()
    assert "make run" in words
    assert "make test" in words


def test_make_help_tells_every_target():
    made = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^\.PHONY: (.+)$", made, re.M)[0].split())
    said = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split()[0] for line in said.splitlines()} == targets


def test_no_address_of_a_registry_or_machine_slips_in():
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
