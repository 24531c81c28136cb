"""Whether a reminder comes by mail too is for each one to say."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0021_read_lately_by_member")]
    operations = [
        migrations.AddField(
            model_name="bookmark", name="by_mail", field=models.BooleanField(default=False, db_default=False)
        ),
    ]
