from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("insights", "0004_weeks_from_the_index_alone")]

    operations = [
        AddIndexConcurrently(
            "tally",
            models.Index(fields=["place", "shape", "day", "way"], name="tally_of_a_place_and_way"),
        ),
        RemoveIndexConcurrently("tally", "tally_of_a_place"),
    ]
