"""The description is true: what it forbids is refused, what comes back is as it says, and nothing ever breaks."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from accounts import keying, scopes
from community.campaigns import linking
from community.commons import fetching

pytestmark = pytest.mark.django_db
site = get_wsgi_application()


def application(environ, start_response):
    """The site under the name it answers to in tests."""
    return site({**environ, "HTTP_HOST": "testserver", "SERVER_NAME": "testserver"}, start_response)


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
# Every combination of a look's fifteen parameters would take minutes; the look itself is proved beside the dashboard.
schema.config.phases.coverage.enabled = False
# What a schema cannot say (a code that is taken, an address that leads away, a member who is not there) is refused
# though it fits the schema; each such rule has a test of its own beside this one.
UNSAID = [positive_data_acceptance]


@pytest.fixture(autouse=True)
def _one_connection():
    """Between requests a server lets go of its connection; here the test's own transaction lives on it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def key(db, mark, settings, monkeypatch):
    """Something is there to be found, and no name leads anywhere."""

    def nowhere(host, port):
        raise OSError

    monkeypatch.setattr(fetching, "resolve", nowhere)
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    campaign = linking.open_campaign(by=mark, name="春日", key="spring")
    linking.make_link(campaign=campaign, channel="x", label="a", destination="/forum/")
    wanted = [scope.key for scope in scopes.known()]
    return keying.issue(member=mark, name="schemathesis", scopes=wanted)[1]


@schema.parametrize()
@settings(
    max_examples=8,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_keeps_to_its_description(case, key):
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, excluded_checks=UNSAID)
