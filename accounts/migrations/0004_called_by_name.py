"""Who goes by a name is found at once, whatever its case: posts name people by it."""

import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0003_first_tiers_and_roles")]
    operations = [
        AddIndexConcurrently(
            "member", models.Index(django.db.models.functions.text.Lower("name"), name="member_going_by_a_name")
        ),
    ]
