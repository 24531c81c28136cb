"""When the demo's people spoke."""

from datetime import datetime, timedelta

import pytest

from community.demo import clock, words


@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_people_speak_in_order_awake_and_up_to_this_very_minute(hour):
    now = datetime(2026, 4, 2, hour, 17, tzinfo=clock.HERE)
    newest = []
    for talk in words.talks():
        moments = clock.lay_back(now, talk.posts, ends=talk.ends)
        assert moments == sorted(set(moments)), talk.key
        assert moments[-1] < now
        newest.append(moments[-1])
        for moment in moments:
            if now - moment > timedelta(hours=9):
                assert not 2 <= moment.astimezone(clock.HERE).hour < 6, (talk.key, moment)
    assert now - max(newest) < timedelta(minutes=5)
