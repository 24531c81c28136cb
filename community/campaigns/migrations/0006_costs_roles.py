"""Marketers bring costs and decide what is told to services; administrators may do what marketers may."""

from django.db import migrations

GRANTS = {
    "sheet": ("view", "add", "change"),
    "expense": ("view", "add", "change", "delete"),
    "tie": ("view", "add", "delete"),
    "delivery": ("view", "change"),
    "sending": ("view", "change"),
}


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
    dependencies = [("campaigns", "0005_costs_and_outbox")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
