from datetime import date

import pytest
from django.urls import reverse

from community.campaigns import codes, destinations, linking
from community.campaigns.models import Campaign, Click, TrackedLink
from tests.campaigns.knocking import campaign as make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(db):
    return make_campaign()


@pytest.fixture
def link(campaign):
    return linking.make_link(
        campaign=campaign, channel="plurk", label="參數求救串", destination="/forum/", code="rescue"
    )


READ = ["index", "campaign", "missed", "qr", "link", "new", "words"]
WRITE = ["links", "archive", "link_archive"]


def address(name, campaign, link):
    if name in {"link", "qr", "link_archive"}:
        return reverse(f"campaigns:{name}", args=[link.pk])
    if name in {"campaign", "links", "words", "archive"}:
        return reverse(f"campaigns:{name}", args=[campaign.pk])
    return reverse(f"campaigns:{name}")


@pytest.mark.parametrize("name", READ)
def test_the_drawer_is_for_marketers_alone(name, campaign, link, stranger, as_ben, as_edda, as_mark):
    place = address(name, campaign, link)
    answer = stranger.get(place)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/join/?next=")
    assert as_ben.get(place).status_code == 403
    refused = as_edda.get(place)  # Wagtail tells its own people on the desk's first page
    assert refused.status_code == 403 or refused["Location"] == "/desk/"
    assert as_mark.get(place).status_code == 200


@pytest.mark.parametrize("name", WRITE)
def test_nobody_else_writes(name, campaign, link, stranger, as_ben, as_edda):
    place = address(name, campaign, link)
    told = {"channel": "x", "label": "neu", "destination": "/"}
    for person in (stranger, as_ben, as_edda):
        answer = person.post(place, told)
        assert answer.status_code in {302, 403}
    campaign.refresh_from_db()
    link.refresh_from_db()
    assert campaign.archived_at is None
    assert link.archived_at is None
    assert TrackedLink.objects.count() == 1


@pytest.mark.parametrize("name", [name for name in READ + WRITE if name not in {"index", "missed", "new"}])
def test_what_is_not_there_is_not_found(name, campaign, link, as_mark):
    place = address(name, campaign, link).replace(f"/{campaign.pk}/", "/999999/").replace(f"/{link.pk}/", "/999999/")
    assert (as_mark.post if name in WRITE else as_mark.get)(place).status_code == 404


@pytest.mark.parametrize("name", WRITE)
def test_reading_an_address_that_writes_is_refused(name, campaign, link, as_mark):
    assert as_mark.get(address(name, campaign, link)).status_code == 405


def test_from_nothing_to_a_link_takes_two_forms(as_mark, mark):
    opened = as_mark.post(reverse("campaigns:new"), {"name": "春日手沖求救週"})
    campaign = Campaign.objects.get()
    assert opened["Location"] == campaign.get_absolute_url()
    assert campaign.owner == mark
    assert campaign.key
    made = as_mark.post(
        reverse("campaigns:links", args=[campaign.pk]),
        {"channel": "plurk", "label": "參數求救串", "destination": "/forum/"},
        follow=True,
    )
    link = TrackedLink.objects.get()
    assert link.url in made.content.decode()
    assert set(link.code) <= set(codes.ALPHABET)
    assert link.utm == {"utm_source": "plurk", "utm_medium": "social", "utm_campaign": campaign.key}
    assert link.made_by == mark


def test_the_next_link_starts_where_the_last_one_led(as_mark, campaign, link):
    assert 'value="/forum/"' in as_mark.get(campaign.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"channel": "x", "label": "", "destination": "/forum/"}, "/forum/"),
        ({"channel": "nowhere", "label": "貼文甲", "destination": "/"}, "貼文甲"),
        ({"channel": "x", "label": "貼文甲", "destination": "https://evil.example/"}, "evil.example"),
        ({"channel": "x", "label": "貼文甲", "destination": "//evil.example/"}, "貼文甲"),
        ({"channel": "x", "label": "貼文甲", "destination": "javascript:alert(1)"}, "貼文甲"),
        ({"channel": "x", "label": "貼文甲", "destination": "/go/rescue"}, "貼文甲"),
        ({"channel": "x", "label": "貼文甲", "destination": "/", "code": "ＲＥＳＣＵＥ"}, "貼文甲"),
        ({"channel": "x", "label": "貼文甲", "destination": "/", "code": "admin"}, "admin"),
        ({"channel": "x", "label": "貼文甲", "destination": "/", "code": "a/b?c"}, "貼文甲"),
        ({"channel": "x", "label": "貼文甲", "destination": "/", "code": "x" * 5000}, "貼文甲"),
        ({"channel": "x", "label": "貼文甲", "destination": "/\x00"}, "貼文甲"),
        ({"channel": "x", "label": "貼" * 100, "destination": "/"}, "貼貼貼"),
        ({}, "destination"),
    ],
)
def test_a_link_that_cannot_be_is_explained_and_what_was_typed_stays(told, kept, as_mark, campaign, link):
    answer = as_mark.post(reverse("campaigns:links", args=[campaign.pk]), told)
    assert answer.status_code == 422
    assert kept in answer.content.decode()
    assert TrackedLink.objects.count() == 1


@pytest.mark.parametrize(
    "told", [{}, {"name": ""}, {"name": "x" * 500}, {"name": "a", "key": "漢字"}, {"name": "a", "key": "spring"}]
)
def test_a_campaign_that_cannot_be_is_explained(told, as_mark, campaign):
    assert as_mark.post(reverse("campaigns:new"), told).status_code == 422
    assert Campaign.objects.count() == 1


def test_a_campaign_cannot_end_before_it_starts(as_mark):
    told = {"name": "a", "starts_on": "2026-11-20", "ends_on": "2026-11-19"}
    assert as_mark.post(reverse("campaigns:new"), told).status_code == 422


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "said"),
    [
        (date(2026, 10, 2), date(2026, 11, 1), "2 October 2026 – 1 November 2026"),
        (date(2026, 10, 2), None, "from 2 October 2026"),
        (None, date(2026, 11, 1), "until 1 November 2026"),
    ],
)
def test_days_without_an_end_are_told_in_words(starts_on, ends_on, said, as_mark, campaign):
    Campaign.objects.filter(pk=campaign.pk).update(starts_on=starts_on, ends_on=ends_on)
    page = as_mark.get(reverse("campaigns:index"), headers={"accept-language": "en"})
    assert f"<td>{said}</td>" in page.content.decode()


def test_two_campaigns_may_share_a_name_but_never_a_key(as_mark):
    for _ in range(2):
        assert as_mark.post(reverse("campaigns:new"), {"name": "Spring"}).status_code == 302
    assert len(set(Campaign.objects.values_list("key", flat=True))) == 2


def test_words_of_a_campaign_can_change(as_mark, campaign):
    as_mark.post(
        reverse("campaigns:words", args=[campaign.pk]), {"name": "夏日", "key": "spring", "greeting_zh": "歡迎"}
    )
    campaign.refresh_from_db()
    assert (campaign.name, campaign.greeting_zh) == ("夏日", "歡迎")


def test_a_link_gets_a_new_place_words_and_card_and_keeps_its_code(as_mark, link):
    told = {
        "channel": "dcard",
        "label": "心得文",
        "destination": "/articles/",
        "code": "stolen",
        "utm_source": " DCARD ",
        "card_title": "三個參數",
        "card_text": "一起找",
    }
    assert as_mark.post(link.get_absolute_url(), told).status_code == 302
    link.refresh_from_db()
    assert (link.code, link.utm_source, link.card_title) == ("rescue", "dcard", "三個參數")
    assert destinations.address_of(link) == "/articles/"


def test_a_persons_address_never_goes_into_a_link(as_mark, link):
    told = {"channel": "x", "label": "a", "destination": "/", "utm_content": "ada@example.com"}
    assert as_mark.post(link.get_absolute_url(), told).status_code == 422


def test_what_was_put_away_can_be_taken_out(as_mark, campaign, link):
    for place, thing in (
        (reverse("campaigns:archive", args=[campaign.pk]), campaign),
        (reverse("campaigns:link_archive", args=[link.pk]), link),
    ):
        as_mark.post(place)
        thing.refresh_from_db()
        assert thing.archived_at
        as_mark.post(place, {"out": "1"})
        thing.refresh_from_db()
        assert thing.archived_at is None


def test_no_link_is_made_for_a_campaign_that_was_put_away(as_mark, campaign):
    linking.put_away(campaign)
    told = {"channel": "x", "label": "a", "destination": "/"}
    assert as_mark.post(reverse("campaigns:links", args=[campaign.pk]), told).status_code == 404


def test_the_code_for_paper_holds_its_own_mark(as_mark, link):
    answer = as_mark.get(reverse("campaigns:qr", args=[link.pk]))
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content


def test_a_list_of_links_costs_the_same_however_long_it_is(as_mark, campaign, link, django_assert_max_num_queries):
    as_mark.get(campaign.get_absolute_url())
    for number in range(25):
        made = linking.make_link(campaign=campaign, channel="x", label=f"{number}", destination="/")
        Click.objects.create(link=made, agent="human")
    with django_assert_max_num_queries(22):
        assert as_mark.get(campaign.get_absolute_url()).content.decode().count('id="link-') == 26


def test_long_lists_are_read_in_pages(as_mark, campaign):
    for number in range(35):
        linking.make_link(campaign=campaign, channel="x", label=f"n{number}", destination="/")
    first = as_mark.get(campaign.get_absolute_url()).content.decode()
    after = first.partition("?after=")[2].partition('"')[0]
    second = as_mark.get(f"{campaign.get_absolute_url()}?after={after}").content.decode()
    assert first.count('id="link-') == 30
    assert second.count('id="link-') == 5


@pytest.mark.parametrize("after", ["x", "%00", "a" * 900, "WyJ4Il0"])
def test_a_damaged_page_key_starts_at_the_beginning(as_mark, campaign, link, after):
    assert as_mark.get(f"{campaign.get_absolute_url()}?after={after}").status_code in {200, 400}
