"""Whoever writes, markets or keeps order may read what people searched in vain."""

from django.db import migrations

ROLES = ("administrator", "moderator", "editor", "marketer")


def grant(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    content_type, _ = ContentType.objects.get_or_create(app_label="forum", model="missedsearch")
    permission, _ = Permission.objects.get_or_create(
        content_type=content_type,
        codename="view_missedsearch",
        defaults={"name": "Can view search without result"},
    )
    for role in ROLES:
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("forum", "0004_indexes_of_finding"), ("accounts", "0002_roles_and_tiers")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
