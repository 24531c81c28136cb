"""Whether a line stands changes twice in its life, for a hundred thousand of them at once: no index may speak of it, and
pages keep room, so that the change stays in its page and touches none of the indexes."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("campaigns", "0014_late_clicks")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE campaigns_adfigure SET (fillfactor = 50)", "ALTER TABLE campaigns_adfigure RESET (fillfactor)"
        ),
        AddIndexConcurrently("adfigure", models.Index(fields=["starts", "ends"], name="ad_figure_of_days")),
        RemoveIndexConcurrently("adfigure", "ad_figure_standing"),
    ]
