"""Become another program that dies with its parent, as an unprivileged user when asked.

Run as a script with `python -I -S launch.py`, between fork and the real program, because the kernel forgets a
death signal when credentials change, so the order of these steps matters and cannot be left to subprocess.
"""

import ctypes
import os
import sys
import warnings  # noqa: F401 (execvp imports it, and an unprivileged user may not find our Python any more)

PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 1, 8, 47, 2
CAPABILITY_VERSION_3 = 0x20080522


def _prctl(*args: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    padded = [ctypes.c_ulong(arg) for arg in args] + [ctypes.c_ulong(0)] * (5 - len(args))
    if libc.prctl(*padded) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def _keep_only(capability: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    bit = 1 << capability
    data = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)
    if libc.capset(header, data) != 0:
        raise OSError(ctypes.get_errno(), "capset")
    _prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability)


def become(uid: int, gid: int, capability: int) -> None:
    if capability:
        _prctl(PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    if capability:
        _keep_only(capability)


def main(parent: str, signal: str, uid: str, gid: str, capability: str, *command: str) -> None:
    if int(uid) >= 0:
        become(int(uid), int(gid), int(capability))
    if sys.platform == "linux" and int(signal):
        _prctl(PR_SET_PDEATHSIG, int(signal))
        if os.getppid() != int(parent):  # it died before we asked to be told
            sys.exit(1)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
