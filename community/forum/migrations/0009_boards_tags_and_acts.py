"""What boards say of themselves, tags, and what hosts do with threads."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_handoffs"),
        ("forum", "0008_who_announces"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BoardGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(db_default=100, default=100, verbose_name="position")),
            ],
            options={
                "verbose_name": "group of boards",
                "verbose_name_plural": "groups of boards",
                "ordering": ("position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=24, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        allow_unicode=True, blank=True, max_length=60, unique=True, verbose_name="end of its address"
                    ),
                ),
                ("folded", models.CharField(editable=False, max_length=72, unique=True)),
                ("description", models.CharField(blank=True, max_length=200, verbose_name="description")),
                (
                    "is_brands",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="Offered to everyone who starts a discussion.",
                        verbose_name="on the brand's list",
                    ),
                ),
            ],
            options={
                "verbose_name": "tag",
                "verbose_name_plural": "tags",
                "ordering": ("name",),
            },
        ),
        migrations.AddField(
            model_name="board",
            name="approval",
            field=models.CharField(
                choices=[
                    ("none", "nothing is looked at before it is published"),
                    ("firsts", "first posts of newcomers wait for a host"),
                    ("all", "everything waits for a host"),
                ],
                db_default="none",
                default="none",
                max_length=6,
                verbose_name="approval",
            ),
        ),
        migrations.AddField(
            model_name="board",
            name="body_template",
            field=models.TextField(
                blank=True,
                db_default="",
                help_text="Stands in the field when somebody starts a discussion here; they write over it.",
                max_length=2000,
                verbose_name="template of an opening",
            ),
        ),
        migrations.AddField(
            model_name="board",
            name="kinds",
            field=models.JSONField(
                blank=True,
                db_default=models.Value([], models.JSONField()),
                default=list,
                verbose_name="kinds of discussions",
            ),
        ),
        migrations.AddField(
            model_name="board",
            name="needs_tags",
            field=models.BooleanField(db_default=False, default=False, verbose_name="a new discussion needs a tag"),
        ),
        migrations.AddField(
            model_name="board",
            name="picture",
            field=models.ForeignKey(
                blank=True,
                help_text="Shown small beside its name, cut to a square.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="wagtailimages.image",
                verbose_name="picture",
            ),
        ),
        migrations.AddField(
            model_name="board",
            name="slow_seconds",
            field=models.PositiveIntegerField(
                db_default=0,
                default=0,
                help_text="0: no slow mode. A discussion may have its own.",
                validators=[django.core.validators.MaxValueValidator(86400)],
                verbose_name="seconds between two posts of one member",
            ),
        ),
        migrations.AddField(
            model_name="board",
            name="sort",
            field=models.CharField(
                choices=[
                    ("latest", "what stirred last comes first"),
                    ("hot", "what is talked about most comes first"),
                    ("newest", "what was started last comes first"),
                ],
                db_default="latest",
                default="latest",
                max_length=6,
                verbose_name="order of its list",
            ),
        ),
        migrations.AddField(
            model_name="board",
            name="teases",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Title, first lines, how many posts, faces and when somebody spoke last, with a way in. Off: for them the board does not exist.",
                verbose_name="shows a little to those it does not let in",
            ),
        ),
        migrations.AddField(
            model_name="board",
            name="title_hint",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="Such as: bean, roast, and what went wrong.",
                max_length=80,
                verbose_name="hint in the title field",
            ),
        ),
        migrations.AddField(
            model_name="thread",
            name="closes_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="thread",
            name="faces",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name="thread",
            name="first_lines",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
        migrations.AddField(
            model_name="thread",
            name="merged_into",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="forum.thread",
            ),
        ),
        migrations.AddField(
            model_name="thread",
            name="opens_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="thread",
            name="seams",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name="thread",
            name="slow_seconds",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="findable",
            name="kind",
            field=models.CharField(
                choices=[
                    ("thread", "discussions"),
                    ("post", "posts"),
                    ("article", "articles"),
                    ("member", "people"),
                    ("tag", "tags"),
                ],
                db_default="post",
                default="post",
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.BigIntegerField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pinned", "Pinned"),
                            ("unpinned", "Unpinned"),
                            ("locked", "Locked"),
                            ("unlocked", "Unlocked"),
                            ("slowed", "Slowed"),
                            ("moved", "Moved"),
                            ("merged", "Merged"),
                            ("grew", "Grew"),
                            ("split", "Split"),
                            ("branched", "Branched"),
                            ("scheduled", "Scheduled"),
                            ("opened", "Opened"),
                            ("closed", "Closed"),
                            ("tagged", "Tagged"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                (
                    "board",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="forum.board"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="acts", to="forum.thread"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BoardAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(allow_unicode=True, max_length=60, unique=True)),
                (
                    "board",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="former_addresses", to="forum.board"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="board",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="boards",
                to="forum.boardgroup",
                verbose_name="group",
            ),
        ),
        migrations.CreateModel(
            name="FormerPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="former_places", to="forum.post"
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="former_places", to="forum.thread"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Pin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("everywhere", models.BooleanField(default=False)),
                ("until", models.DateTimeField(null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "thread",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pin", to="forum.thread"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Fold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "pin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="folds", to="forum.pin"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="findable",
            name="tag",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forum.tag"
            ),
        ),
        migrations.CreateModel(
            name="TagFormer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(allow_unicode=True, max_length=60, unique=True)),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="former_addresses", to="forum.tag"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TagSynonym",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=24, verbose_name="name")),
                ("folded", models.CharField(editable=False, max_length=72, unique=True)),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="synonyms", to="forum.tag"
                    ),
                ),
            ],
            options={
                "verbose_name": "other word",
                "verbose_name_plural": "other words",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="TalkSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tier_to_tag",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: only hosts. Everyone may use the tags that are there.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.tier",
                        verbose_name="tier to make new tags",
                    ),
                ),
            ],
            options={
                "verbose_name": "Tags and talk",
            },
        ),
        migrations.CreateModel(
            name="ThreadTag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="thread_tags", to="forum.tag"
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="thread_tags", to="forum.thread"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="thread",
            name="tags",
            field=models.ManyToManyField(
                related_name="threads", through="forum.ThreadTag", to="forum.tag", verbose_name="tags"
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sequence", None), _negated=True),
                fields=("thread", "sequence"),
                name="one_act_for_each_event",
            ),
        ),
        migrations.AddConstraint(
            model_name="formerplace",
            constraint=models.UniqueConstraint(fields=("thread", "number"), name="one_post_had_a_number"),
        ),
        migrations.AddIndex(
            model_name="pin",
            index=models.Index(condition=models.Q(("everywhere", True)), fields=["everywhere"], name="pin_everywhere"),
        ),
        migrations.AddIndex(
            model_name="pin",
            index=models.Index(condition=models.Q(("until", None), _negated=True), fields=["until"], name="pin_until"),
        ),
        migrations.AddConstraint(
            model_name="fold",
            constraint=models.UniqueConstraint(fields=("pin", "member"), name="a_pin_folded_once"),
        ),
        migrations.AddConstraint(
            model_name="threadtag",
            constraint=models.UniqueConstraint(fields=("thread", "tag"), name="a_tag_once_on_a_thread"),
        ),
    ]
