"""What answers the outside: the door of tracked links first, then Django; sockets beside them."""

import os
from contextlib import AsyncExitStack

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")

django.setup(set_prefix=False)

# Rooms can be imported only once Django is awake.
from community.campaigns.edge import Door  # noqa: E402
from community.commons.bodies import Bounded  # noqa: E402
from community.commons.hall import Hall  # noqa: E402
from community.commons.handling import Handler  # noqa: E402
from community.commons.public_pages import PublicPages  # noqa: E402
from community.live import hub, sockets  # noqa: E402

inner = Bounded(Handler())
pages = PublicPages(inner)
door = Door(inner)
# What begins and ends with the server: each gives an async context manager.
RUNNING = [hub.running, door.running, pages.running]


async def application(scope, receive, send):
    # `send` is handed on as it came: the hub looks behind it for the server's transport.
    match scope["type"]:
        case "http" if scope["path"].startswith(settings.TRACKED_LINK_PREFIX):
            await door(scope, receive, send)
        case "websocket":
            await sockets.application(scope, receive, send)
        case "lifespan":
            await _live(receive, send)
        case _:
            await pages(scope, receive, send)


class Front(Hall):
    """Answers what needs no Django before uvicorn makes a task for it; `python -m community.web` serves with it."""

    prefix = settings.TRACKED_LINK_PREFIX.encode()

    def ask(self, told):
        return door.at_once(self, told) if self.url.startswith(self.prefix) else pages.at_once(self, told)


async def _live(receive, send):
    async with AsyncExitStack() as stack:
        await receive()  # lifespan.startup
        for running in RUNNING:
            await stack.enter_async_context(running())
        await send({"type": "lifespan.startup.complete"})
        await receive()  # lifespan.shutdown
    await send({"type": "lifespan.shutdown.complete"})
