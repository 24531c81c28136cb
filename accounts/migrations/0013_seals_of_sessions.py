from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_seen_while_here")]

    operations = [
        migrations.AddField(
            "member", "seal", models.CharField(db_default="", default="", editable=False, max_length=12)
        ),
    ]
