"""Words may have form, and name people."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SOURCE = models.TextField(blank=True, db_default="", default="")


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0011_first_lines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("held", "source", SOURCE),
        migrations.AddField("post", "source", SOURCE),
        migrations.AddField("revision", "source", SOURCE),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mentions", to="forum.post"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("post", "member"), name="one_mention_of_a_member_in_a_post")
                ],
            },
        ),
    ]
