"""A request's way into Django: how often it changes between the loop and a thread, and how it comes to a file."""

import asyncio
import threading
from pathlib import Path

import pytest
from asgiref.sync import AsyncToSync
from django.contrib.staticfiles.finders import find
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from community.commons.handling import Handler

seen = []


def here(request):
    seen.append(threading.get_ident())
    return HttpResponse("here")


urlpatterns = [path("here/", here)]


def ask(address):
    """(status, body) as a server without sockets hears them."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": address,
        "query_string": b"",
        "headers": [(b"host", b"testserver")],
    }
    sent, asked = [], asyncio.Event

    async def asking():
        told, over = [{"type": "http.request", "body": b""}], asked()

        async def receive():
            if told:
                return told.pop()
            await over.wait()

        async def send(message):
            sent.append(message)

        await Handler()(scope, receive, send)

    asyncio.run(asking())
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


@override_settings(ROOT_URLCONF=__name__)
def test_a_page_is_made_in_one_thread_and_nothing_of_it_on_the_loop(monkeypatch):
    def back(*args, **kwargs):
        pytest.fail("It went back to the loop.")

    monkeypatch.setattr(AsyncToSync, "__call__", back)
    assert ask("/here/") == (200, b"here")
    assert seen.pop() != threading.get_ident()


@override_settings(ROOT_URLCONF=__name__, SERVESTATIC_USE_FINDERS=True, SERVESTATIC_AUTOREFRESH=True)
def test_files_are_given_and_what_is_none_is_a_page_s_own_matter():
    status, body = ask("/static/js/main.js")
    assert (status, body) == (200, Path(find("js/main.js")).read_bytes())
    assert ask("/static/js/there-is-none.js")[0] == 404
