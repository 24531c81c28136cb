"""What the person at the keyboard can mend, said in one sentence."""

import errno
from pathlib import Path


class Trouble(Exception):
    """A sentence that says what is wrong and what to do; shown without a traceback."""


def from_os_error(error: OSError, path: Path | str) -> Trouble:
    """Turn the refusals a healthy machine can give into advice."""
    path = error.filename or path
    if error.errno == errno.ENOSPC:
        return Trouble(f"The disk that holds {path} is full. Free some space and start again; nothing is lost.")
    if error.errno == errno.EROFS:
        return Trouble(f"{path} is on a read-only disk. Point VAR_DIR at a folder that can be written.")
    if error.errno in (errno.EACCES, errno.EPERM):
        return Trouble(
            f"{path} may not be written by this user. Make it yours (chown), or point VAR_DIR at another folder."
        )
    return Trouble(f"{path}: {error.strerror or error}.")
