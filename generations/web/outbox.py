"""A file that is written while it is sent."""

import io


class Outbox(io.RawIOBase):
    """What was written since it was last emptied. It cannot go back, and says so: then a ZIP is written from front to end."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self.pieces.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        taken, self.pieces = b"".join(self.pieces), []
        return taken
