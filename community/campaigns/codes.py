"""The short word at the end of a tracked link: how it is made, compared and judged."""

import re
import secrets
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is read aloud or off paper as something else
LENGTH = 6
LONGEST = 64
# Words that will want an address of their own, or that would promise more than a link is.
RESERVED = frozenset(
    [
        "account",
        "accounts",
        "admin",
        "api",
        "app",
        "assets",
        "desk",
        "en",
        "forum",
        "go",
        "help",
        "home",
        "index",
        "join",
        "leave",
        "live",
        "login",
        "logout",
        "me",
        "media",
        "members",
        "new",
        "null",
        "qr",
        "robots",
        "root",
        "search",
        "settings",
        "sign-in",
        "sign-up",
        "signin",
        "signup",
        "sitemap",
        "static",
        "staff",
        "stats",
        "test",
        "undefined",
        "www",
        "zh",
        "登入",
        "加入",
        "後台",
        "首頁",
        "官方",
    ]
)
_SHAPE = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")


def fold(code: str) -> str:
    """The form under which two spellings are one code: width, case, and blanks at the ends do not count."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", code).casefold()).strip()


def fresh() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def check(code: str) -> str:
    """The code as it will be written, or a ValidationError that says what is wrong with it."""
    code = unicodedata.normalize("NFKC", code).strip()
    folded = fold(code)
    if len(folded) > LONGEST:
        raise ValidationError(_("At most %(most)d characters."), params={"most": LONGEST}, code="long")
    if not _SHAPE.fullmatch(folded):
        raise ValidationError(_("Use letters, digits and hyphens, with a letter or digit at both ends."), code="shape")
    if folded in RESERVED:
        raise ValidationError(_("“%(code)s” is kept for the site itself."), params={"code": code}, code="reserved")
    return code
