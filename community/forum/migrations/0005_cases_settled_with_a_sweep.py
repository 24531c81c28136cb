import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0004_indexes_that_others_hold"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="sweep",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="forum.sweep"
            ),
        ),
        migrations.AddField(
            model_name="sweep",
            name="cases",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
