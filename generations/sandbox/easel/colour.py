"""Colours, mixed in OKLab so that a blend of two clean colours stays clean and equal steps look equal."""

from functools import lru_cache
from math import cbrt, dist, hypot

Colour = tuple[int, int, int]
Lab = tuple[float, float, float]


def rgb(code: str) -> Colour:
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def _linear(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _channel(light: float) -> int:
    light = min(max(light, 0.0), 1.0)
    value = light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(value * 255)


@lru_cache(4096)
def lab(colour: Colour) -> Lab:
    r, g, b = (_linear(channel) for channel in colour)
    long = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


@lru_cache(4096)
def seen(light: float, a: float, b: float) -> Colour:
    """The screen colour nearest to an OKLab one."""
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _channel(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _channel(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _channel(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`one` with this share of `other` stirred in."""
    first, second = lab(one), lab(other)
    return seen(*(a + (b - a) * share for a, b in zip(first, second, strict=True)))


def lift(colour: Colour, amount: float) -> Colour:
    """Lighter, or darker when the amount is negative; 1 is the way from black to white."""
    light, a, b = lab(colour)
    return seen(min(max(light + amount, 0.0), 1.0), a, b)


def at(colour: Colour, light: float) -> Colour:
    """The same hue at a given lightness."""
    _, a, b = lab(colour)
    return seen(light, a, b)


def tame(colour: Colour, share: float) -> Colour:
    """Less (or, above 1, more) colourful, equally light."""
    light, a, b = lab(colour)
    return seen(light, a * share, b * share)


def lightness(colour: Colour) -> float:
    return lab(colour)[0]


def chroma(colour: Colour) -> float:
    return hypot(*lab(colour)[1:])


def distance(one: Colour, other: Colour) -> float:
    return dist(lab(one), lab(other))


def shades(colour: Colour, *steps: float) -> tuple[Colour, ...]:
    """One colour at several lightnesses, for a fade."""
    return tuple(lift(colour, step) for step in steps)
