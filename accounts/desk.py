"""The desk's door: strangers are sent to join, members without rights are told so plainly."""

from django.conf import settings
from django.shortcuts import redirect, render

from accounts import access


class DeskDoorMiddleware:
    """Stands before Wagtail, which would send a signed-in member without rights to sign in again, for ever."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(settings.DESK_PREFIX) and not self._is_letter_box(request.path):
            if not request.user.is_authenticated:
                return redirect(access.join_address(request.get_full_path()))
            if not access.may_enter_desk(request.user):
                return render(request, "errors/desk.html", status=403)
        return self.get_response(request)

    @staticmethod
    def _is_letter_box(path) -> bool:
        """The demo's mail lies there, and with it the code that opens this very door."""
        return settings.DEMO and path.startswith(settings.DESK_PREFIX + "mail/")
