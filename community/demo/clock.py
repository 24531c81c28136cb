"""When things happened: ages laid back from now, at hours when people are awake."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Taipei")
FRESH = timedelta(hours=36)  # what is younger keeps its exact age, so that the newest stays the newest
WAKING, DAY = timedelta(hours=6, minutes=30), timedelta(hours=19)


def awake(moment):
    """The same day, moved out of the small hours; whatever came before still comes before."""
    local = moment.astimezone(HERE)
    midnight = datetime.combine(local.date(), time(), HERE)
    return midnight + WAKING + (local - midnight) * (DAY / timedelta(days=1))


def ago(now, age):
    """The moment which lies so far back."""
    moment = now - age
    return moment if age < FRESH else min(awake(moment), now - FRESH)


def lay_back(now, posts, *, ends=None, begins=None):
    """The moment of each post, from the age of the last one or that of what they follow; each later than the one before."""
    age = begins if begins is not None else ends + sum((post.after for post in posts), timedelta())
    moments = []
    for post in posts:
        age -= post.after
        moment = ago(now, max(age, timedelta(minutes=1)))
        if moments and moment <= moments[-1]:
            moment = moments[-1] + timedelta(minutes=1)
        moments.append(moment)
    return moments
