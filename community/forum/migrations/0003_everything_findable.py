"""Articles and people stand in the index of search beside what was said; where and by whom is kept with each entry.

Only columns that may be empty or have a default in the database: no row is written. `manage.py rebuild_index`, or the
timetable, makes the old entries again.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CHARS = [("thread", "discussions"), ("post", "posts"), ("article", "articles"), ("member", "people")]


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0002_keepers"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AlterField(
            "findable",
            "thread",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="findables",
                to="forum.thread",
            ),
        ),
        migrations.AlterField(
            "findable",
            "post",
            models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="findable", to="forum.post"
            ),
        ),
        migrations.AddField(
            "findable", "kind", models.CharField(choices=CHARS, db_default="post", default="post", max_length=8)
        ),
        migrations.AddField(
            "findable",
            "page",
            models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="wagtailcore.page"
            ),
        ),
        migrations.AddField(
            "findable",
            "member",
            models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "findable",
            "board",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="forum.board",
            ),
        ),
        migrations.AddField(
            "findable",
            "author",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField("findable", "version", models.PositiveSmallIntegerField(db_default=0, default=0)),
        migrations.AddField("thread", "heat", models.FloatField(db_default=0.0, default=0, editable=False)),
        migrations.CreateModel(
            name="MissedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=60)),
                ("day", models.DateField()),
                ("times", models.PositiveIntegerField(default=1)),
            ],
            options={
                "verbose_name": "search without result",
                "verbose_name_plural": "searches without result",
                "indexes": [models.Index(fields=["day"], name="missed_search_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("words", "day"), name="one_count_of_missed_words_a_day")
                ],
            },
        ),
    ]
