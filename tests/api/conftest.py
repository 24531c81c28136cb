"""Programs with keys of the cast's marketer, asking over HTTP."""

import json

import pytest
from django.test import Client

from accounts import keying, scopes
from community.campaigns import linking


class Program:
    """Sends JSON with a key; gives status, JSON and headers."""

    def __init__(self, token="", **headers):
        self.token, self.headers = token, headers
        self.http = Client()

    def __call__(self, method, path, body=None, **headers):
        headers = {**self.headers, **headers}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        told = {"data": "" if body is None else json.dumps(body), "content_type": "application/json"}
        path = path if path.startswith("/api/") else f"/api/v1{path}"
        answer = self.http.generic(method.upper(), path, headers=headers, **told)
        if answer.status_code >= 400:
            assert answer["Content-Type"] == "application/problem+json", answer.content
            assert answer.json()["status"] == answer.status_code
        return answer


@pytest.fixture
def program():
    def make(member=None, *wanted, **headers):
        if member is None:
            return Program(**headers)
        wanted = wanted or [scope.key for scope in scopes.known()]
        return Program(keying.issue(member=member, name="test", scopes=wanted)[1], **headers)

    return make


@pytest.fixture
def ask(program, mark):
    """A program of the marketer's, with every scope."""
    return program(mark)


@pytest.fixture
def campaign(mark):
    return linking.open_campaign(by=mark, name="春日手沖求救週", key="spring")


@pytest.fixture
def link(campaign, mark):
    return linking.make_link(campaign=campaign, channel="plurk", label="求救串", destination="/forum/", by=mark)
