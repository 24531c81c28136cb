"""Templates hold no style and no script of their own: the policy of our pages would stop them anyway."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(path for path in ROOT.rglob("*.html"))
_PAGES = [path for path in TEMPLATES if path.relative_to(ROOT).parts[0] != "letters"]  # mail programs know nothing else


def _name(path):
    return str(path.relative_to(ROOT))


def _shown(path):
    text = path.read_text()
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)
    return re.sub(r"{#.*?#}", "", text)


def _faults(text):
    """What the policy of our pages would stop."""
    if re.search(r"<style\b|\sstyle\s*=", text):
        yield "style in place"
    if re.search(r"\son[a-z]+\s*=\s*[\"']", text) or "javascript:" in text:
        yield "a handler in place"
    if any("src=" not in tag and "application/ld+json" not in tag for tag in re.findall(r"<script\b[^>]*>", text)):
        yield "a script in place"
    if re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", text):
        yield "something of another site"


def test_a_template_has_no_style_script_or_handler_in_place_and_asks_nothing_of_other_sites():
    assert len(_PAGES) > 100
    wrong = [f"{_name(path)}: {fault}" for path in _PAGES for fault in _faults(_shown(path))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "<p style='top: 0'>",
        "<style>",
        '<p onclick="go()">',
        '<a href="javascript:go()">',
        "<script>go()</script>",
        '<img src="//elsewhere.example/x">',
        "<form action='https://elsewhere.example/'>",
    ],
)
def test_each_of_these_would_be_found(text):
    assert list(_faults(text))


def test_a_fragment_is_no_page():
    fragments = [path for path in _PAGES if path.name.startswith("_")]
    assert len(fragments) > 50
    assert not [_name(path) for path in fragments if re.search(r"{% extends|<html", _shown(path))]
