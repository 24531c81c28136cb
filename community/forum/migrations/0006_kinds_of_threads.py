"""Kinds of threads: answers that were accepted, polls, announcements, gatherings."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0005_who_reads_missed_searches"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Ask",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="ask",
                        serialize=False,
                        to="forum.post",
                    ),
                ),
                ("votes", models.PositiveIntegerField(default=0)),
                ("sequence", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="AskVote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Gathering",
            fields=[
                (
                    "thread",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="gathering",
                        serialize=False,
                        to="forum.thread",
                    ),
                ),
                ("sequence", models.BigIntegerField(default=0)),
                ("edition", models.PositiveIntegerField(default=0)),
                ("told", models.CharField(blank=True, default="", max_length=4)),
            ],
        ),
        migrations.CreateModel(
            name="Option",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("words", models.CharField(max_length=240)),
                ("votes", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Poll",
            fields=[
                (
                    "thread",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="poll",
                        serialize=False,
                        to="forum.thread",
                    ),
                ),
                ("most", models.PositiveSmallIntegerField(default=1)),
                ("is_open", models.BooleanField(default=False)),
                (
                    "results",
                    models.CharField(
                        choices=[
                            ("always", "to everyone, all the time"),
                            ("voted", "after voting"),
                            ("closed", "when the poll has closed"),
                        ],
                        default="always",
                        max_length=6,
                    ),
                ),
                ("voters", models.PositiveIntegerField(default=0)),
                ("sequence", models.BigIntegerField(default=0)),
                ("told_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AlterModelOptions(
            name="thread",
            options={
                "permissions": [("announce", "Can announce, and hold gatherings")],
                "verbose_name": "thread",
                "verbose_name_plural": "threads",
            },
        ),
        migrations.RemoveConstraint(
            model_name="held",
            name="held_reply_has_words_held_reaction_a_post",
        ),
        migrations.AddField(
            model_name="findable",
            name="talk",
            field=models.CharField(blank=True, db_default="", default="", max_length=12),
        ),
        migrations.AddField(
            model_name="held",
            name="choices",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name="post",
            name="part",
            field=models.CharField(
                blank=True,
                choices=[("accepted", "accepted answer"), ("asked", "question for the host"), ("recap", "recap")],
                db_default="",
                default="",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="thread",
            name="begins_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="thread",
            name="ends_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="thread",
            name="kind",
            field=models.CharField(
                choices=[
                    ("discussion", "discussion"),
                    ("question", "question"),
                    ("poll", "poll"),
                    ("announcement", "announcement"),
                    ("gathering", "gathering"),
                ],
                db_default="discussion",
                default="discussion",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="thread",
            name="solved_number",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="held",
            name="kind",
            field=models.CharField(
                choices=[("reply", "reply"), ("reaction", "reaction"), ("vote", "vote")], max_length=10
            ),
        ),
        migrations.AddConstraint(
            model_name="held",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "reply"), ("reaction", ""), models.Q(("body", ""), _negated=True)),
                    models.Q(
                        ("body", ""),
                        ("kind", "reaction"),
                        ("post__isnull", False),
                        models.Q(("reaction", ""), _negated=True),
                    ),
                    models.Q(
                        ("body", ""), ("kind", "vote"), ("reaction", ""), models.Q(("choices", []), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="held_reply_has_words_reaction_a_post_vote_a_choice",
            ),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(("solved_number", None), ("kind", "question"), _connector="OR"),
                name="only_questions_are_solved",
            ),
        ),
        migrations.AddConstraint(
            model_name="thread",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "gathering"), _negated=True),
                    models.Q(("begins_at__isnull", False), ("ends_at__gt", models.F("begins_at"))),
                    _connector="OR",
                ),
                name="a_gathering_begins_before_it_ends",
            ),
        ),
        migrations.AddField(
            model_name="acceptance",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="acceptance",
            name="post",
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forum.post"),
        ),
        migrations.AddField(
            model_name="acceptance",
            name="thread",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="acceptance", to="forum.thread"
            ),
        ),
        migrations.AddField(
            model_name="ask",
            name="answer",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="forum.post"
            ),
        ),
        migrations.AddField(
            model_name="ask",
            name="thread",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="asks", to="forum.thread"
            ),
        ),
        migrations.AddField(
            model_name="askvote",
            name="ask",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="forum.ask"),
        ),
        migrations.AddField(
            model_name="askvote",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="gathering",
            name="current",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="forum.ask"
            ),
        ),
        migrations.AddField(
            model_name="gathering",
            name="hosts",
            field=models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="gathering",
            name="recap",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="forum.post"
            ),
        ),
        migrations.AddField(
            model_name="poll",
            name="closed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="option",
            name="poll",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="options", to="forum.poll"
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="gathering",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="forum.gathering"
            ),
        ),
        migrations.AddField(
            model_name="reminder",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="option",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="forum.option"
            ),
        ),
        migrations.AddIndex(
            model_name="ask",
            index=models.Index(fields=["thread", "-votes", "post"], name="ask_wanted_first"),
        ),
        migrations.AddConstraint(
            model_name="askvote",
            constraint=models.UniqueConstraint(fields=("ask", "member"), name="one_vote_of_a_member_for_a_question"),
        ),
        migrations.AddIndex(
            model_name="gathering",
            index=models.Index(
                condition=models.Q(("told", "over"), _negated=True), fields=["told"], name="gathering_not_over"
            ),
        ),
        migrations.AddIndex(
            model_name="poll",
            index=models.Index(condition=models.Q(("told_at", None)), fields=["told_at"], name="poll_not_told_closed"),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(condition=models.Q(("most__gte", 1)), name="a_poll_lets_one_choose"),
        ),
        migrations.AddConstraint(
            model_name="option",
            constraint=models.UniqueConstraint(fields=("poll", "position"), name="one_option_at_each_place"),
        ),
        migrations.AddIndex(
            model_name="reminder",
            index=models.Index(condition=models.Q(("told_at", None)), fields=["gathering"], name="reminder_untold"),
        ),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(fields=("gathering", "member"), name="one_reminder_of_a_gathering"),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(fields=("option", "member"), name="one_vote_of_a_member_for_an_option"),
        ),
    ]
