"""The front door's drawer at the desk."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from community.campaigns.access import may_see_campaigns


class CampaignsItem(MenuItem):
    def is_shown(self, request):
        return may_see_campaigns(request.user)


@hooks.register("register_admin_urls")
def addresses():
    return [path("campaigns/", include("community.campaigns.desk_urls"))]


@hooks.register("register_admin_menu_item")
def menu_item():
    return CampaignsItem(_("Campaigns"), reverse_lazy("campaigns:index"), name="campaigns", icon_name="link", order=210)
