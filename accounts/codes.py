"""Proving an address with a six-digit code: one process for people we know and people we do not."""

import hmac
from dataclasses import dataclass

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import joining
from accounts.models import Member

_STATE = "join_code"
MOST_RESENDS = 3


def allowed(request, email: str) -> bool:
    """Counts one request for a code against the browser's address and against the mailbox."""
    return bool(ratelimit.consume(request, app="allauth.account", action="request_login_code", key=email.lower()))


def may_try(request) -> bool:
    return bool(ratelimit.consume(request, app="allauth.account", action="confirm_code"))


@dataclass
class Wrong:
    """A code that did not fit, and whether another try is left."""

    tries_left: bool


class JoinCode(AbstractCodeVerificationProcess):
    """Lives in the session, so the words being held and the place to return to need no second key.

    Whether the address is known is looked up only once the code is right: neither the page, nor the mail, nor the
    time it takes tells a stranger who is a member here.
    """

    def __init__(self, request, state):
        super().__init__(
            state=state,
            timeout=app_settings.LOGIN_BY_CODE_TIMEOUT,
            max_attempts=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
        )
        self.request = request

    @classmethod
    def begin(cls, request, *, email, next_place, marketing):
        state = cls.initial_state(user=None, email=email) | {"next": next_place, "marketing": marketing}
        process = cls(request, state)
        process.send()
        process.persist()
        return process

    @classmethod
    def resume(cls, request):
        """The process this browser is in, even when its code has expired; None when there is none."""
        state = request.session.get(_STATE)
        return cls(request, state) if isinstance(state, dict) else None

    @property
    def email(self) -> str:
        return self.state["email"]

    @property
    def next_place(self) -> str:
        return self.state["next"]

    @property
    def can_resend(self) -> bool:
        return not self.is_resend_quota_reached(MOST_RESENDS)

    def send(self):
        self.state["code"] = get_adapter().generate_login_code()
        context = {"code": self.state["code"], "minutes": self.timeout // 60}
        letter = EmailMultiAlternatives(
            subject=_("%(code)s is your code") % {"code": self.state["code"]},
            body=render_to_string("letters/join_code.txt", context, request=self.request),
            to=[self.email],
        )
        letter.attach_alternative(
            render_to_string("letters/join_code.html", context, request=self.request), "text/html"
        )
        letter.send()

    def resend(self):
        self.state["at"] = self.initial_state(user=None)["at"]
        self.state["failed_attempts"] = 0
        self.record_resend()
        self.send()
        self.persist()

    def persist(self):
        self.request.session[_STATE] = self.state

    def abort(self):
        self.state["code"] = ""
        self.persist()

    def is_alive(self) -> bool:
        return bool(self.code) and self.is_valid()

    def check(self, code: str) -> Wrong | None:
        """None when the code fits."""
        if self.is_alive() and hmac.compare_digest(self.code.encode(), code.encode("utf-8", "replace")):
            return None
        return Wrong(tries_left=self.is_alive() and self.record_invalid_attempt())

    def finish(self, visitor):
        """Signs the person in, admitting them first when nobody with that address is a member; returns a redirect."""
        member = Member.objects.with_email(self.email).first()
        is_new = member is None
        if member is None:
            member = joining.admit(
                email=self.email, visitor=visitor, locale=get_language() or "zh-hant", marketing=self.state["marketing"]
            )
        elif self.state["marketing"]:
            joining.agree(member=member, purpose="marketing")
        self.request.session.pop(_STATE, None)
        record_authentication(self.request, member, method="code", email=self.email)
        login = Login(user=member, redirect_url=self.next_place, email=self.email, signup=is_new)
        return perform_login(self.request, login), member, is_new
