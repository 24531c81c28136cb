"""A thread that came from another board was not read by saying, before that, that this one is read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0022_reminders_by_mail")]
    operations = [
        migrations.AddField(model_name="thread", name="came_at", field=models.DateTimeField(null=True)),
    ]
