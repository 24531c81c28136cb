"""The task queue and its whole timetable."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")

app = Celery("homeground", task_cls="community.commons.queue:HouseTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "results: count what has closed": {"task": "community.insights.tasks.fill", "schedule": crontab(minute="1-59/5")},
    "results: look for clicks that came late": {
        "task": "community.insights.tasks.look_for_late",
        "schedule": crontab(hour=4, minute=40),
    },
    "results: alarms": {"task": "community.insights.tasks.look_for_alarms", "schedule": crontab(minute=4)},
    "results: the week's letter": {"task": "community.insights.tasks.send_weekly", "schedule": crontab(minute=9)},
    "letters: send what was left lying": {"task": "community.notices.tasks.sweep_letters", "schedule": 60.0},
    "bell: let go of old rings": {
        "task": "community.notices.tasks.sweep_rings",
        "schedule": crontab(hour=3, minute=40),
    },
    "pages: publish and expire on time": {"task": "cms.tasks.publish_scheduled", "schedule": 60.0},
    "clicks: bring in what was spooled": {"task": "community.campaigns.tasks.replay_spool", "schedule": 30.0},
    "clicks: next months' tables": {
        "task": "community.campaigns.tasks.make_partitions",
        "schedule": crontab(hour=3, minute=10),
    },
    "links: do strangers still get there": {
        "task": "community.campaigns.tasks.look_after_links",
        "schedule": crontab(minute="2-59/5"),
    },
    "clicks: forget old salts": {"task": "community.campaigns.tasks.forget_salts", "schedule": crontab(minute=5)},
    "links: forget old news": {"task": "community.campaigns.tasks.forget_news", "schedule": crontab(minute=35)},
    "steps: write down the latest": {"task": "community.insights.tasks.note_steps", "schedule": 300.0},
    "steps: look again": {"task": "community.insights.tasks.note_steps_again", "schedule": crontab(hour=0, minute=20)},
    "friends: count those who are active": {
        "task": "community.campaigns.tasks.count_friends",
        "schedule": crontab(minute="*/10"),
    },
    "friends: forget where members were": {
        "task": "community.campaigns.tasks.forget_whereabouts",
        "schedule": crontab(hour=1, minute=35),
    },
    "webhooks: tell of clicks": {"task": "community.campaigns.tasks.tell_clicks", "schedule": 20.0},
    "webhooks: send what was left lying": {"task": "community.campaigns.tasks.sweep_dispatches", "schedule": 30.0},
    "outward: send what was left lying": {"task": "community.campaigns.tasks.sweep_outward", "schedule": 60.0},
    "kinds: polls close, gatherings begin and end": {"task": "community.forum.tasks.keep_hours", "schedule": 30.0},
    "threads: open and close on time": {"task": "community.forum.tasks.keep_time", "schedule": 20.0},
    "bookmarks: remind": {"task": "community.forum.tasks.remind", "schedule": 60.0},
    "search: renew what older rules made": {
        "task": "community.forum.tasks.renew_index",
        "schedule": crontab(minute="*/10"),
    },
    "posts: let go of pictures nobody sent": {
        "task": "community.forum.tasks.sweep_pictures",
        "schedule": crontab(minute=25),
    },
    "posts: cook again what older rules made": {
        "task": "community.forum.tasks.cook_again",
        "schedule": crontab(hour=4, minute=10),
    },
    "links: ask what was left lying, let go of cards nobody shows": {
        "task": "community.forum.tasks.sweep_cards",
        "schedule": crontab(minute="3-59/10"),
    },
    "drafts: let go of those left lying": {
        "task": "community.forum.tasks.sweep_drafts",
        "schedule": crontab(hour=4, minute=25),
    },
    "search: let go of old misses": {
        "task": "community.forum.tasks.forget_missed",
        "schedule": crontab(hour=3, minute=50),
    },
    "reports: forget where they came from": {
        "task": "community.forum.tasks.forget_traces_of_reports",
        "schedule": crontab(hour=4, minute=5),
    },
    "held words: let go of the expired": {
        "task": "community.forum.tasks.drop_expired_held",
        "schedule": crontab(minute=20),
    },
}


@worker_ready.connect
def begin(**_signal):
    """Hours that closed while nobody worked are counted at once: until then each look at the results counts them itself."""
    app.send_task("community.insights.tasks.fill")
