"""The commands behind the Makefile: `python -m community.running run | test | exec -- … | reset`."""

import argparse
import os
import sys

from community.running import clearing, servers, serving, testing
from community.running.folder import Folder
from community.running.trouble import Trouble


def run_exec(args) -> None:
    """Become the command, holding on to the servers' lock for as long as it lives."""
    command = args.command[1:] if args.command[:1] == ["--"] else args.command
    if not command:
        raise Trouble("Say which command: python -m community.running exec -- python manage.py migrate")
    folder = Folder()
    urls, lock = servers.use(folder, env=os.environ)
    if lock:
        lock.hand_down()
    env = {**os.environ, **urls, "VAR_DIR": str(folder.path)}
    env.setdefault("SECRET_KEY", folder.secret("secret_key"))
    try:
        os.execvpe(command[0], command, env)
    except OSError as error:
        raise Trouble(f"{command[0]} cannot be run: {error.strerror}.") from error


def run_run(args) -> None:
    serving.serve(os.environ)


def run_test(args) -> None:
    if not testing.test(os.environ):
        raise Trouble("Something failed; see above.")


def run_reset(args) -> None:
    clearing.reset(Folder(), sure=args.yes)


def run_keep(args) -> None:
    servers.keep(Folder(), durable=not args.careless)


def parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(prog="community.running", description=__doc__)
    commands = root.add_subparsers(required=True, metavar="command")
    command = commands.add_parser("run", help="serve the site with all it needs")
    command.set_defaults(work=run_run)
    command = commands.add_parser("test", help="check everything")
    command.set_defaults(work=run_test)
    command = commands.add_parser("reset", help="delete the data folder")
    command.add_argument("--yes", action="store_true", help="do not ask")
    command.set_defaults(work=run_reset)
    command = commands.add_parser("exec", help="run one command beside the embedded servers")
    command.add_argument("command", nargs=argparse.REMAINDER)
    command.set_defaults(work=run_exec)
    command = commands.add_parser("keep", help="own the embedded servers until nobody uses them")
    command.add_argument("--careless", action="store_true", help="not durable: for tests")
    command.set_defaults(work=run_keep)
    return root


def main() -> int:
    args = parser().parse_args()
    # A dozen processes would each compile some thousand modules anew, which is most of what a start takes.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        args.work(args)
    except Trouble as trouble:
        print(f"homeground: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
