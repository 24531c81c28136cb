"""What threads show before the door, for those that were there before; and who keeps tags and groups of boards."""

import html
import re

from django.db import migrations

BATCH, LONGEST, MOST_FACES = 500, 80, 5
EVERYTHING = ("view", "add", "change", "delete")
GRANTS = {
    "administrator": {
        "boardgroup": EVERYTHING,
        "tag": EVERYTHING,
        "tagsynonym": EVERYTHING,
        "talksettings": ("change",),
    },
    "moderator": {"boardgroup": ("view",), "tag": EVERYTHING, "tagsynonym": EVERYTHING},
    "editor": {"board": ("view",), "boardgroup": ("view",), "tag": EVERYTHING, "tagsynonym": EVERYTHING},
}


def first_lines(markup):
    line = " ".join(html.unescape(re.sub(r"<[^>]*>", " ", markup)).split())
    return line if len(line) <= LONGEST else line[:LONGEST].rstrip() + "…"


def fill(apps, schema_editor):
    Thread, Post = apps.get_model("forum", "Thread"), apps.get_model("forum", "Post")
    last = 0
    while batch := list(Thread.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        openings = dict(Post.objects.filter(thread__in=batch, number=1, removal=None).values_list("thread_id", "html"))
        for thread in batch:
            said = Post.objects.filter(thread=thread, removal=None).order_by("-number")[:40]
            thread.faces = list(dict.fromkeys(said.values_list("author_id", flat=True)))[:MOST_FACES]
            thread.first_lines = first_lines(openings.get(thread.pk, ""))
        Thread.objects.bulk_update(batch, ["faces", "first_lines"])


def grant(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")
    for role, rights in GRANTS.items():
        group, _ = Group.objects.get_or_create(name=role)
        for model, verbs in rights.items():
            content_type, _ = ContentType.objects.get_or_create(app_label="forum", model=model)
            for verb in verbs:
                permission, _ = Permission.objects.get_or_create(
                    content_type=content_type, codename=f"{verb}_{model}", defaults={"name": f"Can {verb} {model}"}
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("forum", "0010_indexes_of_acts")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
