"""What waits for a host may be more than words: a poll, a gathering, a question put at one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0019_reactions_bookmarks_and_read_boards"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="held",
            name="held_act_has_what_it_needs",
        ),
        migrations.AddField(
            model_name="held",
            name="plan",
            field=models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict),
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
                    ("ask", "question for the host"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="held",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["reply", "ask"]),
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
    ]
