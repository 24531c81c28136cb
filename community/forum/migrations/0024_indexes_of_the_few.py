"""Titles by their age, and pages, people and tags by their words, without passing what is many; beside a running site."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("forum", "0023_when_a_thread_came_to_its_board")]
    operations = [
        AddIndexConcurrently(
            "findable",
            django.contrib.postgres.indexes.GinIndex(
                fields=["words"],
                condition=models.Q(("kind__in", ["article", "member", "tag"])),
                name="findable_others",
            ),
        ),
        AddIndexConcurrently(
            "findable",
            models.Index(
                fields=["-at", "-id"],
                condition=models.Q(("kind", "thread")),
                name="findable_newest_titles",
            ),
        ),
    ]
