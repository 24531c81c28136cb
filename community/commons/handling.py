"""How a request enters Django: one trip to a thread of its own, and no way back to the event loop before it is answered.

Django would go from the loop to a thread and back for each middleware that knows only one of the two, for each of their
hooks, and once more for the view. All of ours, and all views, are plain functions.
"""

from asgiref.sync import async_to_sync, sync_to_async
from django.core.handlers.asgi import ASGIHandler
from servestatic.middleware import ServeStaticMiddleware


class Handler(ASGIHandler):
    """Django's own, with its middleware put together as for a server without an event loop."""

    def load_middleware(self, is_async=False):
        super().load_middleware(is_async=False)

    async def get_response_async(self, request):
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)


async def _nobody(request):
    """Stands behind the files, so that we hear when there is none."""


class StaticMiddleware:
    """Static files from servestatic, which knows the event loop only; whoever asks for none is not sent there."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.files = ServeStaticMiddleware(_nobody)
        self.answer = async_to_sync(self.files)

    def __call__(self, request):
        path = request.path_info
        if path in self.files.files or (self.files.autorefresh and path.startswith(self.files.static_prefix)):
            return self.answer(request) or self.get_response(request)
        return self.get_response(request)
