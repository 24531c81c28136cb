"""Which browser a member came with on a day; and orders found by their number, indexed beside the traffic."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("campaigns", "0010_steps")]

    operations = [
        migrations.AddField(
            "whereabouts", "agent_said", models.CharField(blank=True, db_default="", default="", max_length=300)
        ),
        AddIndexConcurrently(
            "conversion",
            models.Index(fields=["ref"], name="conversion_of_an_order", condition=models.Q(kind="revenue")),
        ),
    ]
