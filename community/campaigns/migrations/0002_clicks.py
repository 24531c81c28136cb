"""The table of clicks, parted by month along its key; Django itself cannot make a parted table."""

import uuid
from datetime import UTC, datetime

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import community.commons.ids

# The columns come in the order of their width, so that rows waste nothing on padding.
TABLE = """
CREATE TABLE campaigns_click (
    id uuid NOT NULL PRIMARY KEY,
    visitor uuid,
    at timestamptz NOT NULL,
    link_id bigint NOT NULL,
    agent varchar(10) NOT NULL,
    "trigger" varchar(10) NOT NULL,
    app varchar(16) NOT NULL,
    os varchar(16) NOT NULL,
    device varchar(10) NOT NULL,
    language varchar(16) NOT NULL,
    referrer varchar(120) NOT NULL,
    address bytea,
    network varchar(20),
    agent_said varchar(300) NOT NULL,
    query text NOT NULL,
    fbclid text,
    gclid text,
    gbraid text,
    wbraid text,
    msclkid text,
    ttclid text,
    twclid text,
    li_fat_id text,
    epik text,
    rdt_cid text,
    other_ids jsonb
) PARTITION BY RANGE (id);
CREATE INDEX click_of_a_link ON campaigns_click (link_id, agent, visitor);
CREATE INDEX click_of_a_visitor ON campaigns_click (visitor, id) WHERE visitor IS NOT NULL;
CREATE TABLE campaigns_click_other PARTITION OF campaigns_click DEFAULT;
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
            f"CREATE TABLE campaigns_click_{number // 12}_{number % 12 + 1:02} PARTITION OF campaigns_click "
            f"FOR VALUES FROM ('{bound(number)}') TO ('{bound(number + 1)}')"
        )


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0001_front_door")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLE, "DROP TABLE campaigns_click")],
            state_operations=[
                migrations.CreateModel(
                    name="Click",
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
                            "agent",
                            models.CharField(
                                choices=[
                                    ("human", "person"),
                                    ("preview", "link preview"),
                                    ("search", "search or AI"),
                                    ("scanner", "scanner or tool"),
                                    ("prefetch", "fetched ahead"),
                                    ("unknown", "unknown"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "trigger",
                            models.CharField(
                                choices=[("link", "link"), ("qr", "QR code")], default="link", max_length=10
                            ),
                        ),
                        ("app", models.CharField(blank=True, default="", max_length=16)),
                        ("os", models.CharField(blank=True, default="", max_length=16)),
                        ("device", models.CharField(blank=True, default="", max_length=10)),
                        ("language", models.CharField(blank=True, default="", max_length=16)),
                        ("referrer", models.CharField(blank=True, default="", max_length=120)),
                        ("address", models.BinaryField(blank=True, null=True)),
                        ("network", models.CharField(blank=True, max_length=20, null=True)),
                        ("agent_said", models.CharField(blank=True, default="", max_length=300)),
                        ("query", models.TextField(blank=True, default="")),
                        ("fbclid", models.TextField(blank=True, null=True)),
                        ("gclid", models.TextField(blank=True, null=True)),
                        ("gbraid", models.TextField(blank=True, null=True)),
                        ("wbraid", models.TextField(blank=True, null=True)),
                        ("msclkid", models.TextField(blank=True, null=True)),
                        ("ttclid", models.TextField(blank=True, null=True)),
                        ("twclid", models.TextField(blank=True, null=True)),
                        ("li_fat_id", models.TextField(blank=True, null=True)),
                        ("epik", models.TextField(blank=True, null=True)),
                        ("rdt_cid", models.TextField(blank=True, null=True)),
                        ("other_ids", models.JSONField(blank=True, null=True)),
                        (
                            "link",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clicks",
                                to="campaigns.trackedlink",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "click",
                        "verbose_name_plural": "clicks",
                    },
                ),
                migrations.AddIndex(
                    model_name="click",
                    index=models.Index(fields=["link", "agent", "visitor"], name="click_of_a_link"),
                ),
                migrations.AddIndex(
                    model_name="click",
                    index=models.Index(
                        condition=models.Q(("visitor", None), _negated=True),
                        fields=["visitor", "id"],
                        name="click_of_a_visitor",
                    ),
                ),
            ],
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
