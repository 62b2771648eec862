"""Does a file carry Content Credentials (C2PA)? Only that: whether they are genuine takes a library and a list of who is trusted."""

from collections.abc import Iterator
from typing import IO

PNG, JPEG, RIFF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8", b"RIFF"
SCAN, APP11 = 0xDA, 0xEB  # where a JPEG's picture begins; where a manifest stands before it
MOST_PARTS = 10_000


def has_credentials(file: IO[bytes]) -> bool:
    """Reads the headings of its parts, never the picture."""
    start = file.read(12)
    if start.startswith(JPEG):
        file.seek(2)
        return any(kind == APP11 and b"c2pa" in file.read(min(size, 256)) for kind, size in jpeg_parts(file))
    if start.startswith(PNG):
        file.seek(8)
        return any(kind == b"caBX" for kind in chunks(file, "big", check=4))
    if start.startswith(RIFF):
        return any(kind == b"C2PA" for kind in chunks(file, "little", check=0))
    return False


def jpeg_parts(file: IO[bytes]) -> Iterator[tuple[int, int]]:
    """Marker and length of each segment; the file stands at its content."""
    for _part in range(MOST_PARTS):
        heading = file.read(4)
        if len(heading) < 4 or heading[0] != 0xFF or heading[1] == SCAN:
            return
        size = int.from_bytes(heading[2:], "big") - 2
        after = file.tell() + size
        yield heading[1], size
        file.seek(after)


def chunks(file: IO[bytes], order: str, check: int) -> Iterator[bytes]:
    """PNG writes the length first, WebP the name; after a chunk comes a checksum, or a byte that makes its length even."""
    for _part in range(MOST_PARTS):
        heading = file.read(8)
        if len(heading) < 8:
            return
        name, length = (heading[4:], heading[:4]) if order == "big" else (heading[:4], heading[4:])
        size = int.from_bytes(length, "big" if order == "big" else "little")
        yield name
        file.seek(size + (check or size % 2), 1)
