"""When things happened: ages laid back from now, at hours when people are awake."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Asia/Taipei")
MORNING, NIGHT, EVENING = time(6, 30), timedelta(hours=9), timedelta(hours=4)


def ago(now, age):
    """The moment which lies so far back; what would fall into a night that is over is told before bedtime.

    The nine hours before half past six shrink to their first four, so whatever came before still comes before.
    """
    moment = (now - age).astimezone(HERE)
    today = datetime.combine(moment.date(), MORNING, HERE)
    morning = today if moment < today else today + timedelta(days=1)
    since = moment - (morning - NIGHT)
    if since > timedelta() and morning <= now:
        return morning - NIGHT + since * (EVENING / NIGHT)
    return moment


def lay_back(now, posts, *, ends=None, begins=None):
    """The moment of each post, from the age of the last or that of what they follow; each later than the one before."""
    age = begins if begins is not None else ends + sum((post.after for post in posts), timedelta())
    moments = []
    for post in posts:
        age -= post.after
        moment = ago(now, max(age, timedelta(minutes=1)))
        if moments and moment <= moments[-1]:
            moment = moments[-1] + timedelta(seconds=20)
        moments.append(moment)
    return moments
