"""What the shop window hangs at the desk."""

from wagtail import hooks

from cms.choosers import member_chooser, thread_chooser
from cms.desk import ArticlesPanel
from cms.models import ArticleIndexPage


@hooks.register("register_admin_viewset")
def choosers():
    return [thread_chooser, member_chooser]


@hooks.register("construct_homepage_panels")
def first_page(request, panels):
    index = ArticleIndexPage.objects.first()
    if index and index.permissions_for_user(request.user).can_add_subpage():
        panels.append(ArticlesPanel(index))
