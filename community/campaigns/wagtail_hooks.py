"""The front door's drawer at the desk."""

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from community.campaigns.access import may_see_campaigns, may_see_costs, may_see_outward


class CampaignsItem(MenuItem):
    def is_shown(self, request):
        return may_see_campaigns(request.user)


class CostsItem(MenuItem):
    def is_shown(self, request):
        return may_see_costs(request.user)


class OutwardItem(MenuItem):
    def is_shown(self, request):
        return may_see_outward(request.user)


@hooks.register("register_admin_urls")
def addresses():
    return [
        path("campaigns/", include("community.campaigns.desk_urls")),
        path("costs/", include("community.campaigns.desk.costs_urls")),
        path("outward/", include("community.campaigns.desk.outward_urls")),
    ]


@hooks.register("register_admin_menu_item")
def costs_item():
    return CostsItem(_("Costs"), reverse_lazy("costs:index"), name="costs", icon_name="table", order=230)


@hooks.register("register_admin_menu_item")
def outward_item():
    return OutwardItem(
        _("Conversions out"), reverse_lazy("outward:index"), name="outward", icon_name="upload", order=240
    )


@hooks.register("register_admin_menu_item")
def menu_item():
    return CampaignsItem(_("Campaigns"), reverse_lazy("campaigns:index"), name="campaigns", icon_name="link", order=210)
