"""Outlines as lists of points. One unit is the short side of the picture, y grows downwards."""

from collections.abc import Callable, Sequence
from math import cos, hypot, pi, sin
from random import Random

Point = tuple[float, float]
Outline = list[Point]


def ellipse(x: float, y: float, wide: float, tall: float, steps: int = 96) -> Outline:
    return [(x + wide * cos(2 * pi * i / steps), y + tall * sin(2 * pi * i / steps)) for i in range(steps)]


def disc(x: float, y: float, radius: float, steps: int = 128) -> Outline:
    return ellipse(x, y, radius, radius, steps)


def arc(x: float, y: float, radius: float, start: float, stop: float, steps: int = 48) -> Outline:
    """Degrees, 0 to the right, growing clockwise as y does."""
    turns = [(start + (stop - start) * i / steps) * pi / 180 for i in range(steps + 1)]
    return [(x + radius * cos(turn), y + radius * sin(turn)) for turn in turns]


def box(left: float, top: float, right: float, bottom: float) -> Outline:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def arch(left: float, top: float, right: float, bottom: float) -> Outline:
    """A door with a round head; `top` is the crown."""
    radius = (right - left) / 2
    head = arc(left + radius, top + radius, radius, 180, 360)
    return [*head, (right, bottom), (left, bottom)]


def drum(x: float, top: float, bottom: float, half: float, depth: float) -> Outline:
    """A round thing seen from slightly above: straight sides, a foot that bulges by `depth`."""
    foot = [(x + half * cos(pi * i / 40), bottom + depth * sin(pi * i / 40)) for i in range(41)]
    return [(x - half, top), (x + half, top), *foot]


def smooth(points: Sequence[Point], closed: bool = False, steps: int = 10) -> Outline:
    """A soft curve through every point (Catmull-Rom)."""
    count = len(points)
    spans = range(count if closed else count - 1)

    def near(i: int) -> Point:
        return points[i % count] if closed else points[min(max(i, 0), count - 1)]

    curve = [_bend(near(i - 1), near(i), near(i + 1), near(i + 2), step / steps) for i in spans for step in range(steps)]
    return curve if closed else [*curve, points[-1]]


def _bend(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def axis(i: int) -> float:
        return 0.5 * (
            2 * b[i] + (c[i] - a[i]) * t + (2 * a[i] - 5 * b[i] + 4 * c[i] - d[i]) * t**2 + (3 * b[i] - a[i] - 3 * c[i] + d[i]) * t**3
        )

    return axis(0), axis(1)


def bezier(a: Point, b: Point, c: Point, steps: int = 16) -> Outline:
    """From a to c, drawn towards b."""
    shares = [i / steps for i in range(steps + 1)]
    return [
        ((1 - t) ** 2 * a[0] + 2 * t * (1 - t) * b[0] + t * t * c[0], (1 - t) ** 2 * a[1] + 2 * t * (1 - t) * b[1] + t * t * c[1])
        for t in shares
    ]


def ribbon(spine: Sequence[Point], width: Callable[[float], float] | float) -> Outline:
    """A stroke along a spine as an outline; `width` may change along the way from 0 to 1."""
    left, right = [], []
    for i, (x, y) in enumerate(spine):
        ahead, behind = spine[min(i + 1, len(spine) - 1)], spine[max(i - 1, 0)]
        dx, dy = ahead[0] - behind[0], ahead[1] - behind[1]
        size = hypot(dx, dy) or 1.0
        half = (width(i / (len(spine) - 1)) if callable(width) else width) / 2
        left.append((x - dy / size * half, y + dx / size * half))
        right.append((x + dy / size * half, y - dx / size * half))
    return left + right[::-1]


def mirrored(half: Sequence[Point]) -> Outline:
    """The right half, from the top down, and its reflection: everything that stands upright on its own."""
    return [*half, *[(-x, y) for x, y in reversed(half) if x]]


def turn(points: Sequence[Point], degrees: float, about: Point = (0.0, 0.0)) -> Outline:
    c, s = cos(degrees * pi / 180), sin(degrees * pi / 180)
    return [(about[0] + (x - about[0]) * c - (y - about[1]) * s, about[1] + (x - about[0]) * s + (y - about[1]) * c) for x, y in points]


def place(points: Sequence[Point], x: float, y: float, size: float = 1.0, mirror: bool = False) -> Outline:
    return [(x + (-px if mirror else px) * size, y + py * size) for px, py in points]


def shifted(points: Sequence[Point], right: float, down: float) -> Outline:
    return [(x + right, y + down) for x, y in points]


def swell(chance: Random, pace: float = 1.0) -> Callable[[float], float]:
    """A gentle endless line between about -1 and 1: three sines that never meet again."""
    waves = [
        (pace * chance.uniform(0.8, 1.2) * step, chance.uniform(0, 2 * pi), share) for step, share in ((1, 0.62), (2.1, 0.27), (3.7, 0.11))
    ]
    return lambda x: sum(share * sin(x * rate * 2 * pi + phase) for rate, phase, share in waves)


def under(line: Callable[[float], float], left: float, right: float, bottom: float, steps: int = 160) -> Outline:
    """Everything between a line and the bottom."""
    top = [(left + (right - left) * i / steps, line(left + (right - left) * i / steps)) for i in range(steps + 1)]
    return [*top, (right, bottom), (left, bottom)]
