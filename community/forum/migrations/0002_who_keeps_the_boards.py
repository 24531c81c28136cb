"""Who keeps the boards, and who keeps order on them; and the six reactions that a new site offers."""

from django.db import migrations

EVERYTHING = ("view", "add", "change", "delete")
GRANTS = {
    "administrator": {
        "board": EVERYTHING,
        "boardgroup": EVERYTHING,
        "tag": EVERYTHING,
        "tagsynonym": EVERYTHING,
        "reactionkind": ("view", "add", "change"),
        "talksettings": ("change",),
        "rules": ("change",),
        "watchedword": ("change",),
        "missedsearch": ("view",),
        "post": ("keep_order",),
        "thread": ("announce",),
        "staffact": ("view", "hand_over"),
    },
    "moderator": {
        "board": ("view",),
        "boardgroup": ("view",),
        "tag": EVERYTHING,
        "tagsynonym": EVERYTHING,
        "rules": ("change",),
        "watchedword": ("change",),
        "missedsearch": ("view",),
        "post": ("keep_order",),
        "thread": ("announce",),
        "staffact": ("view",),
    },
    "editor": {
        "tag": EVERYTHING,
        "tagsynonym": EVERYTHING,
        "reactionkind": ("view", "add", "change"),
        "missedsearch": ("view",),
        "thread": ("announce",),
    },
    "marketer": {"missedsearch": ("view",)},
}
ELSEWHERE = {"staffact": "accounts"}
CALLED = {
    "missedsearch": "search without result",
    "reactionkind": "reaction",
    "rules": "rules of order",
    "staffact": "staff act",
    "watchedword": "watched word",
}
NAMES = {
    "announce": "Can announce, and hold gatherings",
    "hand_over": "Can hand a member's words over to the authorities",
    "keep_order": "Can remove, restore and lock what others wrote",
}
SIX = (
    ("coffee", "☕", "請你喝咖啡", "A coffee for you"),
    ("helpful", "", "有幫助", "Helpful"),
    ("heart", "", "暖心", "Warm"),
    ("laugh", "", "好笑", "Funny"),
    ("wow", "", "驚訝", "Surprising"),
    ("thanks", "", "謝謝", "Thank you"),
)


def grant(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    for role, rights in GRANTS.items():
        group, _ = Group.objects.get_or_create(name=role)
        for model, verbs in rights.items():
            content_type, _ = ContentType.objects.get_or_create(app_label=ELSEWHERE.get(model, "forum"), model=model)
            for verb in verbs:
                permission, _ = Permission.objects.get_or_create(
                    content_type=content_type,
                    codename=verb if verb in NAMES else f"{verb}_{model}",
                    defaults={"name": NAMES.get(verb, f"Can {verb} {CALLED.get(model, model)}")},
                )
                group.permissions.add(permission)


def offer(apps, schema_editor):
    ReactionKind = apps.get_model("forum", "ReactionKind")
    for place, (key, sign, name_zh, name_en) in enumerate(SIX, start=1):
        told = {"sign": sign, "name_zh": name_zh, "name_en": name_en, "place": place}
        ReactionKind.objects.get_or_create(key=key, defaults=told)


class Migration(migrations.Migration):
    replaces = [
        ("forum", "0002_keepers"),
        ("forum", "0005_who_reads_missed_searches"),
        ("forum", "0008_who_announces"),
        ("forum", "0011_first_lines"),
        ("forum", "0015_who_keeps_order"),
        ("forum", "0017_boards_stay_with_their_keepers"),
    ]
    dependencies = [("forum", "0001_talk"), ("accounts", "0003_first_tiers_and_roles")]
    operations = [
        migrations.RunPython(grant, migrations.RunPython.noop),
        migrations.RunPython(offer, migrations.RunPython.noop),
    ]
