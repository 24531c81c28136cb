from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0013_seals_of_sessions")]

    operations = [
        migrations.AddField(
            "member",
            "hears_reactions",
            models.BooleanField(db_default=True, default=True, verbose_name="hears of reactions"),
        ),
    ]
