"""Make `.venv` and put the locked packages into it. Needs Python 3.11 and nothing else: no pip, no venv module, no uv.

This file stays readable for old Pythons, so that they can say what is missing; the work is in packages.py and uv.py.
"""

import os
import shutil
import sys

NEWEST, OLDEST = 14, 11


def main() -> int:
    if os.name != "posix":
        print("Seedbed runs on Linux and macOS. On Windows, use it inside WSL or Docker.", file=sys.stderr)
        return 1
    if sys.version_info < (3, OLDEST):
        return ask_newer()
    # the folder of this file would stand before the standard library: the one above is the right one
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    from scripts import packages

    return packages.main(sys.argv[1:])


def ask_newer() -> int:
    """The system's own Python is often an old one, with a newer one beside it."""
    for minor in range(NEWEST, OLDEST - 1, -1):
        newer = shutil.which("python3.%d" % minor)  # noqa: UP031
        if newer:
            os.execv(newer, [newer] + sys.argv)  # noqa: RUF005, S606
    print("Seedbed needs Python 3.%d or newer; this one is %d.%d." % ((OLDEST,) + sys.version_info[:2]), file=sys.stderr)  # noqa: RUF005, UP031
    return 1


if __name__ == "__main__":
    sys.exit(main())
