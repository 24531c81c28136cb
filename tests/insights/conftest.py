"""A campaign with two links, for every test of the window."""

import pytest

from community.campaigns import linking


@pytest.fixture
def campaign(mark):
    return linking.open_campaign(by=mark, name="春日手沖", key="spring")


@pytest.fixture
def links(campaign, mark):
    return [
        linking.make_link(campaign=campaign, channel=channel, label=label, destination="/forum/", by=mark)
        for channel, label in (("plurk", "求救串"), ("facebook_page", "貓咪拉花"))
    ]
