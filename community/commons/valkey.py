"""Connections to Valkey, one pool for each process and kind of caller."""

import asyncio
import weakref
from functools import cache

import redis
import redis.asyncio
from django.conf import settings


@cache
def client() -> redis.Redis:
    """For ordinary code. Every key starts with settings.VALKEY_PREFIX."""
    return redis.Redis.from_url(
        settings.VALKEY_LOCATION, socket_connect_timeout=2, socket_timeout=5, decode_responses=False
    )


_clients: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, redis.asyncio.Redis] = weakref.WeakKeyDictionary()


def aclient() -> redis.asyncio.Redis:
    """For coroutines: connections belong to the loop that opened them, so each loop has its own client."""
    loop = asyncio.get_running_loop()
    if loop not in _clients:
        _clients[loop] = redis.asyncio.Redis.from_url(settings.VALKEY_LOCATION, socket_connect_timeout=2)
    return _clients[loop]
