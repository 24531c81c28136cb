"""A cache that may be gone: without Valkey it is empty, and nobody's page fails for it."""

import logging
from functools import cache, cached_property, wraps
from typing import Any

import redis
from django.core.cache.backends.redis import RedisCache, RedisCacheClient

log = logging.getLogger(__name__)
GONE = (redis.RedisError, OSError)


def _or(answer):
    """What a method says while the cache is gone; `answer` is given what the method was asked."""

    def decorate(method):
        @wraps(method)
        def asked(self, *args, **kwargs):
            try:
                return method(self, *args, **kwargs)
            except GONE as error:
                log.warning("the cache is gone", extra={"why": type(error).__name__})
                return answer(*args, **kwargs)

        return asked

    return decorate


class _Client(RedisCacheClient):
    """Begins one client and stays with it; Django would make another for each thing it asks."""

    def get_client(self, key=None, *, write=False):
        return self._known

    @cached_property
    def _known(self):
        return super().get_client(write=True)


@cache
def _client(servers: tuple[str, ...], options: tuple[tuple[str, Any], ...]) -> _Client:
    return _Client(list(servers), **dict(options))


class SteadyCache(RedisCache):
    """Sessions and fragments lie in PostgreSQL or can be made again; here they only lie closer at hand."""

    @property
    def _cache(self):
        """The same for all threads of this process: Django's own would connect to Valkey anew with every request."""
        return _client(tuple(self._servers), tuple(sorted(self._options.items())))

    get = _or(lambda key, default=None, version=None: default)(RedisCache.get)
    set = _or(lambda *args, **kwargs: None)(RedisCache.set)
    # Nothing was added: whoever asks in order to be the only one must not be told that they are.
    add = _or(lambda *args, **kwargs: False)(RedisCache.add)
    touch = _or(lambda *args, **kwargs: False)(RedisCache.touch)
    delete = _or(lambda *args, **kwargs: False)(RedisCache.delete)
    has_key = _or(lambda *args, **kwargs: False)(RedisCache.has_key)
    get_many = _or(lambda *args, **kwargs: {})(RedisCache.get_many)
    set_many = _or(lambda data, *args, **kwargs: list(data))(RedisCache.set_many)
    delete_many = _or(lambda *args, **kwargs: None)(RedisCache.delete_many)
