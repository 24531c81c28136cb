"""Where allauth hands over to us: e-mail, redirects, and what follows a sign-in."""

from allauth.account.adapter import DefaultAccountAdapter

from accounts import access, joining


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Only joining.admit makes members; allauth's own sign-up page stays closed."""
        return False

    def is_safe_url(self, url):
        return bool(url) and access.safe_next(self.request, url, default="") == url

    def post_login(self, request, user, **kwargs):
        joining.welcome_back(member=user, visitor=request.visitor)
        return super().post_login(request, user, **kwargs)

    def add_message(self, *args, **kwargs):
        """Our pages say these things themselves, where they matter."""
