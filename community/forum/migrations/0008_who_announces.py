"""Editors and those who keep order may announce something, and hold gatherings."""

from django.db import migrations

ROLES = ("administrator", "moderator", "editor")


def grant(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    content_type, _ = ContentType.objects.get_or_create(app_label="forum", model="thread")
    permission, _ = Permission.objects.get_or_create(
        content_type=content_type,
        codename="announce",
        defaults={"name": "Can announce, and hold gatherings"},
    )
    for role in ROLES:
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("forum", "0007_indexes_of_kinds"), ("accounts", "0002_roles_and_tiers")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
