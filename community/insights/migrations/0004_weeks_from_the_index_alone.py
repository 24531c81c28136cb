from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("insights", "0003_hours_and_sums")]

    operations = [
        AddIndexConcurrently(
            "stay",
            models.Index(fields=["cohort", "age"], include=("place", "way", "members"), name="stay_of_a_few_cohorts"),
        ),
        RemoveIndexConcurrently("stay", "stay_of_a_cohort"),
    ]
