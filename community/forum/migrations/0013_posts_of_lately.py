"""Who has written lately is asked every few minutes; built beside a running site."""

from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("forum", "0012_composed_words")]
    operations = [AddIndexConcurrently("post", BrinIndex(fields=["made_at"], name="post_lately", autosummarize=True))]
