"""What a member is shown is theirs: no cache between them and us keeps it, and their browser asks again."""

from django.conf import settings

from community.commons.public import HEADER

PRIVATE = "private, no-cache"  # and not no-store: going back stays instant


class PrivateMiddleware:
    """One rule for every answer to whoever bears a session, unless a view said something of its own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        # The cookie is asked and not the person: those who are nobody yet cost no question, and theirs is nobody's else.
        if settings.SESSION_COOKIE_NAME in {*request.COOKIES, *answer.cookies} and HEADER not in answer:
            answer.headers.setdefault("Cache-Control", PRIVATE)
        return answer
