"""Icons look as the package draws them, and are drawn once."""

import heroicons
from django.template import Template
from django.template.context import Context
from heroicons.templatetags.heroicons import heroicon_outline


def test_templates_are_given_what_the_package_draws_and_it_draws_it_once(monkeypatch):
    drawn = heroicon_outline("home", size=31, title="Home")
    page = Template('{% load heroicons %}{% heroicon_outline "home" size=31 title="Home" %}')
    assert page.render(Context()) == drawn
    monkeypatch.setattr(heroicons, "_render_icon", None)
    assert page.render(Context()) == drawn
