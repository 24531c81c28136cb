"""The demo stays at home."""

import pytest

from community.demo.checks import the_demo_stays_at_home


@pytest.mark.parametrize(
    ("demo", "host", "refused"),
    [
        (True, "127.0.0.1", False),
        (True, "localhost", False),
        (True, "::1", False),
        (True, "127.8.9.10", False),
        (True, "fuyu.example", True),
        (True, "10.0.0.4", True),
        (False, "fuyu.example", False),
    ],
)
def test_the_demo_is_refused_where_others_can_reach_it(settings, demo, host, refused):
    settings.DEMO, settings.SITE_HOST, settings.SITE_URL = demo, host, f"https://{host}"
    assert bool(the_demo_stays_at_home(None)) is refused
