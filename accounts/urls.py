"""Addresses of joining, leaving, and being somebody here."""

from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from accounts import choices_views, handoff_views, views
from accounts.members_desk import DeskAccountView

_to_join = RedirectView.as_view(pattern_name="join", query_string=True)

urlpatterns = [
    path("join/", views.join, name="join"),
    path("join/code/", views.join_code, name="join_code"),
    path("join/code/again/", views.resend, name="join_resend"),
    path("join/elsewhere/", handoff_views.elsewhere, name="join_elsewhere"),
    path("join/handoff/<str:token>/", handoff_views.handoff, name="join_handoff"),
    path("join/handoff/<str:token>/qr.svg", handoff_views.picture, name="join_handoff_qr"),
    path("choices/", choices_views.choices, name="choices"),
    path("leave/", views.leave, name="leave"),
    path("me/", views.me, name="me"),
    path("me/name/", views.name, name="me_name"),
    path("members/<str:handle>/", views.member, name="member"),
    # Stands before Wagtail's page of the same address, which asks for a first and a last name.
    path("desk/account/", require_admin_access(never_cache(DeskAccountView.as_view()))),
    # allauth reverses these names; its own pages stay closed.
    path("account/login/", _to_join, name="account_login"),
    path("account/signup/", _to_join, name="account_signup"),
    path("account/code/", _to_join, name="account_confirm_login_code"),
    path("account/code/ask/", _to_join, name="account_request_login_code"),
    path("account/verify/", _to_join, name="account_email_verification_sent"),
    path("account/inactive/", _to_join, name="account_inactive"),
    path("account/reauthenticate/", _to_join, name="account_reauthenticate"),
]
