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


@pytest.mark.parametrize("path", _PAGES, ids=_name)
def test_a_template_has_no_style_script_or_handler_in_place(path):
    text = _shown(path)
    assert not re.search(r"<style\b|\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert "javascript:" not in text
    for tag in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in tag or "application/ld+json" in tag


@pytest.mark.parametrize("path", _PAGES, ids=_name)
def test_a_template_asks_nothing_of_other_sites(path):
    assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", _shown(path))


@pytest.mark.parametrize("path", [p for p in _PAGES if p.name.startswith("_")], ids=_name)
def test_a_fragment_is_no_page(path):
    text = _shown(path)
    assert "{% extends" not in text
    assert "<html" not in text
