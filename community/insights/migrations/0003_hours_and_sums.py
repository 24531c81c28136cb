from django.db import migrations, models

MEASURES = [
    "clicks",
    "visits",
    "people",
    "previews",
    "searches",
    "scanners",
    "ahead",
    "unknown",
    "arrivals",
    "painted",
    "join_opened",
    "code_asked",
    "code_entered",
    "came_in",
    "painted_timed",
    "join_opened_timed",
    "code_asked_timed",
    "code_entered_timed",
    "came_in_timed",
    "painted_pace",
    "join_opened_pace",
    "code_asked_pace",
    "code_entered_pace",
    "came_in_pace",
]
FATES = ["joined", "verified", "first_act", "week2", "day30", "climbed", "referrals"]


def tallies(shape, place, way, join=""):
    """The days that are counted already, summed as they will be from now on."""
    return f"""
        INSERT INTO insights_tally (shape, day, place, way, {", ".join(MEASURES)})
        SELECT {shape}, day, {place}, {way}, {", ".join(f"sum({name})" for name in MEASURES)}
        FROM insights_tally {join} WHERE shape = 3 GROUP BY 2, 3, 4"""


def tallies_by(part, shape):
    ways = f"SELECT id, min(id) OVER (PARTITION BY {part}) AS first FROM insights_way"
    return tallies(shape, "place", "part.first", f"JOIN ({ways}) part ON part.id = way")


def bonds(shape, place, way):
    return f"""
        INSERT INTO insights_bondsum (shape, model, day, place, way, {", ".join(FATES)})
        SELECT {shape}, model, day, {place}, {way}, {", ".join(f"sum({name})" for name in FATES)}
        FROM insights_bond GROUP BY 2, 3, 4, 5"""


class Migration(migrations.Migration):
    dependencies = [("insights", "0002_steps_with_their_time")]

    operations = [
        migrations.CreateModel(
            name="BondSum",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "shape",
                        "model",
                        "day",
                        "place",
                        "way",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("shape", models.SmallIntegerField()),
                ("model", models.CharField(max_length=16)),
                ("day", models.DateField()),
                ("place", models.BigIntegerField()),
                ("way", models.IntegerField()),
                *[(name, models.BigIntegerField(default=0)) for name in FATES],
            ],
        ),
        migrations.CreateModel(
            name="Hour",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "shape",
                        "at",
                        "model",
                        "place",
                        "way",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("shape", models.SmallIntegerField()),
                ("at", models.DateTimeField()),
                ("model", models.CharField(blank=True, max_length=16)),
                ("place", models.BigIntegerField()),
                ("way", models.IntegerField()),
                ("clicks", models.IntegerField(db_default=0, default=0)),
                ("visits", models.IntegerField(db_default=0, default=0)),
                ("people", models.IntegerField(db_default=0, default=0)),
                ("joined", models.BigIntegerField(db_default=0, default=0)),
            ],
        ),
        migrations.AddField("filled", "by_hour", models.BooleanField(db_default=False, default=True)),
        migrations.RunSQL(
            [
                tallies(5, 0, 0),
                tallies_by("app", 11),
                tallies_by("os", 12),
                tallies_by("device", 13),
                tallies_by("language", 14),
                *(bonds(*shape) for shape in ((1, "place", 0), (2, 0, "way"), (5, 0, 0))),
                # Months are summed again, in their new shapes, the next time that hours are counted.
                "DELETE FROM insights_tally WHERE shape = 4",
                "DELETE FROM insights_summed",
            ],
            [
                "DELETE FROM insights_tally WHERE shape > 3",
                "DELETE FROM insights_summed",
            ],
        ),
    ]
