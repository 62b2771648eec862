"""uv.lock and the two requirements files that say the same for pip: `make lock` writes them, `make lint` compares."""

import subprocess
import sys

from scripts import LEFT_OUT, ROOT, Stop, uv

HEADER = "# Made from uv.lock by `make lock`, for machines without uv.\n"
FILES = {
    "requirements.txt": ["--no-default-groups"],
    "requirements-dev.txt": ["--all-groups"],
}


def main(arguments: list[str]) -> int:
    try:
        program = uv.find()
        if not program:
            print("There is no uv for this machine, and only uv reads uv.lock.")
            return LEFT_OUT
        if "--check" in arguments:
            return check(program)
        ask(program, ["lock", *arguments])
        for name, options in FILES.items():
            (ROOT / name).write_text(export(program, options))
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    return 0


def check(program: str) -> int:
    stale = [name for name, options in FILES.items() if read(name) != export(program, options)]
    if stale:
        print(f"{' and '.join(stale)} differ from uv.lock. Run `make lock`.")
    return int(bool(stale))


def read(name: str) -> str:
    path = ROOT / name
    return path.read_text() if path.exists() else ""


def export(program: str, options: list[str]) -> str:
    form = ["--locked", "--all-extras", "--no-emit-project", "--no-header", "--no-annotate"]
    return HEADER + ask(program, ["export", *form, *options])


def ask(program: str, arguments: list[str]) -> str:
    # a mirror that somebody uses must not get into the files that everybody reads
    clean = {name: value for name, value in uv.environment().items() if "INDEX" not in name}
    done = subprocess.run([program, "--quiet", *arguments], cwd=ROOT, env=clean, capture_output=True, text=True)
    if done.returncode:
        raise Stop(f"uv says: {done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
