"""Made-up talk: the same from one seed, and as whole as if people had written it."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, Max
from django.urls import reverse

from accounts.models import Member
from community.forum import finding, loading
from community.forum.models import Findable, Post, Reaction, ReadMark, Thread
from tests import cast


def load(**plan):
    before = Post.objects.count()
    call_command("load", verbosity=0, **{"posts": 300, "days": 30, **plan})
    return Post.objects.count() - before


def bodies():
    return list(Post.objects.order_by("pk").values_list("body", "number"))


def test_loaded_talk_is_whole_and_can_be_found_read_and_answered(db, root, as_ada):
    Member.objects.exclude(email__endswith=".example").delete()
    assert load() == 300
    for thread in Thread.objects.annotate(many=Count("posts"), last=Max("posts__number")):
        assert (thread.posts_count, thread.last_number, thread.sequence) == (thread.many, thread.last, thread.last)
        assert thread.last_by_id == thread.posts.get(number=thread.last).author_id
    assert Findable.objects.posts().count() == 300
    assert Findable.objects.titles().count() == Thread.objects.count()
    assert not Findable.objects.older_than(finding.VERSION).exists()
    given = sum(sum(tally.values()) for tally in Post.objects.values_list("tally", flat=True))
    assert given == Reaction.objects.count() > 0
    assert ReadMark.objects.count() == Post.objects.values("thread", "author").distinct().count()
    thread = Thread.objects.latest_first().first()
    assert as_ada.get(thread.get_absolute_url()).status_code == 200
    assert as_ada.post(f"/forum/threads/{thread.pk}/posts/", {"body": "接著說下去就對了吧"}).status_code == 302
    assert "接著說下去" in as_ada.get(reverse("forum:search"), {"q": "接著說下去"}).content.decode()


def test_two_loads_from_one_seed_tell_the_same_and_go_on_after_one_another(db):
    load(posts=120)
    first = bodies()
    Thread.objects.all().delete()
    load(posts=120)
    assert bodies() == first
    load(posts=50, seed=8)
    assert Post.objects.count() == 170


@pytest.mark.parametrize("wrong", [{"posts": -1}, {"posts": loading.Plan(0).posts + 10_000_001}, {"days": 0}])
def test_what_cannot_be_loaded_is_refused(db, wrong):
    with pytest.raises(CommandError):
        load(**wrong)


def test_nothing_is_made_up_among_real_people(db):
    cast.member("real", email="real@brand.tw")
    with pytest.raises(CommandError):
        load(posts=1)
    assert not Post.objects.exists()
