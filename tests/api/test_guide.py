"""The guide's own examples, sent as they stand there."""

import json
import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings

from accounts import scopes
from accounts.models import Member
from community.campaigns.hooks import signing
from community.campaigns.models import Campaign, TrackedLink
from community.campaigns.models.hooks import KINDS
from community.commons import problems

pytestmark = pytest.mark.django_db
GUIDE = (Path(settings.BASE_DIR) / "docs/marketer/api.md").read_text()
EXAMPLES = re.findall(r"# (\d{3})\n(curl .*?)(?=\n\n|\n```)", GUIDE, re.DOTALL)


def sent(command: str):
    """Method, address, headers and body of a curl command."""
    words = shlex.split(command.replace("\\\n", " "))
    method, address, headers, body = "GET", "", {}, None
    rest = iter(words[1:])
    for word in rest:
        if word == "-X":
            method = next(rest)
        elif word == "-H":
            name, _, value = next(rest).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = json.loads(next(rest))
        else:
            address = word
    return method, address, headers, body


def test_every_example_is_answered_as_the_guide_says(ask, ada):
    assert Member.objects.named("ada").exists()
    assert len(EXAMPLES) >= 8
    for status, command in EXAMPLES:
        campaign, link = Campaign.objects.order_by("pk").first(), TrackedLink.objects.order_by("pk").first()
        command = command.replace("$CAMPAIGN", str(campaign.pk) if campaign else "")
        command = command.replace("$LINK", str(link.pk) if link else "").replace("$SITE", "")
        method, address, headers, body = sent(command)
        assert headers.pop("Authorization") == "Bearer $KEY"
        headers.pop("Content-Type", None)
        answer = ask(method, address, body, **headers)
        assert str(answer.status_code) == status, (command, answer.content.decode())


def test_the_guide_names_every_scope_kind_and_some_refusals():
    for scope in scopes.known():
        assert f"`{scope.key}`" in GUIDE
    for kind in KINDS:
        assert f"`{kind}`" in GUIDE
    for word in re.findall(r"`#(\w+)`", GUIDE):
        assert word in problems.TITLES


def test_the_guides_check_of_a_signature_is_right():
    code = re.search(r"```python\n(.*?)```", GUIDE, re.DOTALL)[1]
    known: dict = {}
    exec(code, known)
    body, key = '{"山": 1}'.encode(), b"k" * 32
    headers = signing.headers([b"old" * 11, key], "msg_1", 1_700_000_000, body)
    assert known["is_ours"]("whsec_" + "a2tr" * 10 + "a2s=", headers, body)
    assert not known["is_ours"]("whsec_" + "a2tr" * 10 + "a2s=", headers, body + b" ")
