"""Serves the site: uvicorn's own command line, with our hall in place of its usual HTTP protocol.

`python -m community.web [uvicorn's options]`. Plain `uvicorn community.asgi:application` serves the same site, slower.
"""

import sys

from uvicorn.main import main as command


def main(arguments: list[str]):
    told = command.make_context("community.web", ["community.asgi:application", *arguments]).params
    # The loop shares one lock with the threads that ask the database. Python hands it over after 5 ms, several times for
    # each question; under load that made a link which nobody remembered wait for seconds.
    sys.setswitchinterval(0.001)
    # Django must be awake before its rooms are imported, and uvicorn imports the application itself only later.
    from community.asgi import Front

    command.callback(**{**told, "http": Front})


if __name__ == "__main__":
    main(sys.argv[1:])
