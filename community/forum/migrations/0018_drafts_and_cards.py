"""Words not sent yet, and what links in posts lead to."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import community.commons.ids


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0017_boards_stay_with_their_keepers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkCard",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=community.commons.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("url", models.CharField(max_length=1000, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("good", "Good"), ("nothing", "Nothing")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("site", models.CharField(blank=True, default="", max_length=100)),
                ("title", models.CharField(blank=True, default="", max_length=200)),
                ("words", models.CharField(blank=True, default="", max_length=300)),
                ("picture", models.UUIDField(null=True)),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("asked_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("why", models.CharField(blank=True, default="", max_length=12)),
                ("claimed_until", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=community.commons.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("version", models.BigIntegerField()),
                ("hand", models.UUIDField(null=True)),
                ("key", models.UUIDField(null=True)),
                ("title", models.CharField(blank=True, default="", max_length=320)),
                ("body", models.TextField(blank=True, default="")),
                ("source", models.TextField(blank=True, default="")),
                ("more", models.JSONField(default=dict)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "board",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forum.board"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forum.thread"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="picture",
            name="draft",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="pictures",
                to="forum.draft",
            ),
        ),
        migrations.AddIndex(
            model_name="picture",
            index=models.Index(
                condition=models.Q(("draft", None), _negated=True), fields=["draft"], name="picture_of_draft"
            ),
        ),
        migrations.AddIndex(
            model_name="linkcard",
            index=models.Index(condition=models.Q(("state", "waiting")), fields=["expires_at"], name="card_waiting"),
        ),
        migrations.AddIndex(
            model_name="linkcard",
            index=models.Index(fields=["made_at"], name="card_by_age"),
        ),
        migrations.AddField(
            model_name="reference",
            name="card",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forum.linkcard"
            ),
        ),
        migrations.AddField(
            model_name="reference",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="references", to="forum.post"
            ),
        ),
        migrations.AddField(
            model_name="reference",
            name="thread",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forum.thread"
            ),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(fields=["member", "-at", "-id"], name="draft_of_member"),
        ),
        migrations.AddIndex(
            model_name="draft",
            index=models.Index(fields=["at"], name="draft_by_age"),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("board__isnull", False), ("thread", None)),
                    models.Q(("board", None), ("thread__isnull", False)),
                    _connector="OR",
                ),
                name="draft_of_one_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("thread", None), _negated=True),
                fields=("member", "thread"),
                name="one_draft_in_a_thread",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                condition=models.Q(("board", None), _negated=True),
                fields=("member", "board"),
                name="one_draft_on_a_board",
            ),
        ),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("card", None), ("thread__isnull", False)),
                    models.Q(("card__isnull", False), ("thread", None)),
                    _connector="OR",
                ),
                name="reference_to_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.UniqueConstraint(
                condition=models.Q(("card", None), _negated=True),
                fields=("post", "card"),
                name="one_reference_to_a_card",
            ),
        ),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.UniqueConstraint(
                condition=models.Q(("thread", None), _negated=True),
                fields=("post", "thread"),
                name="one_reference_to_a_thread",
            ),
        ),
    ]
