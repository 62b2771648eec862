"""Shapes as scissors cut them, about one unit from the middle to the edge."""

from math import cos, pi, sin
from random import Random

from generations.sandbox.easel.chance import either
from generations.sandbox.easel.curves import Outline, bezier, box, mirrored, place, smooth, turn


def _weed(chance: Random) -> list[Outline]:
    """Sea-weed: a stem with fat rounded fingers."""
    pairs, side = 5, list[tuple[float, float]]()
    for i in range(pairs):
        y, reach = 0.78 - i * 1.5 / pairs, (0.5 + 0.3 * sin(pi * (i + 1) / (pairs + 0.6))) * chance.uniform(0.88, 1.1)
        side += [(0.09, y), (reach * 0.7, y - 0.20), (reach, y - 0.36), (reach * 0.82, y - 0.40), (0.1, y - 0.22)]
    right = [(0.075, 1.0), *side, (0.06, -0.86), (0.0, -1.0)]
    return [smooth(mirrored(right), closed=True, steps=5)]


def _star(chance: Random) -> list[Outline]:
    points, spins = 7 + int(chance.random() * 3), chance.uniform(0, 2)
    rim = []
    for i in range(points * 2):
        far = chance.uniform(0.85, 1.02) if i % 2 == 0 else chance.uniform(0.40, 0.5)
        rim.append((far * cos(spins + pi * i / points), far * sin(spins + pi * i / points)))
    return [smooth(rim, closed=True, steps=4)]


def _pear(chance: Random) -> list[Outline]:
    """A pear with its leaf, leaning a little."""
    half = [(0.0, -0.62), (0.2, -0.55), (0.28, -0.3), (0.42, -0.02), (0.66, 0.32), (0.6, 0.74), (0.3, 0.96)]
    body = smooth(mirrored([*half, (0, 0.93)]), closed=True, steps=6)
    leaf = bezier((0.05, -0.78), (0.3, -1.22), (0.72, -0.92)) + bezier((0.72, -0.92), (0.42, -0.66), (0.05, -0.78))
    stem = [(-0.045, -0.6), (-0.06, -0.98), (0.03, -0.99), (0.045, -0.6)]
    flip, lean = either(chance), chance.uniform(-6, 14)
    return [turn(place(part, 0, 0.02, 0.95, flip), -lean if flip else lean) for part in (body, leaf, stem)]


def _bloom(chance: Random) -> list[Outline]:
    petals = 6 + int(chance.random() * 3)
    petal = smooth([(0.12, 0), (0.42, 0.2), (0.82, 0.2), (1.0, 0.0), (0.82, -0.2), (0.42, -0.2)], closed=True, steps=6)
    return [turn(petal, 360 * i / petals) for i in range(petals)]


def _sprig(chance: Random) -> list[Outline]:
    """A stem with long leaves in pairs."""
    leaf = smooth([(0, 0), (0.25, -0.16), (0.62, -0.1), (0.8, 0.0), (0.5, 0.08), (0.2, 0.07)], closed=True, steps=6)
    leaves, lean = [box(-0.035, -0.85, 0.035, 1.0)], chance.uniform(30, 48)
    for i in range(5):
        size, y = 0.95 - 0.13 * i, 0.72 - 0.36 * i
        leaves += [place(turn(leaf, -lean), 0, y, size), place(turn(leaf, -lean), 0, y, size, mirror=True)]
    return [*leaves, place(turn(leaf, -90), 0, -0.6, 0.55)]


def _dove(chance: Random) -> list[Outline]:
    neck = [(-1, -0.28), (-0.8, -0.42), (-0.62, -0.34), (-0.38, -0.12), (0.1, -0.12), (0.55, 0.12)]
    tail = [(1.0, 0.1), (0.72, 0.26), (0.92, 0.4), (0.5, 0.4), (0.1, 0.46), (-0.45, 0.28), (-0.75, -0.1)]
    wing = [(-0.3, 0.05), (-0.12, -0.5), (0.3, -0.95), (0.28, -0.55), (0.52, -0.6), (0.4, -0.25), (0.45, 0.1), (0.1, 0.28)]
    flip = either(chance)
    return [place(smooth(part, closed=True, steps=5), 0, 0.08, 0.95, flip) for part in ([*neck, *tail], wing)]


SHAPES = (_weed, _star, _pear, _bloom, _sprig, _dove)
