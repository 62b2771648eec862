"""A file from anybody becomes a picture that may go to a provider: nothing is left of it but its pixels."""

import json
import logging
import os
import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings

from generations.catalogue.engine import MEGABYTE
from generations.media import look
from generations.media.arrival import Taken, sha256
from generations.media.look import Facts, NotAPicture, _
from generations.media.wash import Order

MOST_BYTES = 30 * MEGABYTE
FITTING = 10 * MEGABYTE  # what the strictest engines take
PATIENCE = 60  # seconds, for work that takes two: others come first
SLOTS = BoundedSemaphore(max(1, (os.cpu_count() or 1) // settings.WEB_PROCESSES))

EXHAUSTING = _("The image takes more time or memory than the studio gives to one.")
BUSY = _("The studio is busy with other images. Try again in a moment.")

log = logging.getLogger("studio.media")


def clean(staged: Path, most_bytes: int = MOST_BYTES, most_pixels: int = look.UPLOADED) -> Taken:
    """Beside the staged file, as PNG or JPEG, upright and in sRGB, with its smaller copies. Raises NotAPicture."""
    look.refuse_heavy(staged, most_bytes)
    return washed(Order(str(staged), most_pixels, FITTING))


def crop(path: Path, box: tuple[int, int, int, int], most_pixels: int = look.UPLOADED) -> Taken:
    """What lies between left, upper, right and lower."""
    return washed(Order(str(path), most_pixels, FITTING, box=box))


def pad(path: Path, aspect: float, colour: str = "#ffffff", most_pixels: int = look.UPLOADED) -> Taken:
    """With a border, so that width by height is `aspect`."""
    if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
        raise ValueError("not a colour like #ffffff")
    return washed(Order(str(path), most_pixels, FITTING, aspect=aspect, border=colour))


def lighten(path: Path, share: float = 1, most_pixels: int = look.UPLOADED) -> Taken:
    """As a JPEG, with sides so much shorter."""
    return washed(Order(str(path), most_pixels, FITTING, light=share))


def washed(order: Order) -> Taken:
    answer = ask(order)
    if "message" in answer:
        raise NotAPicture(answer["message"], **answer["values"])
    if "errno" in answer:
        raise OSError(answer["errno"], os.strerror(answer["errno"]))
    path, derived = Path(answer["path"]), {int(side): Path(made) for side, made in answer["derived"].items()}
    return Taken(Facts(**answer["facts"]), sha256(path), answer["placeholder"], path, derived)


def ask(order: Order) -> dict[str, Any]:
    """Of a process that knows none of our secrets."""
    if not SLOTS.acquire(timeout=PATIENCE / 3):
        raise NotAPicture(BUSY)
    try:
        command = [sys.executable, "-s", "-m", "generations.media.wash", json.dumps(asdict(order))]
        done = subprocess.run(command, env=surroundings(), capture_output=True, text=True, timeout=PATIENCE, check=True)
        return dict(json.loads(done.stdout))
    except subprocess.SubprocessError as error:
        log.warning("An image was given up: %s %s", error, (getattr(error, "stderr", None) or "")[-2000:])
        raise NotAPicture(EXHAUSTING) from None
    finally:
        SLOTS.release()


def surroundings() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "PYTHONPATH": str(settings.BASE_DIR), "PYTHONSAFEPATH": "1", "MALLOC_ARENA_MAX": "1"}
