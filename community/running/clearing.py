"""`make reset`: delete the data folder, and nothing that is not surely one."""

import shutil
import sys

from community.running.folder import Folder
from community.running.servers import owner_lock
from community.running.serving import site_lock
from community.running.trouble import Trouble, from_os_error


def reset(folder: Folder, *, sure: bool = False) -> None:
    if not folder.path.exists():
        print(f"{folder.path} does not exist; there is nothing to delete.")
        return
    if not folder.is_ours():
        raise Trouble(f"{folder.path} is not a data folder of Homeground, so nothing was deleted.")
    locks = [site_lock(folder), owner_lock(folder)]
    try:
        if not all(lock.take() for lock in locks):
            raise Trouble(
                f"Something still runs on {folder.path}. Stop it with Ctrl-C "
                "(the servers of a finished command go after a quarter of a minute) and try again."
            )
        if sure or _agreed(folder):
            shutil.rmtree(folder.path)
            print(f"{folder.path} is gone. `make run` starts afresh.")
        else:
            print("Nothing was deleted.")
    except OSError as error:
        raise from_os_error(error, folder.path) from error
    finally:
        for lock in locks:
            lock.drop()


def _agreed(folder: Folder) -> bool:
    if not sys.stdin.isatty():
        raise Trouble("There is nobody to ask. Say `python -m community.running reset --yes` if you are sure.")
    question = f"Delete {folder.path} with the whole site's data: members, posts, clicks, mails? Type yes: "
    return input(question).strip().lower() == "yes"
