"""Ways from one browser to another are gone once."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_consents")]

    operations = [
        migrations.CreateModel(
            name="Handoff",
            fields=[
                ("mark", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
    ]
