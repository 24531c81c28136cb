"""Marketers keep keys for what they do themselves; administrators see and revoke everybody's."""

from django.db import migrations

GRANTS = {"marketer": ("add",), "administrator": ("add", "view", "change")}


def grant(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    content_type, _ = ContentType.objects.get_or_create(app_label="accounts", model="apikey")
    for role, verbs in GRANTS.items():
        group, _ = Group.objects.get_or_create(name=role)
        for verb in verbs:
            permission, _ = Permission.objects.get_or_create(
                content_type=content_type, codename=f"{verb}_apikey", defaults={"name": f"Can {verb} API key"}
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_api_keys")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
