"""Steps of members: what each is exactly, and that writing them down again changes nothing."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import climbing, joining
from accounts.attending import begin_of, end_of
from accounts.models import ActiveDay, Tier
from community.campaigns import converting, earning, signals
from community.campaigns.models import Conversion
from community.forum import discussing
from community.forum.models import Board, Reaction
from community.insights import stepping

pytestmark = pytest.mark.django_db
BORN = date(2026, 3, 1)
AT = datetime(2026, 3, 1, 4, tzinfo=UTC)  # noon in Taipei


@pytest.fixture
def kim():
    return joining.admit(email="kim@come.example", name="Kim", at=AT)


@pytest.fixture
def thread(ada):
    board = Board.objects.create(name="新手沖煮", slug="brewing")
    return discussing.start(board=board, author=ada, title="衣索比亞水洗太酸", body="九十二度，一比十五，還是酸。")


def here(member, *ages):
    ActiveDay.objects.bulk_create(ActiveDay(member=member, day=BORN + timedelta(age)) for age in ages)


def steps(member, *kinds):
    rows = Conversion.objects.of_member(member).of_kind(*(kinds or stepping.KINDS)).in_order()
    return [(row.kind, row.at) for row in rows]


def on_day(age, hour=12):
    return time_machine.travel(begin_of(BORN + timedelta(age)) + timedelta(hours=hour))


def test_joining_with_a_proven_address_is_two_steps(kim):
    stepping.note([kim.pk])
    assert steps(kim) == [("joined", AT), ("verified", AT)]


def test_without_an_address_nothing_is_proven():
    nobody = joining.admit(email=None, name="No", at=AT)
    stepping.note([nobody.pk])
    assert steps(nobody) == [("joined", AT)]


def test_the_first_act_is_a_post_or_a_reaction_whichever_came_sooner(kim, thread):
    opening = thread.posts.get()
    Reaction.objects.create(post=opening, member=kim, kind="heart", at=AT + timedelta(hours=5))
    with time_machine.travel(AT + timedelta(hours=3), tick=False):
        discussing.reply(thread=thread, author=kim, body="我也是，換了水就好了")
    stepping.note([kim.pk])
    assert steps(kim, "first_act") == [("first_act", AT + timedelta(hours=3))]


def test_a_first_post_that_was_taken_away_is_none(kim, thread, mod):
    from community.forum import moderating

    with time_machine.travel(AT + timedelta(hours=3), tick=False):
        post = discussing.reply(thread=thread, author=kim, body="便宜的貸款請加賴")
    stepping.note([kim.pk])
    moderating.remove(post=post, by=mod, reason="廣告")
    assert kim.pk in stepping.stirred_since(datetime.now(UTC) - timedelta(minutes=5))
    stepping.note([kim.pk])
    assert steps(kim, "first_act") == []


@pytest.mark.parametrize(
    ("ages", "back"),
    [([7], None), ([8], 8), ([14], 14), ([15], None), ([7, 9, 12], 9), ([0, 1, 2], None)],
)
def test_back_in_the_second_week_is_any_of_the_days_8_to_14(kim, ages, back):
    here(kim, *ages)
    with on_day(40):
        stepping.note([kim.pk])
    assert steps(kim, "week2") == ([("week2", end_of(BORN + timedelta(back)))] if back else [])


@pytest.mark.parametrize(("age", "stayed"), [(23, False), (24, True), (27, True), (30, True), (31, False)])
def test_here_at_day_30_is_one_of_the_seven_days_that_end_with_it(kim, age, stayed):
    here(kim, age)
    with on_day(45):
        stepping.note([kim.pk])
    assert steps(kim, "day30") == ([("day30", end_of(BORN + timedelta(30)))] if stayed else [])


def test_a_day_counts_once_it_is_over(kim):
    here(kim, 9, 27)
    with on_day(9):
        stepping.note([kim.pk])
        assert steps(kim, "week2", "day30") == []
    with on_day(10):
        stepping.note([kim.pk])
        assert len(steps(kim, "week2")) == 1
    with on_day(30):
        stepping.note([kim.pk])
        assert steps(kim, "day30") == []
    with on_day(31):
        stepping.note([kim.pk])
        assert len(steps(kim, "day30")) == 1


def test_days_are_those_of_the_brands_calendar():
    late = joining.admit(email="late@come.example", name="Late", at=datetime(2026, 2, 28, 17, tzinfo=UTC))
    here(late, 8)  # joined on the first of March in Taipei
    with on_day(40):
        stepping.note([late.pk])
    assert len(steps(late, "week2")) == 1


def test_every_step_up_counts_and_no_step_down(kim):
    low, middle, high = Tier.objects.order_by("rank")[:3]
    for number, tier in enumerate((high, middle, high), start=1):
        climbing.grant(member=kim, tier=tier, at=AT + timedelta(days=number))
    stepping.note([kim.pk])
    assert [at for _kind, at in steps(kim, "climbed")] == [AT + timedelta(days=1), AT + timedelta(days=3)]
    assert low.rank == 1


def test_rising_is_written_down_at_once(kim, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        climbing.grant(member=kim, tier=Tier.objects.get(rank=2))
    assert len(steps(kim, "climbed")) == 1


def everything():
    return sorted(
        Conversion.objects.values_list("member_id", "kind", "ref", "at", "amount"),
        key=lambda row: [str(x) for x in row],
    )


def crowd(thread):
    for number in range(12):
        at = AT + timedelta(days=number % 5)
        member = joining.admit(email=f"n{number}@come.example", name=f"N{number}", at=at)
        ActiveDay.objects.bulk_create(
            ActiveDay(member=member, day=at.date() + timedelta(days)) for days in range(0, 35, number % 4 + 2)
        )
        if number % 3:
            climbing.grant(member=member, tier=Tier.objects.get(rank=2), at=at + timedelta(days=9))
        if number % 2:
            with time_machine.travel(at + timedelta(hours=number), tick=False):
                discussing.reply(thread=thread, author=member, body=f"這是第 {number} 則留言")


def test_what_was_deleted_comes_back_the_same_over_any_span(thread):
    crowd(thread)
    with on_day(60):
        stepping.rebuild()
        before = everything()
        assert {row[1] for row in before} >= {"joined", "verified", "first_act", "week2", "day30", "climbed"}
        start, end = begin_of(BORN + timedelta(8)), begin_of(BORN + timedelta(20))
        Conversion.objects.between(start, end).delete()
        assert everything() != before
        assert stepping.rebuild(start, end).made
        assert everything() == before
        Conversion.objects.all().delete()
        call_command("rebuild_steps", "--from=2026-02-01", "--to=2026-12-31", verbosity=0)
        call_command("rebuild_steps", verbosity=0)
        assert everything() == before


def test_doing_it_again_writes_nothing(thread):
    crowd(thread)
    with on_day(60):
        assert stepping.rebuild()
        before = list(Conversion.objects.order_by("pk").values())
        assert not stepping.rebuild()
        assert not stepping.note_recent(timedelta(days=60))
    assert list(Conversion.objects.order_by("pk").values()) == before


def test_what_the_facts_do_not_say_is_taken_back_and_what_moved_is_marked(kim):
    converting.record(member=kim, kind="week2", at=AT + timedelta(days=9))
    converting.record(member=kim, kind="joined", at=AT + timedelta(days=1))
    sold, _made = earning.earn(member=kim, ref="A1", amount=Decimal(300), at=AT)
    before = Conversion.objects.joined().get().changed_at
    done = stepping.note([kim.pk])
    assert (done.moved, done.gone) == (1, 1)
    joined = Conversion.objects.joined().get()
    assert (joined.at, joined.changed_at > before) == (AT, True)
    assert Conversion.objects.of_kind("revenue").get() == sold  # facts of another kind are left alone


def test_more_members_of_a_batch_ask_no_more_questions(thread):
    crowd(thread)
    ids = list(Conversion.objects.none().values_list("pk", flat=True))
    from accounts.models import Member

    ids = list(Member.objects.values_list("pk", flat=True))

    def asked(some):
        with CaptureQueriesContext(connection) as seen:
            stepping.note(some)
        return len(seen)

    with on_day(60):
        stepping.note(ids)
        assert asked(ids[:2]) == asked(ids) <= 8


def test_new_steps_are_told_once_after_commit(kim, django_capture_on_commit_callbacks):
    told = []
    signals.converted.connect(lambda **said: told.append(said["kind"]), weak=False, dispatch_uid="test")
    try:
        with django_capture_on_commit_callbacks(execute=True):
            stepping.note([kim.pk])
            stepping.note([kim.pk])
        assert told == ["joined", "verified"]
        Conversion.objects.all().delete()
        with django_capture_on_commit_callbacks(execute=True):
            stepping.rebuild()  # what is long past is nobody's news
        assert told == ["joined", "verified"]
    finally:
        signals.converted.disconnect(dispatch_uid="test")


def test_the_timetable_notices_what_happened_lately(thread):
    from community.insights import tasks

    crowd(thread)
    with on_day(10):
        tasks.note_steps()
        tasks.note_steps_again()
        found = everything()
        stepping.rebuild()
        assert everything() == found
