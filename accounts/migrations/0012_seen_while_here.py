from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_acts_are_final")]

    operations = [
        migrations.AddField(
            "member",
            "is_seen",
            models.BooleanField(db_default=True, default=True, verbose_name="seen by others while here"),
        ),
    ]
