"""A database with a million posts in it, made once where LOAD_KEEP names one to be kept; LOAD_POSTS makes it smaller."""

import os
import time
from contextlib import contextmanager

from django.db import connection

from accounts.models import Member
from community.demo import words
from community.forum.loading import Loader, Plan
from community.forum.models import Post
from tests import cast, databases
from tests.bench import Figure

POSTS = int(os.environ.get("LOAD_POSTS", 1_000_000))
KEEP = os.environ.get("LOAD_KEEP", "")


@contextmanager
def database(label, kept=bool(KEEP)):
    connection.close()
    connection.settings_dict["NAME"] = databases.kept(KEEP) if kept else databases.copy(label)
    try:
        yield
    finally:
        connection.close()
        if not kept:
            databases.drop(connection.settings_dict["NAME"])


def people():
    """Four of the cast, who may be here from the last time."""
    named = ("ada", "ben", "chen", "host")
    return [Member.objects.named(name).first() or getattr(cast, name)() for name in named]


def sentences():
    bodies = [post.body for talk in words.talks() for post in talk.posts]
    return [part for body in bodies for part in body.replace("\n", "。").split("。") if part]


def fill(posts=POSTS) -> list[Figure]:
    """As many posts as that; a kept database has them already."""
    if (missing := posts - Post.objects.count()) <= posts // 100:
        return []
    people()
    began = time.perf_counter()
    Loader(Plan(posts=missing), sentences()).run(print)
    took = time.perf_counter() - began
    return [Figure(f"loading {missing:,} posts", missing / took, "posts/s", note=f"{took:.0f} s")]
