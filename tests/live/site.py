"""The site with the tests' own topic in it, for servers that tests start."""

from community.asgi import application
from community.live import topics
from tests.live.notes import Notes

topics.register(Notes())

__all__ = ["application"]
