"""Who keeps the boards, and who keeps order on them."""

from django.db import migrations

GRANTS = {
    "administrator": {
        "board": ("view", "add", "change", "delete"),
        "post": ("keep_order",),
    },
    "moderator": {"board": ("view",), "post": ("keep_order",)},
}
NAMES = {"keep_order": "Can remove, restore and lock what others wrote"}


def grant(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    for role, rights in GRANTS.items():
        group, _ = Group.objects.get_or_create(name=role)
        for model, verbs in rights.items():
            content_type, _ = ContentType.objects.get_or_create(app_label="forum", model=model)
            for verb in verbs:
                codename = verb if verb in NAMES else f"{verb}_{model}"
                permission, _ = Permission.objects.get_or_create(
                    content_type=content_type,
                    codename=codename,
                    defaults={"name": NAMES.get(verb, f"Can {verb} {model}")},
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0001_rooms"),
        ("accounts", "0002_roles_and_tiers"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
