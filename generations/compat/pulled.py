"""Pieces of an answer, the first of which is made before the answer begins: until then it can still become another."""

from collections.abc import Generator, Iterator


class Pulled:
    def __init__(self, pieces: Generator[bytes, None, None]) -> None:
        self.pieces = pieces
        self.first = next(pieces)

    def __iter__(self) -> Iterator[bytes]:
        yield self.first
        yield from self.pieces

    def close(self) -> None:
        """Also called where nobody took them all."""
        self.pieces.close()
