"""Reactions that the brand names; what members keep for themselves; up to when a board has been read."""

import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

SIX = (
    ("coffee", "☕", "請你喝咖啡", "a coffee for you"),
    ("helpful", "", "有幫助", "helpful"),
    ("heart", "", "暖心", "warm"),
    ("laugh", "", "好笑", "funny"),
    ("wow", "", "驚訝", "surprising"),
    ("thanks", "", "謝謝", "thank you"),
)


def offer(apps, schema_editor):
    """The six that were fixed in the code: rows that members gave keep their keys."""
    ReactionKind = apps.get_model("forum", "ReactionKind")
    for place, (key, sign, name_zh, name_en) in enumerate(SIX, start=1):
        told = {"sign": sign, "name_zh": name_zh, "name_en": name_en, "place": place}
        ReactionKind.objects.get_or_create(key=key, defaults=told)


def grant(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    content_type, _ = ContentType.objects.get_or_create(app_label="forum", model="reactionkind")
    for verb in ("view", "add", "change"):
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type, codename=f"{verb}_reactionkind", defaults={"name": f"Can {verb} reaction"}
        )
        for role in ("administrator", "editor"):
            group, _ = Group.objects.get_or_create(name=role)
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0018_drafts_and_cards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="held",
            name="reaction",
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AlterField(
            model_name="reaction",
            name="kind",
            field=models.CharField(max_length=10),
        ),
        migrations.CreateModel(
            name="ReactionKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(editable=False, max_length=10, unique=True)),
                (
                    "sign",
                    models.CharField(
                        blank=True,
                        help_text="One emoji. Empty: its name stands there.",
                        max_length=8,
                        validators=[
                            django.core.validators.RegexValidator("^[^\\w\\s<>&\\\"']*$", "One emoji, and no words.")
                        ],
                        verbose_name="sign",
                    ),
                ),
                ("name_zh", models.CharField(max_length=8, verbose_name="name in Chinese")),
                ("name_en", models.CharField(max_length=20, verbose_name="name in English")),
                (
                    "place",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "1"), (2, "2"), (3, "3"), (4, "4"), (5, "5"), (6, "6")],
                        help_text="Six are offered. Whichever stood at this place takes the place this one had.",
                        null=True,
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "reaction",
                "verbose_name_plural": "reactions",
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("place",),
                        name="one_reaction_at_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("place", None), models.Q(("place__gte", 1), ("place__lte", 6)), _connector="OR"
                        ),
                        name="six_reactions_are_offered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BoardRead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reads", to="forum.board"
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
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("member", "board"), name="one_moment_of_a_board")],
            },
        ),
        migrations.CreateModel(
            name="Bookmark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.CharField(blank=True, max_length=800)),
                ("remind_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bookmarks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forum.post"
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forum.thread"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["member", "-saved_at", "-id"], name="bookmark_latest_first"),
                    models.Index(
                        condition=models.Q(("remind_at__isnull", False), ("told_at", None)),
                        fields=["remind_at"],
                        name="bookmark_due",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("post", None), ("thread__isnull", False)),
                            models.Q(("post__isnull", False), ("thread", None)),
                            _connector="OR",
                        ),
                        name="bookmark_of_one_thing",
                    ),
                    models.UniqueConstraint(fields=("member", "post"), name="one_bookmark_of_a_post"),
                    models.UniqueConstraint(fields=("member", "thread"), name="one_bookmark_of_a_thread"),
                ],
            },
        ),
        migrations.RunPython(offer, migrations.RunPython.noop),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
