"""What one member has said, found without reading all that others said in the same words; beside a running site."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("forum", "0027_drafts_of_changes")]
    operations = [
        AddIndexConcurrently("findable", models.Index(fields=["author", "-at"], name="findable_of_author")),
    ]
