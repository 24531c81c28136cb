"""Purposes apart, consents of browsers, and members who are under 18."""

import django.utils.timezone
from django.db import migrations, models

PURPOSES = [
    ("terms", "terms of use and privacy notice"),
    ("marketing", "news and offers by mail"),
    ("measuring", "knowing you again on later visits, to see what brought you"),
    ("ads", "telling ad platforms that you joined"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_key_roles")]

    operations = [
        migrations.AddField(
            "member", "is_minor", models.BooleanField(db_default=False, default=False, verbose_name="under 18")
        ),
        migrations.AlterField("consent", "purpose", models.CharField(choices=PURPOSES, max_length=12)),
        migrations.CreateModel(
            name="BrowserConsent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("visitor", models.UUIDField()),
                ("purpose", models.CharField(choices=PURPOSES, max_length=12)),
                ("version", models.CharField(max_length=20)),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-given_at", "-pk"),
                "indexes": [models.Index(fields=["visitor", "purpose"], name="consent_of_a_browser")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("visitor"),
                        models.F("purpose"),
                        condition=models.Q(("withdrawn_at", None)),
                        name="one_standing_consent_of_a_browser",
                    )
                ],
            },
        ),
    ]
