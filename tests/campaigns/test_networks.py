import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.campaigns import networks


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("54.240.1.1", "hosting"),
        ("34.80.1.2", "hosting"),
        ("20.52.0.1", "hosting"),
        ("159.65.1.1", "hosting"),
        ("2a01:4f8:10:20::1", "hosting"),
        ("66.249.66.1", "crawler"),
        ("31.13.127.5", "crawler"),
        ("2a03:2880:f003::1", "crawler"),
        ("147.92.150.3", "crawler"),
        ("17.58.100.1", "crawler"),
        ("104.28.10.1", "relay"),
        ("162.158.1.1", "relay"),
        ("114.36.1.1", "home"),
        ("2001:b011:7008::1", "home"),
        ("42.73.2.2", "mobile"),
        ("2001:b400:e2c0::1", "mobile"),
        ("10.1.2.3", "private"),
        ("127.0.0.1", "private"),
        ("::1", "private"),
        ("::ffff:10.0.0.1", "private"),
        ("fe80::1%eth0", "private"),
        ("203.0.113.9", "unknown"),
        ("2001:db8::1", "unknown"),
        ("255.255.255.255", "unknown"),
        ("", "unknown"),
        ("testclient", "unknown"),
        ("1.2.3.4:80", "unknown"),
    ],
)
def test_networks_we_are_sure_of(address, kind):
    assert networks.kind_of(address) == kind


def test_an_operators_list_is_read_the_same_way_and_wins(settings, tmp_path):
    mine = tmp_path / "mine.txt"
    mine.write_text("# ours\nmobile 203.0.113.0/24  # a carrier\nhome 203.0.113.64/26\nmobile 10.0.0.0/8\n")
    settings.NETWORKS_FILE = str(mine)
    networks.atlas.cache_clear()
    try:
        assert networks.kind_of("203.0.113.1") == "mobile"
        assert networks.kind_of("203.0.113.70") == "home"
        assert networks.kind_of("203.0.113.200") == "mobile"
        assert networks.kind_of("203.0.114.0") == "unknown"
        assert networks.kind_of("10.9.9.9") == "mobile"
        assert networks.kind_of("66.249.66.1") == "crawler"
    finally:
        networks.atlas.cache_clear()


@pytest.mark.parametrize("line", ["home 300.0.0.0/8", "home 10.0.0.1/8", "HOME 10.0.0.0/8", "10.0.0.0/8 home"])
def test_a_line_that_cannot_be_read_is_named(line):
    with pytest.raises(networks.Unreadable, match="line 2"):
        networks.read(f"# first\n{line}\n")


@given(st.lists(st.tuples(st.ip_addresses(v=4), st.integers(0, 32), st.sampled_from("abc")), max_size=12), st.data())
def test_the_narrowest_range_wins_however_they_lie(ranges, data):
    from ipaddress import ip_address, ip_network

    found = {ip_network(f"{address}/{length}", strict=False): kind for address, length, kind in ranges}
    atlas = networks.Atlas(found.items())
    edges = [int(each) + step for net in found for each in (net[0], net[-1]) for step in (-1, 0, 1)]
    for number in [edge for edge in edges if 0 <= edge < 2**32] + [data.draw(st.integers(0, 2**32 - 1))]:
        around = [net for net in found if ip_address(number) in net]
        expected = found[max(around, key=lambda net: net.prefixlen)] if around else networks.UNKNOWN
        assert atlas.kind_of(str(ip_address(number))) == expected


def test_a_list_that_cannot_be_read_is_found_before_the_house_opens(settings, tmp_path):
    from community.campaigns import checks

    broken = tmp_path / "broken.txt"
    broken.write_text("mobile 300.1.2.3/8\n")
    networks.atlas.cache_clear()
    try:
        assert checks.networks_can_be_read(None) == []
        for path in (broken, tmp_path / "missing.txt"):
            settings.NETWORKS_FILE = str(path)
            networks.atlas.cache_clear()
            assert [error.id for error in checks.networks_can_be_read(None)] == ["campaigns.E001"]
    finally:
        networks.atlas.cache_clear()
