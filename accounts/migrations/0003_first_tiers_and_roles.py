"""The three tiers that a new site begins with, and the desk's four roles; the rooms add their own permissions."""

from django.db import migrations

TIERS = [
    (1, "新朋友", "Newcomer", "看公開的討論，留言，按反應", "Read and reply in the open rooms", 165),
    (2, "常客", "Regular", "會員限定的文章段落，自己開討論", "Members' parts of articles", 40),
    (
        3,
        "老友",
        "Old friend",
        "老友限定看板，試喝與線上聊優先報名",
        "The old friends' board, first seats at tastings",
        300,
    ),
]
ROLES = ("editor", "marketer", "moderator", "administrator")
# Marketers keep keys for what they do themselves; administrators see and revoke everybody's.
GRANTS = {
    "administrator": {
        "member": ("view", "change"),
        "tier": ("view", "add", "change", "delete"),
        "apikey": ("add", "view", "change"),
    },
    "marketer": {"apikey": ("add",)},
}
CALLED = {"apikey": "API key"}


def begin(apps, schema_editor):
    Tier = apps.get_model("accounts", "Tier")
    for rank, name_zh, name_en, opens_zh, opens_en, hue in TIERS:
        Tier.objects.get_or_create(
            rank=rank,
            defaults={
                "name_zh": name_zh,
                "name_en": name_en,
                "opens_zh": opens_zh,
                "opens_en": opens_en,
                "colour_hue": hue,
            },
        )
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    admin_type, _ = ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")
    enter, _ = Permission.objects.get_or_create(
        content_type=admin_type, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
    )
    for role in ROLES:
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.add(enter)
    for role, rights in GRANTS.items():
        for model, verbs in rights.items():
            content_type, _ = ContentType.objects.get_or_create(app_label="accounts", model=model)
            for verb in verbs:
                permission, _ = Permission.objects.get_or_create(
                    content_type=content_type,
                    codename=f"{verb}_{model}",
                    defaults={"name": f"Can {verb} {CALLED.get(model, model)}"},
                )
                Group.objects.get(name=role).permissions.add(permission)


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0002_roles_and_tiers"),
        ("accounts", "0007_key_roles"),
    ]
    dependencies = [
        ("accounts", "0002_around_members"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
