"""Who reads the log, keeps the rules and the watched words, and who hands a member's words over."""

from django.db import migrations, models

GRANTS = {
    ("accounts", "staffact"): {"view_staffact": ("administrator", "moderator"), "hand_over": ("administrator",)},
    ("forum", "rules"): {"change_rules": ("administrator", "moderator")},
    ("forum", "watchedword"): {"change_watchedword": ("administrator", "moderator")},
}
NAMES = {
    "view_staffact": "Can view staff act",
    "hand_over": "Can hand a member's words over to the authorities",
    "change_rules": "Can change rules of order",
    "change_watchedword": "Can change watched word",
}


def grant(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    for (app, model), rights in GRANTS.items():
        content_type, _ = ContentType.objects.get_or_create(app_label=app, model=model)
        for codename, roles in rights.items():
            permission, _ = Permission.objects.get_or_create(
                content_type=content_type, codename=codename, defaults={"name": NAMES[codename]}
            )
            for role in roles:
                group, _ = Group.objects.get_or_create(name=role)
                group.permissions.add(permission)


def note_since_when(apps, schema_editor):
    """What already waited for a host knew so only by whose it was."""
    apps.get_model("forum", "Held").objects.filter(
        member__held_at__isnull=False, published_at=None, kind="reply", waits_since=None
    ).update(waits_since=models.F("made_at"), because="newcomer")


class Migration(migrations.Migration):
    dependencies = [("forum", "0014_keeping_order"), ("accounts", "0011_acts_are_final")]
    operations = [
        migrations.RunPython(grant, migrations.RunPython.noop),
        migrations.RunPython(note_since_when, migrations.RunPython.noop),
    ]
