"""The shape of a picture as a class, because the pages allow no inline style. static/css/shapes.css says what each means."""

from functools import cache
from math import exp, log

from generations.catalogue.sizes import RATIOS

STEP = log(1.02)  # from one shape to the next: no tile cuts off more than a hundredth
MOST = round(log(16) / STEP)  # no engine goes beyond 16 to 1
NEAR = 0.005
NAMED = {f"r-{name.replace(':', 'x')}": int(name.partition(":")[0]) / int(name.partition(":")[2]) for name in (*RATIOS, "4:5")}


@cache
def shape(width: int | None, height: int | None) -> str:
    aspect = width / height if width and height else 1.0
    for name, usual in NAMED.items():
        if abs(aspect / usual - 1) < NEAR:
            return name
    return numbered(max(-MOST, min(round(log(aspect) / STEP), MOST)))


def numbered(step: int) -> str:
    return f"r-{step}" if step >= 0 else f"r-m{-step}"


def sheet() -> str:
    """The rules of all numbered shapes; the named ones stand with the tiles."""
    rules = (f".{numbered(step)} {{ --r: {exp(step * STEP):.4g}; }}" for step in range(-MOST, MOST + 1))
    return "/* Made by generations/web/shapes.py, and compared with it by a test. */\n\n@layer parts {\n  " + "\n  ".join(rules) + "\n}\n"
