import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page, Site

from community.campaigns import codes, destinations, linking, routes
from community.campaigns.destinations import Way
from community.campaigns.models import TrackedLink
from tests.campaigns.knocking import campaign

UTM = {"utm_source": "line", "utm_medium": "social", "utm_campaign": "spring"}


@pytest.mark.parametrize("address", ["/", "/forum/", "/a/?x=1#y", "/文章/手沖/", "/search/?q=%E6%98%A5", "/gone/"])
def test_paths_of_this_site_are_destinations(address):
    assert destinations.check(f"  {address} ") == address


@pytest.mark.parametrize(
    ("address", "path"),
    [("http://testserver/forum/?a=1#b", "/forum/?a=1#b"), ("testserver", "/"), ("https://testserver/x", "/x")],
)
def test_a_pasted_address_of_this_site_becomes_its_path(address, path):
    assert destinations.check(address) == path


@pytest.mark.parametrize(
    "address",
    [
        "",
        "   ",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "https://testserver@evil.example/",
        "https://testserver:pw@testserver/",
        "https://testserver.evil.example/",
        "https://shop.brand.tw.evil.example/",
        "https://notbrand.tw/",
        "https://shop.brand.tw:8443/",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://shop.brand.tw/",
        "https://[::1/",
        "https://",
        "/x\r\nSet-Cookie: a=b",
        "/x\x00",
        "/\u2028",
        "/x y",
        "/" + "x" * 2000,
        "/go/help",
        "/GO/help",
        "/go",
        "/%67o/help",
        "/x/../go/help",
        "http://testserver/go/help?x",
    ],
)
def test_everything_else_is_no_destination(address, settings):
    settings.ALLOWED_DESTINATION_HOSTS = ["shop.brand.tw", ".brand.tw"]
    with pytest.raises(ValidationError):
        destinations.check(address)


@pytest.mark.parametrize("address", ["https://shop.example/a?b=c#d", "https://deep.brand.tw/", "http://SHOP.example/"])
def test_hosts_on_the_list_are_destinations(address, settings):
    settings.ALLOWED_DESTINATION_HOSTS = ["shop.example", ".brand.tw"]
    assert destinations.check(address).lower() == address.lower()


def test_words_of_the_link_come_after_the_addresss_own_and_win_over_them():
    way = Way.to("/a/?tab=1&utm_source=old#top", UTM)
    assert way.plain == b"/a/?tab=1&utm_source=line&utm_medium=social&utm_campaign=spring#top"


def test_han_addresses_are_written_as_browsers_read_them():
    assert Way.to("/文章/", {"utm_campaign": "春"}).plain == b"/%E6%96%87%E7%AB%A0/?utm_campaign=%E6%98%A5"


@pytest.mark.parametrize("query", [b"utm_source=fb", b"UTM_SOURCE=fb", b"utm%5Fsource=fb", b"utm_source"])
def test_the_visitors_value_wins_however_its_name_is_written(query):
    sent = Way.to("/", UTM).with_query(query)
    assert sent == b"/?utm_medium=social&utm_campaign=spring&" + query


@given(st.binary(min_size=1, max_size=300))
def test_any_query_travels_byte_for_byte(query):
    """All that a header can carry; a server lets nothing else through, and here it would be written in percents."""
    clean = bytes(byte for byte in query if byte > 0x20 and byte not in (0x7F, 0x23))
    for way in (Way.to("/", {}), Way.to("/a/?x=1#y", UTM)):
        sent = way.with_query(clean).removesuffix(way.fragment)
        assert sent.endswith(clean)
        assert not clean or sent[: -len(clean)].endswith((b"?", b"&"))


@given(st.binary(max_size=300))
def test_no_query_breaks_out_of_its_header(query):
    sent = Way.to("/a/", UTM).with_query(query)
    assert not any(byte <= 0x20 or byte == 0x7F for byte in sent)
    assert sent.startswith(b"/a/?")
    assert b"#" not in sent


@given(st.text(max_size=100))
def test_a_folded_code_stays_as_it_is(code):
    assert codes.fold(codes.fold(code)) == codes.fold(code)


@given(st.text(max_size=90))
def test_any_text_is_a_code_or_is_explained(code):
    try:
        kept = codes.check(code)
    except ValidationError:
        return
    assert 0 < len(codes.fold(kept)) <= codes.LONGEST
    assert "/" not in kept
    assert kept.isprintable()


def test_random_codes_have_no_lookalikes():
    made = {codes.fresh() for _ in range(300)}
    assert len(made) == 300
    assert not set("".join(made)) & set("01ilo")


@pytest.mark.django_db
class TestWithPages:
    @pytest.fixture
    def page(self):
        home = Site.objects.get(is_default_site=True).root_page
        return home.add_child(instance=Page(title="春日手沖", slug="spring-page"))

    def make(self, destination, **fields):
        return linking.make_link(campaign=campaign(), channel="line_oa", label="甲", destination=destination, **fields)

    def test_a_page_keeps_its_link_when_it_moves(self, page):
        link = self.make("/spring-page/")
        assert link.page.pk == page.pk
        assert link.address == ""
        page.slug = "summer"
        page.save()
        assert destinations.address_of(TrackedLink.objects.get()) == "/summer/"

    def test_a_link_whose_page_was_deleted_leads_home(self, page):
        self.make("/spring-page/")
        page.delete()
        assert routes.find(TrackedLink.objects.get().code_folded).way.path == b"/"

    def test_a_query_or_place_in_a_page_is_kept(self, page):
        assert self.make("/spring-page/#join").address == "/spring-page/#join"

    def test_the_card_says_what_the_page_says(self, page):
        page.search_description = "一起找出來"
        page.save()
        card = routes.card(self.make("/spring-page/").pk).decode()
        assert 'content="春日手沖"' in card
        assert 'content="一起找出來"' in card

    def test_links_own_words_stand_before_the_pages(self, page):
        assert "自己的" in routes.card(self.make("/spring-page/", card_title="自己的").pk).decode()

    def test_a_taken_code_is_refused_whatever_its_width(self):
        first = self.make("/", code="Rescue")
        with pytest.raises(ValidationError):
            linking.make_link(campaign=first.campaign, channel="x", label="b", destination="/", code="ｒｅｓｃｕｅ")

    def test_making_a_link_twice_gives_two_codes(self):
        first = self.make("/")
        second = linking.make_link(campaign=first.campaign, channel="x", label="b", destination="/")
        assert first.code_folded != second.code_folded

    def test_a_busy_alphabet_is_tried_again(self, monkeypatch):
        fresh = iter(["aaaaaa", "aaaaaa", "bbbbbb"])
        monkeypatch.setattr(codes, "fresh", lambda: next(fresh))
        first = self.make("/")
        second = linking.make_link(campaign=first.campaign, channel="x", label="b", destination="/")
        assert (first.code, second.code) == ("aaaaaa", "bbbbbb")
