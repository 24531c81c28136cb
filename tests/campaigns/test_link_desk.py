"""The marketer's desk of links: who may come in, one post for many channels, texts, codes for paper, history."""

import pytest
from django.urls import reverse

from community.campaigns import cards, fanning, linking, texts, wording
from community.campaigns.models import Change, Click, Template, TrackedLink, Word
from tests.campaigns.knocking import campaign as make_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(db):
    return make_campaign()


@pytest.fixture
def link(campaign, mark):
    return linking.make_link(
        campaign=campaign, channel="plurk", label="參數求救串", destination="/forum/", code="rescue", by=mark
    )


@pytest.fixture
def word(db):
    return Word.objects.create(place="utm_content", word="carousel")


@pytest.fixture
def template(db):
    return Template.objects.create(name="平常")


OF_LINK = ["qr_page", "qr_png", "link_changes", "link_text", "link_pause", "link_health"]
OF_CAMPAIGN = ["fan", "posts", "pause", "newcomers"]
READ = [
    *("found", "found_table", "table", "vocabulary", "template_new", "template", "missed_link"),
    *("fan", "posts", "qr_page", "qr_png", "link_changes"),
]
WRITE = [
    *("link_text", "link_pause", "link_health", "pause", "newcomers", "word", "word_out", "words_learn", "words_close"),
    *("template_out", "missed_ignore"),
]


@pytest.fixture
def address(campaign, link, word, template):
    def of(name):
        if name in OF_LINK:
            return reverse(f"campaigns:{name}", args=[link.pk])
        if name in OF_CAMPAIGN:
            return reverse(f"campaigns:{name}", args=[campaign.pk])
        if name == "word_out":
            return reverse("campaigns:word_out", args=[word.pk])
        if name in {"template", "template_out"}:
            return reverse(f"campaigns:{name}", args=[template.pk])
        return reverse(f"campaigns:{name}")

    return of


@pytest.mark.parametrize("name", READ)
def test_these_are_for_marketers_and_administrators(name, address, stranger, as_ben, as_edda, as_mark, as_root):
    place = address(name)
    answer = stranger.get(place)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/join/?next=")
    assert as_ben.get(place).status_code == 403
    refused = as_edda.get(place)  # Wagtail tells its own people on the desk's first page
    assert refused.status_code == 403 or refused["Location"] == "/desk/"
    assert as_mark.get(place).status_code == 200
    assert as_root.get(place).status_code == 200


@pytest.mark.parametrize("name", WRITE)
def test_nobody_else_writes_here_and_reading_writes_nothing(
    name, address, campaign, link, stranger, as_ben, as_edda, as_mark
):
    place = address(name)
    for person in (stranger, as_ben, as_edda):
        assert person.post(place, {"text": "x", "code": "x", "place": "utm_term", "word": "x"}).status_code in {
            302,
            403,
        }
    campaign.refresh_from_db()
    link.refresh_from_db()
    assert (campaign.paused_at, campaign.holds_newcomers, link.paused_at, link.text) == (None, False, None, "")
    assert (Word.objects.count(), Template.objects.count()) == (1, 1)
    assert as_mark.get(place).status_code == 405


@pytest.mark.parametrize("name", [*OF_LINK, *OF_CAMPAIGN, "word_out", "template", "template_out"])
def test_what_is_not_there_is_not_found(name, as_mark):
    place = reverse(f"campaigns:{name}", args=[999_999])
    assert (as_mark.post if name in WRITE else as_mark.get)(place).status_code == 404


def fan_out(client, campaign, **told):
    usual = {
        "label": "春日第一篇",
        "destination": "/forum/",
        "channels": ["threads", "line_group", "ptt"],
        "act": "make",
    }
    return client.post(reverse("campaigns:fan", args=[campaign.pk]), usual | told)


def test_ticked_channels_get_one_named_link_each_in_one_go(as_mark, mark, campaign):
    answer = fan_out(as_mark, campaign, tags="開賣，spring")
    assert answer["Location"] == reverse("campaigns:posts", args=[campaign.pk])
    made = {link.channel: link for link in TrackedLink.objects.all()}
    assert set(made) == {"threads", "line_group", "ptt"}
    assert {link.label for link in made.values()} == {"春日第一篇"}
    assert made["line_group"].utm == {"utm_source": "line", "utm_medium": "group", "utm_campaign": "spring"}
    assert {tag.name for tag in made["ptt"].tags.all()} == {"開賣", "spring"}
    assert made["ptt"].owner == mark
    page = as_mark.get(answer["Location"]).content.decode()
    assert all(link.url in page for link in made.values())


def test_links_are_looked_over_before_they_are_made(as_mark, campaign):
    answer = fan_out(as_mark, campaign, act="")
    assert answer.status_code == 200
    assert 'name="word-ptt-utm_source"' in answer.content.decode()
    assert not TrackedLink.objects.exists()


@pytest.mark.parametrize(
    "told",
    [
        {"channels": []},
        {"channels": ["nowhere"]},
        {"label": ""},
        {"destination": "//evil.example/"},
        {"channels": ["member"]},
    ],
)
def test_a_fan_that_cannot_be_is_explained(told, as_mark, campaign):
    assert fan_out(as_mark, campaign, **told).status_code == 422
    assert not TrackedLink.objects.exists()


def test_a_template_fills_the_words(as_mark, campaign):
    template = Template.objects.create(
        name="小字", utm_source="{channel}", utm_campaign="{campaign}-{month}", utm_content="{label}", is_usual=True
    )
    fan_out(as_mark, campaign, template=template.pk, channels=["line_oa"], label="開賣 Day 1")
    utm = TrackedLink.objects.get().utm
    assert utm["utm_source"] == "line-oa"
    assert utm["utm_campaign"].startswith("spring-20")
    assert utm["utm_content"] == "開賣-day-1"


def test_a_word_like_a_known_one_is_asked_about_and_either_answer_is_taken(as_mark, campaign):
    told = {"channels": ["facebook_page"], "word-facebook_page-utm_source": "Facebok"}
    asked = fan_out(as_mark, campaign, **told)
    assert asked.status_code == 422
    assert "take:facebook" in asked.content.decode()
    assert "keep:facebok" in asked.content.decode()
    assert not TrackedLink.objects.exists()
    fan_out(as_mark, campaign, **told, **{"doubt-facebook_page-utm_source": "take:facebook"})
    assert TrackedLink.objects.get().utm_source == "facebook"
    TrackedLink.objects.all().delete()
    fan_out(as_mark, campaign, **told, **{"doubt-facebook_page-utm_source": "keep:facebok"})
    assert TrackedLink.objects.get().utm_source == "facebok"
    assert Word.objects.same_as("utm_source", "facebok").exists()


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("facebok", "facebook", True),
        ("facebook", "notebook", False),
        ("fcaebook", "facebook", True),
        ("spring-sale", "spring_sale", True),
        ("springsale", "spring-sale", True),
        ("post-1", "post-2", False),
        ("2026-10", "2026-11", False),
        ("line", "link", True),
        ("ig", "fb", False),
        ("x", "y", False),
        ("春日手沖週", "春日手沖周", True),
    ],
)
def test_nearness_is_slips_of_the_hand_and_never_another_number(one, other, near):
    assert wording.is_near(one, other) is near


@pytest.mark.parametrize(
    "word",
    [
        *("ada@example.com", "ａｄａ＠example.com", "ada%40example.com", "0912345678", "0912-345-678", "+886912345678"),
        *(
            "886912345678",
            "02-23456789",
            "(02)2345-6789",
            "A123456789",
            "a 1234 56789",
            "kol-a123456789",
            "AB12345678@x",
        ),
    ],
)
def test_nothing_of_a_person_goes_into_a_link(word, as_mark, campaign):
    answer = fan_out(as_mark, campaign, channels=["x"], **{"word-x-utm_content": word})
    assert answer.status_code == 422
    assert not TrackedLink.objects.exists()


@pytest.mark.parametrize("word", ["2026-11-20", "20261120", "post-12", "春日手沖", "v60-1234567", "120210987654321098"])
def test_dates_and_numbers_of_posts_are_nobodys_data(word):
    assert not wording.person_in(word)


def test_a_closed_place_takes_only_known_words(as_mark, campaign):
    as_mark.post(reverse("campaigns:words_close"), {"places": ["utm_content"]})
    told = {"channels": ["x"], "word-x-utm_content": "carousel"}
    assert fan_out(as_mark, campaign, **told).status_code == 422
    as_mark.post(reverse("campaigns:word"), {"place": "utm_content", "word": " Carousel "})
    assert fan_out(as_mark, campaign, **told).status_code == 302


def test_words_of_older_links_are_taken_in_without_persons(as_mark, link):
    TrackedLink.objects.update(utm_content="ada@example.com", utm_term="V60")
    as_mark.post(reverse("campaigns:words_learn"))
    assert Word.objects.same_as("utm_term", "v60").exists()
    assert not Word.objects.of("utm_content").exists()


def test_only_one_template_is_the_usual_one(as_mark, template):
    words = {"utm_source": "{source}", "utm_medium": "{medium}", "utm_campaign": "{campaign}"}
    for name in ("甲", "乙"):
        as_mark.post(reverse("campaigns:template_new"), {"name": name, "usual": "on", **words})
    assert fanning.usual().name == "乙"
    refused = as_mark.post(reverse("campaigns:template_new"), {"name": "丙", "utm_source": "{sauce}"})
    assert refused.status_code == 422
    as_mark.post(reverse("campaigns:template_out", args=[template.pk]))
    assert not Template.objects.same_name("平常").exists()


def test_a_text_is_proposed_changed_remembered_and_proposed_again(as_mark, link):
    place = reverse("campaigns:link_text", args=[link.pk])
    as_mark.post(place, {"text": "救命，我的手沖好酸\n" + link.url})
    link.refresh_from_db()
    assert link.text.startswith("救命")
    assert "救命" in as_mark.get(reverse("campaigns:posts", args=[link.campaign_id])).content.decode()
    as_mark.post(place, {"propose": "1", "text": link.text})
    link.refresh_from_db()
    assert link.text == ""
    as_mark.post(place, {"text": texts.propose(link, cards.Cards().of(link)), "from": "texts"})
    link.refresh_from_db()
    assert link.text == ""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("abc", 3),
        ("手沖", 4),
        ("https://brand.example/go/a-very-long-code-that-goes-on-and-on", 23),
        ("看 https://a.example 吧", 2 + 1 + 23 + 1 + 2),
        ("👩‍👩‍👧‍👦", 2),
        ("👍🏽", 2),
        ("🇹🇼", 2),
        ("é", 1),
    ],
)
def test_x_is_counted_as_x_counts(text, count):
    assert texts.as_x_counts(text) == count


@pytest.mark.parametrize("channel", [channel for channel, _name in fanning.channels.OFFERED])
def test_every_channels_text_holds_the_link_and_fits(channel, campaign):
    link = linking.make_link(campaign=campaign, channel=channel, label="a", destination="/")
    for size in (0, 40, 3000):
        card = cards.Card(title="手沖三參數" * 8, text="字" * size)
        text = texts.propose(link, card)
        assert link.path in text
        room = texts.room(channel)
        assert room is None or texts.length(channel, text) <= room


def test_boards_get_lines_that_fit_and_words_stay_whole():
    wrapped = texts.wrapped("手" * 60 + " https://brand.example/go/abcdefgh " + "沖" * 20)
    assert all(texts.columns(line) <= texts.PTT_COLUMNS for line in wrapped.splitlines())
    assert "https://brand.example/go/abcdefgh" in wrapped


def test_the_preview_says_what_the_card_page_says(as_mark, campaign):
    link = linking.make_link(
        campaign=campaign, channel="threads", label="a", destination="/", card_title="三個參數 <b>", card_text="一起找"
    )
    card = cards.Cards().of(link)
    assert (card.title, card.text) == ("三個參數 <b>", "一起找")
    page = as_mark.get(link.get_absolute_url()).content.decode()
    assert "三個參數 &lt;b&gt;" in page
    assert "http://" not in page.partition('class="desk-preview"')[2].partition("</figure>")[0]


def test_codes_for_paper_come_in_sizes_and_two_kinds(as_mark, link):
    drawn = as_mark.get(reverse("campaigns:qr_png", args=[link.pk]) + "?mm=30&download=1")
    assert drawn["Content-Type"] == "image/png"
    assert drawn["Content-Disposition"].startswith("attachment")
    assert drawn.content.startswith(b"\x89PNG")
    lines = as_mark.get(reverse("campaigns:qr", args=[link.pk]) + "?mm=100")
    assert b'width="100mm"' in lines.content[:300]
    for wrong in ("0", "-1", "1e9", "x", "99999999"):
        assert as_mark.get(reverse("campaigns:qr_png", args=[link.pk]) + f"?mm={wrong}").status_code == 404


def details(link, **told):
    return {"channel": link.channel, "label": link.label, "destination": "/forum/", "utm_source": "plurk"} | told


def test_every_change_of_a_destination_is_written_down(as_mark, mark, link):
    Click.objects.create(link=link, agent="human")
    page = as_mark.get(link.get_absolute_url()).content.decode()
    assert "1" in page.partition("desk-note--warn")[2][:200]
    as_mark.post(link.get_absolute_url(), details(link, destination="/articles/", ends_at="2030-01-01T09:00"))
    change = Change.objects.get(field="destination")
    assert (change.before, change.after, change.by, change.visits) == ("/forum/", "/articles/", mark, 1)
    assert Change.objects.get(field="ends_at").after == "2030-01-01 09:00"
    assert "/articles/" in as_mark.get(reverse("campaigns:link_changes", args=[link.pk])).content.decode()
    before = Change.objects.count()
    link.refresh_from_db()
    linking.change_link(link=link, destination="/articles/")
    assert Change.objects.count() == before


def test_times_limits_and_what_comes_after_are_kept(as_mark, link):
    told = details(
        link,
        starts_at="2029-01-01T09:00",
        ends_at="2030-01-01T09:00",
        most_visits="500",
        before_address="/soon/",
        after_address="/over/",
        full_address="/full/",
    )
    assert as_mark.post(link.get_absolute_url(), told).status_code == 302
    link.refresh_from_db()
    assert (link.most_visits, link.before_address, link.after_address, link.full_address) == (
        *(500, "/soon/"),
        *("/over/", "/full/"),
    )


@pytest.mark.parametrize(
    "told",
    [
        {"starts_at": "2030-01-01T09:00", "ends_at": "2029-01-01T09:00"},
        {"most_visits": "-1"},
        {"most_visits": "x"},
        {"starts_at": "neulich"},
        {"after_address": "//evil.example"},
        {"after_address": "/go/rescue"},
        {"before_address": "https://evil.example/"},
        {"owner": "999999"},
        {"tags": "x" * 60},
        {"utm_source": "plurkk"},
        {"utm_content": "0912-345-678"},
    ],
)
def test_details_that_cannot_be_are_explained(told, as_mark, link):
    assert as_mark.post(link.get_absolute_url(), details(link, **told)).status_code == 422


def test_pausing_is_a_switch_for_a_link_and_for_a_campaign(as_mark, campaign, link):
    for place, thing in (
        (reverse("campaigns:link_pause", args=[link.pk]), link),
        (reverse("campaigns:pause", args=[campaign.pk]), campaign),
    ):
        as_mark.post(place)
        thing.refresh_from_db()
        assert thing.paused_at
        assert "desk-mark--paused" in as_mark.get(campaign.get_absolute_url()).content.decode()
        as_mark.post(place, {"out": "1"})
        thing.refresh_from_db()
        assert thing.paused_at is None
    assert Change.objects.of(link).count() == 2
    as_mark.post(reverse("campaigns:newcomers", args=[campaign.pk]))
    campaign.refresh_from_db()
    assert campaign.holds_newcomers


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=求救", 1),
        ("q=RESCUE", 1),
        ("q=求救 plurk", 1),
        ("q=nichts", 0),
        ("channel=plurk", 1),
        ("channel=x", 0),
        ("owner=me", 0),
        ("state=paused", 0),
        ("state=trouble", 0),
        ("state=ended", 0),
        ("state=archived", 0),
        ("state=all", 1),
        ("tag=999", 0),
        ("tag=9999999999999999999999&state=nope&channel=nope&owner=-1&q=", 1),
    ],
)
def test_links_are_found_by_words_tags_and_state(asked, found, as_mark, link):
    page = as_mark.get(reverse("campaigns:found") + "?" + asked).content.decode()
    assert page.count('id="link-') == found


def test_tags_are_one_however_they_are_spelled(as_mark, link):
    linking.label_with(link, ["Spring", "ｓｐｒｉｎｇ", " spring "])
    tag = link.tags.get()
    page = as_mark.get(reverse("campaigns:found") + f"?tag={tag.pk}").content.decode()
    assert page.count('id="link-') == 1


def test_lists_of_links_cost_the_same_however_long(as_mark, campaign, link, django_assert_max_num_queries):
    for number in range(25):
        made = linking.make_link(
            campaign=campaign, channel="x", label=f"{number}", destination="/", tags=[f"t{number}"]
        )
        Click.objects.create(link=made, agent="human")
    as_mark.get(reverse("campaigns:found"))
    with django_assert_max_num_queries(24):
        assert as_mark.get(reverse("campaigns:found")).content.decode().count('id="link-') == 26
    with django_assert_max_num_queries(120):
        as_mark.get(reverse("campaigns:posts", args=[campaign.pk]))
