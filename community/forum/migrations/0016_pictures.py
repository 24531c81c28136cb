"""Pictures in posts."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import community.commons.ids


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0015_who_keeps_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Picture",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=community.commons.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("weight", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="pictures",
                        to="forum.post",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["member", "made_at"], name="picture_of_member"),
                    models.Index(condition=models.Q(("post", None)), fields=["made_at"], name="picture_in_no_post"),
                ],
            },
        ),
    ]
