from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """What one member read lately, told to their other devices. Made beside a running site."""

    atomic = False
    dependencies = [("forum", "0020_what_waits_with_its_kind")]

    operations = [
        AddIndexConcurrently("readmark", models.Index(fields=["member", "at"], name="read_lately_by_member")),
    ]
