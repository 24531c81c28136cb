"""Templates' words and addresses are remembered, and stay those that Django itself would give."""

import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import NoReverseMatch, path
from django.utils.translation import override

from community import urls as house

urlpatterns = [
    path("numbers/<number>/", lambda request, number: None, name="number"),
    path("kept/", lambda request: None, name="bookmarks"),
    *house.urlpatterns,
]


def template(text):
    return engines["django"].from_string("{% load i18n %}" + text)


def test_words_are_said_in_the_language_of_each_reader():
    words = template('{% translate "Send" %} {% trans "Owner" %} {% translate "From" context "of a change" %}')
    for _round in range(2):
        with override("zh-hant"):
            assert words.render() == "送出 負責人 從"
        with override("en"):
            assert words.render() == "Send Owner From"


def test_what_changes_is_asked_for_each_time():
    words = template('{% translate word %} {% translate "From" context place %} {% translate "Send"|first %}')
    with override("zh-hant"):
        assert words.render({"word": "Send", "place": "of a change"}) == "送出 從 送"
        assert words.render({"word": "Owner", "place": "where people come from"}) == "負責人 來源 送"
    kept = template('{% translate "Send" as said %}[{{ said }}]')
    for language, said in (("en", "[Send]"), ("zh-hant", "[送出]")):
        with override(language):
            assert kept.render() == said
    assert template('{% translate "100%" %}').render() == "100%"


def test_addresses_are_those_of_their_parts(settings):
    settings.ROOT_URLCONF = __name__
    address = template('{% url "number" part %}')
    for part in (1, True, "1", 1.0, "a b", "a&b", "<"):
        shown = address.render({"part": part})
        assert shown == address.render({"part": part})
        assert shown.startswith("/numbers/")
    assert [address.render({"part": part}) for part in (1, True)] == ["/numbers/1/", "/numbers/True/"]
    assert template('{% url "number" number=7 as there %}{{ there }}').render() == "/numbers/7/"
    assert template('{% url "number" part %}').render({"part": "a&b"}) == "/numbers/a&amp;b/"
    assert template('{% autoescape off %}{% url "number" part %}{% endautoescape %}').render({"part": "a&b"}) == (
        "/numbers/a&b/"
    )


def test_another_table_of_addresses_is_another_answer(settings):
    address = template('{% url "forum:index" %}')
    assert address.render(request=RequestFactory().get("/")) == "/forum/"
    with pytest.raises(NoReverseMatch):
        template('{% url "number" 1 %}').render()
    assert template('{% url "number" 1 as there %}[{{ there }}]').render() == "[]"
    settings.ROOT_URLCONF = __name__
    assert template('{% url "number" 1 %}').render() == "/numbers/1/"
    assert template('{% url "number" part %}').render({"part": []}).startswith("/numbers/")
