"""Each step of a member once; made beside the traffic, without shutting anybody out of the table."""

from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("campaigns", "0007_steps_and_who_pointed_here")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS a_step_is_taken_once "
                    "ON campaigns_conversion (member_id, kind, ref)",
                    "DROP INDEX CONCURRENTLY IF EXISTS a_step_is_taken_once",
                ),
                migrations.RunSQL(
                    "ALTER TABLE campaigns_conversion "
                    "ADD CONSTRAINT a_step_is_taken_once UNIQUE USING INDEX a_step_is_taken_once",
                    "ALTER TABLE campaigns_conversion DROP CONSTRAINT a_step_is_taken_once",
                ),
            ],
            state_operations=[
                migrations.AddConstraint(
                    "conversion",
                    models.UniqueConstraint(fields=["member", "kind", "ref"], name="a_step_is_taken_once"),
                ),
            ],
        ),
        migrations.RemoveConstraint("conversion", "a_member_joins_once"),
        AddIndexConcurrently("conversion", models.Index(fields=["kind", "at"], name="conversion_by_kind")),
        AddIndexConcurrently("conversion", models.Index(fields=["changed_at"], name="conversion_changed")),
        AddConstraintNotValid(
            "conversion",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("amount__isnull", False), ("kind", "revenue"), models.Q(("currency", ""), _negated=True)),
                    models.Q(models.Q(("kind", "revenue"), _negated=True), ("amount", None)),
                    _connector="OR",
                ),
                name="only_revenue_has_an_amount",
            ),
        ),
        ValidateConstraint("conversion", "only_revenue_has_an_amount"),
    ]
