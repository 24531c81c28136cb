"""Marketers make campaigns and links; administrators may do what marketers may."""

from django.db import migrations

GRANTS = {"campaign": ("view", "add", "change"), "trackedlink": ("view", "add", "change"), "miss": ("view",)}


def grant(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    groups = [Group.objects.get_or_create(name=name)[0] for name in ("marketer", "administrator")]
    for model, verbs in GRANTS.items():
        content_type, _ = ContentType.objects.get_or_create(app_label="campaigns", model=model)
        for verb in verbs:
            permission, _ = Permission.objects.get_or_create(
                content_type=content_type, codename=f"{verb}_{model}", defaults={"name": f"Can {verb} {model}"}
            )
            for group in groups:
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0002_clicks"),
        ("accounts", "0002_roles_and_tiers"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
