"""The table of steps towards joining, parted by month along its key as that of clicks is."""

import uuid
from datetime import UTC, datetime

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import community.commons.ids

TABLE = """
CREATE TABLE campaigns_step (
    id uuid NOT NULL PRIMARY KEY,
    visitor uuid,
    click uuid,
    at timestamptz NOT NULL,
    link_id bigint,
    kind varchar(12) NOT NULL,
    path varchar(200) NOT NULL,
    source varchar(120) NOT NULL,
    app varchar(16) NOT NULL,
    os varchar(16) NOT NULL,
    device varchar(10) NOT NULL,
    language varchar(16) NOT NULL
) PARTITION BY RANGE (id);
CREATE INDEX step_of_a_visitor ON campaigns_step (visitor, id) WHERE visitor IS NOT NULL;
CREATE TABLE campaigns_step_other PARTITION OF campaigns_step DEFAULT;
"""


def bound(number):
    """The smallest version 7 UUID of a month, counted from the year 0."""
    first = datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)
    return uuid.UUID(int=int(first.timestamp() * 1000) << 80)


def begin(apps, schema_editor):
    """The months around today; the timetable makes the next ones in time."""
    today = datetime.now(UTC)
    this = today.year * 12 + today.month - 1
    for number in range(this - 3, this + 4):
        schema_editor.execute(
            f"CREATE TABLE campaigns_step_{number // 12}_{number % 12 + 1:02} PARTITION OF campaigns_step "
            f"FOR VALUES FROM ('{bound(number)}') TO ('{bound(number + 1)}')"
        )


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0009_keeping_links")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLE, "DROP TABLE campaigns_step")],
            state_operations=[
                migrations.CreateModel(
                    name="Step",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=community.commons.ids.uuid7, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("visitor", models.UUIDField(blank=True, null=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("painted", "page seen"),
                                    ("join_opened", "join page opened"),
                                    ("code_asked", "code asked for"),
                                    ("code_entered", "code entered"),
                                    ("joined", "joined"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("click", models.UUIDField(blank=True, null=True)),
                        ("path", models.CharField(blank=True, default="", max_length=200)),
                        ("source", models.CharField(blank=True, default="", max_length=120)),
                        ("app", models.CharField(blank=True, default="", max_length=16)),
                        ("os", models.CharField(blank=True, default="", max_length=16)),
                        ("device", models.CharField(blank=True, default="", max_length=10)),
                        ("language", models.CharField(blank=True, default="", max_length=16)),
                        (
                            "link",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="campaigns.trackedlink",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step towards joining",
                        "verbose_name_plural": "steps towards joining",
                    },
                ),
                migrations.AddIndex(
                    model_name="step",
                    index=models.Index(
                        condition=models.Q(("visitor", None), _negated=True),
                        fields=["visitor", "id"],
                        name="step_of_a_visitor",
                    ),
                ),
            ],
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
