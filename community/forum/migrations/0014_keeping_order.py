"""Reports and their cases, rules, watched words, what waits for a host, and what is swept away at one stroke."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_acts_are_final"),
        ("forum", "0013_posts_of_lately"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("thing", models.CharField(max_length=30)),
                ("words", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("work", "in work"), ("settled", "settled")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("weight", models.FloatField(default=0)),
                ("reports_count", models.PositiveIntegerField(default=0)),
                ("hid_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("fine", "nothing wrong"),
                            ("remove", "remove it"),
                            ("note", "ask them to change it"),
                            ("warn", "warn"),
                            ("silence", "silence"),
                            ("suspend", "suspend"),
                            ("hold", "hold what they write for a host"),
                            ("ban", "ban"),
                        ],
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "verbose_name": "case",
                "verbose_name_plural": "cases",
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("thing", models.CharField(max_length=30)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("spam", "Advertising or spam"),
                            ("attack", "It attacks somebody"),
                            ("place", "It is in the wrong place"),
                            ("illegal", "It may be against the law"),
                            ("privacy", "It shows somebody's private things"),
                            ("other", "Something else"),
                        ],
                        max_length=8,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("weight", models.FloatField(default=0)),
                ("was_right", models.BooleanField(null=True)),
                ("wants_mail", models.BooleanField(default=False)),
                ("browser", models.UUIDField(null=True)),
                ("network", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "verbose_name": "report",
                "verbose_name_plural": "reports",
            },
        ),
        migrations.CreateModel(
            name="Rules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "approval",
                    models.CharField(
                        choices=[
                            ("none", "nothing is looked at before it is published"),
                            ("firsts", "first posts of newcomers wait for a host"),
                            ("all", "everything waits for a host"),
                        ],
                        default="none",
                        help_text="On every board. A board may ask for more, never for less.",
                        max_length=10,
                        verbose_name="a host reads first",
                    ),
                ),
                (
                    "newcomer_posts",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="And for as long as they stand on the first tier.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="somebody is a newcomer until they have written so many posts",
                    ),
                ),
                (
                    "first_posts",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="so many posts count as the first ones",
                    ),
                ),
                ("hold_links", models.BooleanField(default=True, verbose_name="hold newcomers' posts with links")),
                (
                    "typed_seconds",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="0 switches it off.",
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="hold newcomers' posts that were typed in fewer seconds than",
                    ),
                ),
                (
                    "hide_at",
                    models.PositiveSmallIntegerField(
                        default=6,
                        help_text="A newcomer's report weighs 1, a regular's 2, an old friend's 3; see the guide. 0 switches it off.",
                        validators=[django.core.validators.MaxValueValidator(1000)],
                        verbose_name="hide at once what was reported with a weight of",
                    ),
                ),
                (
                    "silence_after",
                    models.PositiveSmallIntegerField(
                        default=3,
                        help_text="Until a host decides. 0 switches it off.",
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="silence a newcomer who was reported by so many people",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules of order",
                "verbose_name_plural": "rules of order",
            },
        ),
        migrations.CreateModel(
            name="Sweep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(max_length=200)),
                ("posts", models.PositiveIntegerField(default=0)),
                ("threads", models.PositiveIntegerField(default=0)),
                ("held", models.PositiveIntegerField(default=0)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="WatchedWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=60, verbose_name="word")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("report", "report it to the hosts"),
                            ("mask", "show dots in its place"),
                            ("hold", "hold the post for a host"),
                            ("refuse", "refuse it with a sentence"),
                        ],
                        default="hold",
                        max_length=8,
                        verbose_name="what happens",
                    ),
                ),
                ("by_sound", models.BooleanField(default=False, verbose_name="also what sounds like it")),
                ("sentence", models.CharField(blank=True, max_length=200, verbose_name="what the writer is told")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "watched word",
                "verbose_name_plural": "watched words",
            },
        ),
        migrations.RemoveConstraint(
            model_name="held",
            name="held_reply_has_words_reaction_a_post_vote_a_choice",
        ),
        migrations.AddField(
            model_name="held",
            name="because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("newcomer", "a host looks at this member first"),
                    ("first", "one of their first posts"),
                    ("everything", "a host reads everything here first"),
                    ("link", "a newcomer's link"),
                    ("word", "a watched word"),
                    ("fast", "typed faster than people type"),
                ],
                db_default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="held",
            name="board",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forum.board"
            ),
        ),
        migrations.AddField(
            model_name="held",
            name="detail",
            field=models.CharField(blank=True, db_default="", max_length=200),
        ),
        migrations.AddField(
            model_name="held",
            name="refusal",
            field=models.CharField(blank=True, db_default="", max_length=500),
        ),
        migrations.AddField(
            model_name="held",
            name="refused_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="held",
            name="refused_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="held",
            name="opens",
            field=models.CharField(blank=True, db_default="", max_length=12),
        ),
        migrations.AddField(
            model_name="held",
            name="title",
            field=models.CharField(blank=True, db_default="", max_length=320),
        ),
        migrations.AddField(
            model_name="held",
            name="waits_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="held",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name="held",
            name="kind",
            field=models.CharField(
                choices=[
                    ("reply", "reply"),
                    ("reaction", "reaction"),
                    ("vote", "vote"),
                    ("thread", "discussion"),
                    ("edit", "change of a post"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="held",
            name="thread",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forum.thread"
            ),
        ),
        migrations.AlterField(
            model_name="removal",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField(
            model_name="removal",
            name="hand",
            field=models.CharField(
                choices=[("author", "its author"), ("moderator", "a host"), ("reports", "what members reported")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="about",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="cases_about", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="assignee",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="penalty",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="cases", to="accounts.penalty"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="post",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="cases", to="forum.post"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="settled_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="silence",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="accounts.penalty"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="thread",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="cases", to="forum.thread"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="forum.case"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="reporter",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reports",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sweep",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="sweep",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="sweeps", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="sweep",
            name="undone_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="held",
            name="sweep",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="forum.sweep"
            ),
        ),
        migrations.AddField(
            model_name="removal",
            name="sweep",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="removals", to="forum.sweep"
            ),
        ),
        migrations.AddIndex(
            model_name="held",
            index=models.Index(
                condition=models.Q(
                    ("published_at", None), ("refused_at", None), ("waits_since__isnull", False), ("withdrawn_at", None)
                ),
                fields=["member", "waits_since"],
                name="held_waiting_for_host",
            ),
        ),
        migrations.AddConstraint(
            model_name="held",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "reply"),
                        ("reaction", ""),
                        ("thread__isnull", False),
                        models.Q(("body", ""), _negated=True),
                    ),
                    models.Q(
                        ("body", ""),
                        ("kind", "reaction"),
                        ("post__isnull", False),
                        ("thread__isnull", False),
                        models.Q(("reaction", ""), _negated=True),
                    ),
                    models.Q(
                        ("board__isnull", False),
                        ("kind", "thread"),
                        ("reaction", ""),
                        ("thread", None),
                        models.Q(("body", ""), _negated=True),
                        models.Q(("title", ""), _negated=True),
                    ),
                    models.Q(
                        ("kind", "edit"),
                        ("post__isnull", False),
                        ("reaction", ""),
                        ("thread__isnull", False),
                        models.Q(("body", ""), _negated=True),
                    ),
                    models.Q(
                        ("body", ""),
                        ("kind", "vote"),
                        ("reaction", ""),
                        ("thread__isnull", False),
                        models.Q(("choices", []), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="held_act_has_what_it_needs",
            ),
        ),
        migrations.AddField(
            model_name="watchedword",
            name="by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["state", "-weight", "-id"], name="case_heaviest"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("state", "settled")), fields=["-settled_at", "-id"], name="case_settled_lately"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["about", "-id"], name="case_about_member"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["thing", "-id"], name="case_of_thing"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "settled"), _negated=True),
                fields=("thing",),
                name="one_unsettled_case_of_a_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("post", None), ("thread", None), _connector="OR"), name="case_about_one_thing"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", False), ("state", "settled")),
                    models.Q(models.Q(("state", "settled"), _negated=True), ("settled_at", None)),
                    _connector="OR",
                ),
                name="settled_case_has_its_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(fields=("reporter", "thing"), name="one_report_of_a_thing_by_a_person"),
        ),
        migrations.AddConstraint(
            model_name="watchedword",
            constraint=models.UniqueConstraint(fields=("words",), name="one_row_for_a_watched_word"),
        ),
    ]
