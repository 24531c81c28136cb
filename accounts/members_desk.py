"""The desk's drawer of members: finding them, and deciding their tier, roles and mark. People come in by joining only."""

import django_filters
from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.account import AccountView, NameEmailSettingsPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.users.views import users

from accounts import appointing, climbing, consenting, joining, recording
from accounts.forms import ProfileForm
from accounts.models import LONGEST_HANDLE, LONGEST_NAME, Member, Standing, Tier
from community.commons.bilingual import listed
from community.commons.fields import Words


def role_name(group) -> str:
    return appointing.called(group.name)


class RolesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group):
        return role_name(group)


class MemberForm(forms.ModelForm):
    """What an administrator may change; an address belongs to its member, who alone can prove a new one."""

    name = Words(label=_("Name"), min_words=1, max_words=LONGEST_NAME, max_length=LONGEST_NAME)
    handle = forms.CharField(label=_("Handle"), max_length=LONGEST_HANDLE)
    email = forms.EmailField(label=_("Email"), disabled=True, required=False)
    tier = forms.ModelChoiceField(Tier.objects.all(), label=_("Tier"), required=False)
    groups = RolesField(
        Group.objects.order_by("pk"),
        label=_("Roles"),
        required=False,
        help_text=_("Whoever has a role may enter the desk, and reads what every tier reads."),
    )

    is_minor = forms.BooleanField(
        label=_("Under 18"),
        required=False,
        help_text=_("Nothing of theirs is shared with ad platforms, and no offers are sent to them."),
    )

    required_css_class = "required"

    class Meta:
        model = Member
        fields = ["name", "handle", "email", "tier", "mark", "is_minor", "is_active", "groups"]

    def __init__(self, *args, editing_self=False, by=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.was = by, Member.objects.get(pk=self.instance.pk)
        if editing_self:
            # Nobody should lock themselves out of the house by a slip of the hand.
            del self.fields["is_active"], self.fields["groups"]

    def clean_handle(self):
        if self.cleaned_data["handle"] == self.was.handle:
            return self.was.handle
        known = ProfileForm({"name": "?", "handle": self.cleaned_data["handle"]}, member=self.was)
        if wrong := known.errors.get("handle"):
            raise ValidationError(wrong)
        return known.cleaned_data["handle"]

    @transaction.atomic
    def save(self, commit=True):
        told, member = self.cleaned_data, self.was
        before = _seen(member)
        if {"name", "handle"} & set(self.changed_data):
            joining.present(member=member, name=told["name"], handle=told["handle"])
        if told["tier"]:
            reason = gettext("Set at the desk")
            climbing.grant(member=member, tier=told["tier"], source=Standing.Source.GRANTED, reason=reason, by=self.by)
        appointing.appoint(member=member, roles=told.get("groups", member.groups.all()), mark=told["mark"])
        consenting.say_age(member=member, is_minor=told["is_minor"])
        if told.get("is_active", member.is_active) != member.is_active:
            (appointing.shut_out if member.is_active else appointing.admit_again)(member=member)
        if (after := _seen(member)) != before:
            recording.record(by=self.by, act="member.changed", member=member, before=before, after=after)
        self.instance = member
        return member


def _seen(member) -> dict:
    """What the log tells of a member before and after."""
    return {
        "name": member.name,
        "handle": member.handle,
        "tier": str(member.tier or ""),
        "mark": member.mark,
        "roles": sorted(group.name for group in member.groups.all()),
        "minor": member.is_minor,
        "active": member.is_active,
    }


class MembersPolicy(ModelPermissionPolicy):
    """Not even a superuser makes or deletes a member here: the one is joining's, the other the member's own."""

    def user_has_permission(self, user, action):
        return action not in {"add", "delete"} and super().user_has_permission(user, action)


class MemberFilters(WagtailFilterSet):
    tier = django_filters.ModelChoiceFilter(queryset=Tier.objects.all(), label=_("Tier"))
    groups = django_filters.ModelChoiceFilter(queryset=Group.objects.order_by("pk"), label=_("Role"))
    is_active = django_filters.BooleanFilter(label=_("May come in"))

    def __init__(self, *args, is_searching=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["groups"].field.label_from_instance = role_name

    class Meta:
        model = Member
        fields = ["tier", "groups", "is_active"]


class MembersView(users.IndexView):
    page_title = _("Members")
    search_fields = ["name", "handle", "email"]

    @property
    def columns(self):
        name = self._get_title_column_class(users.UserColumn)
        return [
            name("name", accessor="name", label=_("Name"), sort_key="name", get_url=self.get_edit_url),
            Column("handle", label=_("Handle"), sort_key="handle"),
            Column("email", label=_("Email"), sort_key="email"),
            Column("tier", label=_("Tier"), sort_key="tier__rank"),
            Column("roles", label=_("Roles"), accessor=lambda member: listed(map(role_name, member.groups.all()))),
            BooleanColumn("is_active", label=_("May come in"), sort_key="is_active"),
            DateColumn("joined_at", label=_("Joined"), sort_key="joined_at"),
        ]

    def get_base_queryset(self):
        return Member.objects.for_desk().select_related("wagtail_userprofile").prefetch_related("groups")


class MemberView(users.EditView):
    page_title = _("Member")
    success_message = _("“%(object)s” is saved.")
    error_message = _("Nothing was saved yet: look at the fields below.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        # Who may do everything is not at the mercy of those who may do less.
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"by": self.request.user}


class MemberViewSet(users.UserViewSet):
    """Takes the place of Wagtail's own drawer, see accounts.apps.MembersDeskConfig."""

    menu_label = _("Members")
    ordering = ["-joined_at", "-pk"]
    index_view_class = MembersView
    edit_view_class = MemberView
    filterset_class = MemberFilters
    copy_view_enabled = False

    @property
    def permission_policy(self):
        return MembersPolicy(self.model)

    def get_form_class(self, for_update=False):
        return MemberForm


class DeskAccountView(AccountView):
    """How the desk looks to somebody; name and address are changed on one's own page, as every member does."""

    def get_panels(self):
        return [panel for panel in super().get_panels() if not isinstance(panel, NameEmailSettingsPanel)]
