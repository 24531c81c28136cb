"""A house that stands before anyone has furnished it: the front page, the list of articles, the brand, the desk's rights."""

from django.db import migrations

# What each role may do with pages, and with pictures and documents.
PAGES = {
    "editor": ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    "administrator": ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
}
FILES = {
    "editor": ("add", "change", "choose"),
    "marketer": ("add", "choose"),
    "moderator": ("choose",),
    "administrator": ("add", "change", "choose"),
}


def furnish(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    ContentType = apps.get_model("contenttypes", "ContentType")
    site = Site.objects.filter(is_default_site=True).select_related("root_page__content_type").first()
    if site is None or site.root_page.content_type.model != "page":
        return  # somebody has furnished it already
    welcome = Page.objects.get(pk=site.root_page_id)
    home_type, _ = ContentType.objects.get_or_create(app_label="cms", model="homepage")
    index_type, _ = ContentType.objects.get_or_create(app_label="cms", model="articleindexpage")

    # Wagtail's welcome page becomes ours, in its place in the tree.
    HomePage = apps.get_model("cms", "HomePage")
    home = HomePage(page_ptr_id=welcome.pk)
    home.__dict__.update({name: value for name, value in welcome.__dict__.items() if not name.startswith("_")})
    home.title = home.draft_title = "Homeground 主場"
    home.content_type_id = home_type.pk
    home.numchild = 1
    home.save()

    ArticleIndexPage = apps.get_model("cms", "ArticleIndexPage")
    ArticleIndexPage.objects.create(
        title="文章",
        draft_title="文章",
        slug="articles",
        content_type_id=index_type.pk,
        locale_id=home.locale_id,
        path=home.path + "0001",
        depth=home.depth + 1,
        numchild=0,
        url_path=home.url_path + "articles/",
        show_in_menus=True,
    )
    apps.get_model("cms", "Brand").objects.get_or_create(site_id=site.pk)


def empower(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    ContentType = apps.get_model("contenttypes", "ContentType")

    def permission(app, model, codename):
        content_type, _ = ContentType.objects.get_or_create(app_label=app, model=model)
        return Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": "Can " + codename.replace("_", " ")}
        )[0]

    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    for role, codenames in PAGES.items():
        for codename in codenames:
            GroupPagePermission.objects.get_or_create(
                group=Group.objects.get(name=role), page=root, permission=permission("wagtailcore", "page", codename)
            )
    collection = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    for role, verbs in FILES.items():
        for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
            Group.objects.get(name=role).permissions.add(permission(app, model, f"choose_{model}"))
            for verb in verbs:
                GroupCollectionPermission.objects.get_or_create(
                    group=Group.objects.get(name=role),
                    collection=collection,
                    permission=permission(app, model, f"{verb}_{model}"),
                )
    administrator = Group.objects.get(name="administrator")
    administrator.permissions.add(permission("cms", "brand", "change_brand"))
    for verb in ("add", "change", "delete"):
        administrator.permissions.add(permission("wagtailredirects", "redirect", f"{verb}_redirect"))
        administrator.permissions.add(permission("wagtailcore", "collection", f"{verb}_collection"))


def clear(apps, schema_editor):
    """Wagtail's own roles and their workflow would stand at the desk beside ours, and nobody has them."""
    for name in ("Editors", "Moderators"):
        group = apps.get_model("auth", "Group").objects.filter(name=name).first()
        if group and not group.user_set.exists():
            group.delete()
    Workflow = apps.get_model("wagtailcore", "Workflow")
    Workflow.objects.filter(name="Moderators approval").delete()
    apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(name="Moderators approval").delete()


class Migration(migrations.Migration):
    replaces = [("cms", "0002_first_pages")]
    dependencies = [
        ("cms", "0001_window"),
        ("accounts", "0003_first_tiers_and_roles"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]
    operations = [
        migrations.RunPython(furnish, migrations.RunPython.noop),
        migrations.RunPython(empower, migrations.RunPython.noop),
        migrations.RunPython(clear, migrations.RunPython.noop),
    ]
