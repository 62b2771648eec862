"""Put packages into `.venv`: with uv and uv.lock, or where that cannot be, from the hashed requirements."""

import shutil
import subprocess
import sys

from scripts import ROOT, VENV, Stop, uv

PYTHON = VENV / "bin" / "python"

# What an installer says, in small letters, and what we say about it.
NETWORK = "The packages cannot be downloaded. Check the network and run this again."
FORGED = "A downloaded package is not the one that was locked, so it was not installed. Run this again; if it stays so, ask your mirror."
NO_VENV = "This Python cannot make an environment. Install uv, or the venv module (Debian: apt install python3-venv)."
SENTENCES = {
    "certificate": uv.UNTRUSTED,
    "hash mismatch": FORGED,
    "do not match the hashes": FORGED,
    "no space left": "The disk is full. Make room and run this again.",
    "needs to be updated": "uv.lock does not fit pyproject.toml any more. Run `make lock`.",
    "ensurepip": NO_VENV,
    "no module named venv": NO_VENV,
    "failed to fetch": NETWORK,
    "failed to download": NETWORK,
    "error sending request": NETWORK,
    "no matching distribution": NETWORK,
}


def install(groups: frozenset[str], extras: frozenset[str]) -> None:
    clear_wreck()
    program = uv.find()
    if program and uv.index() == uv.PYPI:
        run([program, "sync", *sync_options(groups, extras), "--python", python()])
        return
    # uv.lock names PyPI's own addresses; the requirements name only hashes, which any mirror can serve
    wanted = ["--require-hashes", "-r", str(ROOT / ("requirements-dev.txt" if groups else "requirements.txt"))]
    if program:
        run([program, "venv", "--quiet", "--allow-existing", "--python", python(), str(VENV)])
        run([program, "pip", "install", "--quiet", "--python", python(), "--default-index", uv.index(), *wanted])
    else:
        run([sys.executable, "-m", "venv", str(VENV)])  # also mends one that was left half made
        run([python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted])


def sync_options(groups: frozenset[str], extras: frozenset[str]) -> list[str]:
    """--inexact: what a developer added by hand stays."""
    chosen = [part for group in sorted(groups) for part in ("--group", group)]
    chosen += [part for extra in sorted(extras) for part in ("--extra", extra)]
    return ["--quiet", "--locked", "--inexact", "--no-default-groups", *chosen]


def python() -> str:
    """An environment that works keeps its Python, whichever one started us."""
    return str(PYTHON if PYTHON.exists() else sys.executable)


def clear_wreck() -> None:
    """An environment whose Python went away, as an upgrade of the system does, is in the way of a new one."""
    own = "import os, sys, sysconfig; sys.exit(not os.path.isdir(sysconfig.get_path('purelib')))"
    if (
        VENV.exists()
        and any(VENV.iterdir())
        and (not PYTHON.exists() or subprocess.run([PYTHON, "-c", own], capture_output=True).returncode)
    ):
        print("The Python behind .venv is gone; making it anew.", flush=True)
        shutil.rmtree(VENV)


def run(command: list[str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=uv.environment(), capture_output=True, text=True)
    if done.returncode:
        raise Stop(explain(done.stderr + done.stdout))


def explain(said: str) -> str:
    lowered = said.lower()
    known = next((sentence for words, sentence in SENTENCES.items() if words in lowered), None)
    if known:
        return known
    return "\n".join(["The packages cannot be installed. The installer says:", *said.strip().splitlines()[-8:]])
