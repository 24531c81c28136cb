"""The editor's desk: making pages and pictures, and who may not."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from PIL import Image as Drawing
from wagtail.images import get_image_model
from wagtail.models import Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from accounts.models import Tier
from cms.desk import ArticlesPanel
from cms.models import ArticleIndexPage, ArticlePage, Brand
from community.forum import discussing
from community.forum.models import Board, Thread
from tests.cms import windows

pytestmark = pytest.mark.django_db


def filled(**changes):
    """What the editor's form sends for an article."""
    return nested_form_data(
        {
            "title": "手沖總是太酸",
            "slug": "",
            "intro": "把你的水溫貼上來。",
            "dated": "2026-11-20 09:00",
            "body": streamfield(
                [("text", rich_text("<p>先降水溫</p>")), ("divider", ""), ("text", rich_text("<p>給常客</p>"))]
            ),
            "tier": Tier.objects.get(rank=2).pk,
            "with_discussion": "on",
            "comments": inline_formset([]),
            "action-publish": "1",
        }
        | changes
    )


@pytest.mark.parametrize("person", ["as_edda", "as_root"])
def test_an_editor_writes_and_publishes_an_article(request, person, stranger):
    client = request.getfixturevalue(person)
    index = ArticleIndexPage.objects.get()
    assert client.get(f"/desk/pages/add/cms/articlepage/{index.pk}/").status_code == 200
    answer = client.post(f"/desk/pages/add/cms/articlepage/{index.pk}/", filled())
    assert answer.status_code == 302, answer.context["form"].errors
    article = ArticlePage.objects.get()
    assert article.live
    assert article.slug == "手沖總是太酸"
    assert article.is_gated
    shown = stranger.get(article.url).content.decode()
    assert "先降水溫" in shown
    assert "給常客" not in shown
    assert client.get(f"/desk/pages/{article.pk}/edit/").status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "", "slug": ""},
        {"intro": "字" * 301},
        {"tier": "99999"},
        {"dated": "yesterday"},
        {"author": "0"},
        {"slug": "not a slug/"},
        {"title": "字" * 300},
    ],
)
def test_a_mistake_is_shown_and_what_was_typed_is_kept(as_edda, changes):
    index = ArticleIndexPage.objects.get()
    answer = as_edda.post(f"/desk/pages/add/cms/articlepage/{index.pk}/", filled(**changes))
    assert answer.status_code == 200
    assert "把你的水溫貼上來" in answer.content.decode() or "字字字" in answer.content.decode()
    assert not ArticlePage.objects.exists()


def test_a_title_without_a_letter_gets_an_address_all_the_same(as_edda):
    index = ArticleIndexPage.objects.get()
    assert as_edda.post(f"/desk/pages/add/cms/articlepage/{index.pk}/", filled(title="？！")).status_code == 302
    assert ArticlePage.objects.get().slug == "article"


@pytest.mark.parametrize("mode", ["", "stranger"])
def test_an_editor_previews_as_its_tier_and_as_a_stranger(as_edda, mode):
    article = windows.article(tier=Tier.objects.get(rank=2))
    data = filled(title=article.title, slug=article.slug)
    address = f"/desk/pages/{article.pk}/edit/preview/"
    assert as_edda.post(address, data).json()["is_valid"]
    preview = as_edda.get(f"{address}?mode={mode}").content.decode()
    assert "先降水溫" in preview
    assert ("給常客" in preview) is (mode == "")


@pytest.mark.parametrize("kind", ["landingpage", "plainpage"])
def test_an_editor_makes_the_other_pages(as_edda, kind):
    assert as_edda.get(f"/desk/pages/add/cms/{kind}/{windows.home().pk}/").status_code == 200


@pytest.mark.parametrize("person", ["as_mark", "as_mod"])
def test_other_roles_do_not_edit_pages(request, person):
    client = request.getfixturevalue(person)
    article = windows.article()
    for address in (f"/desk/pages/{article.pk}/edit/", f"/desk/pages/add/cms/landingpage/{windows.home().pk}/"):
        assert client.get(address).status_code in {302, 403}
    client.post(f"/desk/pages/{article.pk}/edit/", filled(title="改掉"))
    article.refresh_from_db()
    assert article.title != "改掉"


def test_members_and_strangers_do_not_come_near(as_ada, stranger):
    article = windows.article()
    assert as_ada.get(f"/desk/pages/{article.pk}/edit/").status_code == 403
    assert stranger.get(f"/desk/pages/{article.pk}/edit/")["Location"].startswith("/join/?next=")


def upload(client, content):
    return client.post(
        "/desk/images/multiple/add/",
        {"title": "濾杯", "files[]": SimpleUploadedFile("dripper.png", content, "image/png")},
        headers={"X-Requested-With": "XMLHttpRequest"},
    ).json()


def test_an_editor_uploads_a_picture_and_a_broken_one_is_refused(as_edda):
    whole = BytesIO()
    Drawing.effect_noise((60, 40), 90).save(whole, "PNG")
    assert upload(as_edda, whole.getvalue())["success"]
    for broken in (whole.getvalue()[:20], whole.getvalue()[:-900], b"", b"<svg onload='x()'/>", b"\x00" * 400):
        assert not upload(as_edda, broken)["success"]
    assert get_image_model().objects.count() == 1


def test_an_editor_finds_a_discussion_and_a_person_to_choose(as_edda, ada):
    assert as_edda.get("/desk/thread_chooser/").status_code == 200
    assert as_edda.get("/desk/thread_chooser/results/?q=%E6%B0%B4%00").status_code in {200, 400}
    people = as_edda.get("/desk/member_chooser/results/?q=ad").content.decode()
    assert "Ada" in people
    assert "cast.example" not in people


def test_only_administrators_change_the_brand(as_root, as_edda, stranger):
    site = Site.objects.get()
    address = f"/desk/settings/cms/brand/{site.pk}/"
    assert as_edda.get(address).status_code in {302, 403}
    assert as_root.get(address).status_code == 200
    answer = as_root.post(
        address,
        nested_form_data(
            {
                "name_zh": "浮嶼咖啡",
                "name_en": "Floating Isle",
                "tagline_zh": "一杯一杯",
                "tagline_en": "",
                "hue": "252",
                "calm_hue": "162",
                "footer": streamfield(
                    [
                        (
                            "link",
                            {"label_zh": "門市", "label_en": "Shops", "page": "", "address": "https://isle.example/"},
                        )
                    ]
                ),
            }
        ),
    )
    assert answer.status_code == 302
    page = stranger.get("/").content.decode()
    assert "浮嶼咖啡" in page
    assert 'href="https://isle.example/"' in page
    assert Brand.objects.get().hue == 252


@pytest.mark.parametrize("person", ["as_edda", "as_mark", "as_mod", "as_root"])
def test_the_desks_front_opens_for_every_role(request, person):
    answer = request.getfixturevalue(person).get("/desk/")
    assert answer.status_code == 200
    assert "Homeground 主場" in answer.content.decode()


def test_the_desks_first_page_leads_an_editor_on(
    as_edda, as_mark, edda, django_capture_on_commit_callbacks, django_assert_max_num_queries
):
    index, english = ArticleIndexPage.objects.get(), {"Accept-Language": "en"}
    Brand.objects.update(board=Board.objects.create(slug="brew", name="新手沖煮"))
    assert "Nothing has been published here yet." in as_edda.get("/desk/", headers=english).text
    with django_capture_on_commit_callbacks(execute=True):
        article = windows.article(author=edda, title="手沖總是太酸")
    as_edda.post(f"/desk/pages/add/cms/articlepage/{index.pk}/", filled(title="還沒寫完", **{"action-publish": ""}))
    thread = Thread.objects.about(article).get()
    discussing.reply(thread=thread, author=edda, body="水溫多少？")
    panel = as_edda.get("/desk/", headers=english).text.partition('id="articles-panel"')[2].partition("</section>")[0]
    assert f'href="/desk/pages/add/cms/articlepage/{index.pk}/"' in panel
    assert {"還沒寫完", "手沖總是太酸"} == set(re.findall("<b>(.*?)</b>", panel))
    assert {"<td>Draft</td>", "<td>Live</td>"} == set(re.findall("<td>[A-Z][a-z]+</td>", panel))
    assert f'<a href="{thread.get_absolute_url()}">1</a>' in panel
    assert 'id="articles-panel"' not in as_mark.get("/desk/").text
    request = RequestFactory().get("/desk/")
    request.user = edda
    with django_assert_max_num_queries(4):
        assert ArticlesPanel(index).render_html({"request": request})
