"""Says of the members who are here already when their address was proven: until now, that was on joining."""

from django.db import migrations

BATCH = 5_000
UPDATE = """
UPDATE accounts_member SET proven_at = joined_at
WHERE proven_at IS NULL AND id > %s AND id <= %s AND EXISTS (
    SELECT FROM account_emailaddress WHERE user_id = accounts_member.id AND verified
)
"""


def fill(apps, schema_editor):
    latest = apps.get_model("accounts", "Member").objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with schema_editor.connection.cursor() as cursor:
        for after in range(0, latest, BATCH):
            cursor.execute(UPDATE, [after, after + BATCH])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0004_being_here"), ("account", "0009_emailaddress_unique_primary_email")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
