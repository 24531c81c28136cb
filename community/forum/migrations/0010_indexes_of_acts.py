"""What the lists of boards and the clock ask of threads, built beside a running site."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("forum", "0009_boards_tags_and_acts")]
    operations = [
        AddIndexConcurrently(
            "thread", models.Index(fields=["board", "-heat", "-id"], name="thread_of_board_warmest_first")
        ),
        AddIndexConcurrently(
            "thread", models.Index(fields=["board", "-started_at", "-id"], name="thread_of_board_newest_first")
        ),
        AddIndexConcurrently(
            "thread", models.Index(fields=["opens_at"], condition=~Q(opens_at=None), name="thread_to_open")
        ),
        AddIndexConcurrently(
            "thread", models.Index(fields=["closes_at"], condition=~Q(closes_at=None), name="thread_to_close")
        ),
        AddIndexConcurrently(
            "thread", models.Index(fields=["merged_into"], condition=~Q(merged_into=None), name="thread_gone_into")
        ),
    ]
