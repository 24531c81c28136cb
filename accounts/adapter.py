"""Where allauth hands over to us: e-mail, redirects, and what follows a sign-in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.shortcuts import redirect

from accounts import access, joining


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Only joining.admit makes members; allauth's own sign-up page stays closed."""
        return False

    def is_safe_url(self, url):
        return bool(url) and access.safe_next(self.request, url, default="") == url

    def pre_login(self, request, user, **kwargs):
        """Whoever may not come in has just shown that the mailbox is theirs: they are told why, and can object."""
        if user.is_active and user.is_banned:
            return redirect(access.closed_address(user))
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request, user, **kwargs):
        joining.welcome_back(member=user, visitor=request.visitor)
        return super().post_login(request, user, **kwargs)

    def add_message(self, *args, **kwargs):
        """Our pages say these things themselves, where they matter."""
