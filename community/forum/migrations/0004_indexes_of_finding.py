"""What finding and its lists ask of the database, built beside a running site."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("forum", "0003_everything_findable")]
    operations = [
        AddIndexConcurrently(
            "findable",
            django.contrib.postgres.indexes.GinIndex(
                fields=["words"],
                condition=models.Q(("kind", "post"), _negated=True),
                name="findable_titles",
            ),
        ),
        AddIndexConcurrently("findable", models.Index(fields=["-at", "-id"], name="findable_newest_first")),
        AddIndexConcurrently("thread", models.Index(fields=["-heat", "-id"], name="thread_warmest_first")),
        AddIndexConcurrently("readmark", models.Index(fields=["at"], name="read_lately")),
    ]
