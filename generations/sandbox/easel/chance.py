"""Repeatable chance: the same words always give the same stream of numbers."""

from collections.abc import Sequence
from hashlib import blake2b
from random import Random
from typing import TypeVar

T = TypeVar("T")


def stream(*parts: object) -> Random:
    seed = blake2b("\x1f".join(str(part) for part in parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return Random(int.from_bytes(seed))  # noqa: S311  it draws pictures and keeps no secrets


# Only `random()` and `uniform()` are promised to stay the same across Python versions, `choice()` and `shuffle()` are not.


def pick(chance: Random, choices: Sequence[T]) -> T:
    return choices[int(chance.random() * len(choices))]


def shuffled(chance: Random, things: Sequence[T]) -> list[T]:
    return [thing for _, thing in sorted(((chance.random(), thing) for thing in things), key=lambda pair: pair[0])]


def either(chance: Random, odds: float = 0.5) -> bool:
    return chance.random() < odds
