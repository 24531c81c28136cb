"""Marketers make campaigns and links, bring costs and decide what is told to services; administrators may do so too."""

from django.db import migrations

GRANTS = {
    "campaign": ("view", "add", "change"),
    "trackedlink": ("view", "add", "change"),
    "miss": ("view",),
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
    replaces = [("campaigns", "0003_roles"), ("campaigns", "0006_costs_roles")]
    dependencies = [("campaigns", "0001_links_and_steps"), ("accounts", "0003_first_tiers_and_roles")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
