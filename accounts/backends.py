"""How a signed-in member is read from the database: once, with the tier that every page shows."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import Member
from community.commons.prepared import Prepared

_KNOWN = Prepared(lambda pk: Member.objects.select_related("tier").one(pk), pk=int)


class MemberBackend(AuthenticationBackend):
    def get_user(self, user_id):
        member = _KNOWN.first(pk=user_id)
        return member if member and self.user_can_authenticate(member) else None

    def user_can_authenticate(self, user):
        """To the second: nobody has to sweep away a ban that is over."""
        return super().user_can_authenticate(user) and not user.is_banned
