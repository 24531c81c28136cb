"""Search answers judged questions over the demo's words: a floor under how well, so that no change makes it worse unseen."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.forum import judging
from tests.forum.judged import questions

FLOOR_OF_RECALL, FLOOR_OF_RANK = 0.9, 0.9


def test_there_are_enough_questions():
    asked = [question for question, _wanted in questions()]
    assert len(asked) >= 120
    assert len(set(asked)) == len(asked)
    assert all(wanted for _question, wanted in questions())


@pytest.mark.django_db
def test_judged_questions_are_answered():
    recall, rank, worst = judging.judge(AnonymousUser(), judging.lay())
    print(f"recall {recall:.3f} MRR {rank:.3f}", *worst, sep="\n")
    assert recall >= FLOOR_OF_RECALL
    assert rank >= FLOOR_OF_RANK
