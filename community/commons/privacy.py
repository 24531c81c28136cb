"""What a member is shown is theirs: no cache between them and us keeps it, and their browser asks again."""

from django.conf import settings

from community.commons.public import HEADER

PRIVATE = "private, no-cache"  # and not no-store: going back stays instant
# What browsers keep when nothing is said, some of it for ever: a thread brought back would stay gone, a moved one moved.
KEPT_UNASKED = {300, 301, 308, 404, 405, 410, 414, 501}


class PrivateMiddleware:
    """One rule for every answer to whoever bears a session, and for what is no page, unless a view said its own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        # The cookie is asked and not the person: those who are nobody yet cost no question, and theirs is nobody's else.
        bears = settings.SESSION_COOKIE_NAME in {*request.COOKIES, *answer.cookies}
        if (bears or answer.status_code in KEPT_UNASKED) and HEADER not in answer:
            answer.headers.setdefault("Cache-Control", PRIVATE)
        return answer
