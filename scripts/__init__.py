"""What `make` runs. Standard library only, up to the point where `.venv` is there."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LEFT_OUT = 77  # exit code of a check that could not be made here, as automake has it


class Stop(Exception):
    """The end, in a sentence for the person at the keyboard."""
