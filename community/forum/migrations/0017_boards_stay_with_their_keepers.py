"""Editors keep tags; boards and their groups stay with those who keep them."""

from django.db import migrations


def take_back(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    rights = Permission.objects.filter(content_type__app_label="forum", codename__in=["view_board", "view_boardgroup"])
    for group in Group.objects.filter(name="editor"):
        group.permissions.remove(*rights)


class Migration(migrations.Migration):
    dependencies = [("forum", "0016_pictures")]
    operations = [migrations.RunPython(take_back, migrations.RunPython.noop)]
