"""The desk's own security policy: Wagtail's listings still carry inline scripts, our public pages never do."""

from django.conf import settings

POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}


class DeskPolicyMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(settings.DESK_PREFIX):
            response._csp_config = POLICY
            response["X-Frame-Options"] = "SAMEORIGIN"
            response["Cache-Control"] = "private, no-store"
        return response
