"""What lists of one kind ask of the database, built beside a running site."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("forum", "0006_kinds_of_threads")]
    operations = [
        AddIndexConcurrently(
            model_name="thread",
            index=models.Index(
                condition=models.Q(("kind", "discussion"), _negated=True),
                fields=["kind", "-stirred_at", "-id"],
                name="thread_of_kind_latest_first",
            ),
        ),
        AddIndexConcurrently(
            model_name="thread",
            index=models.Index(
                condition=models.Q(("kind", "question"), ("solved_number", None)),
                fields=["-stirred_at", "-id"],
                name="thread_unsolved_latest_first",
            ),
        ),
    ]
