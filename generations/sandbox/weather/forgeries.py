"""Files that are not the pictures they claim to be."""

import struct
import zlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from io import BytesIO

from PIL import Image

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><script>alert(1)</script><rect width="64" height="64"/></svg>'
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SIDE = 20_000


def png(width: int, height: int, rows: bytes) -> bytes:
    """One bit a pixel."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


@lru_cache(1)
def bomb() -> bytes:
    """400 million pixels in 50 kB."""
    return png(SIDE, SIDE, zlib.compress(bytes((SIDE // 8 + 1) * SIDE), 9))


@lru_cache(1)
def animated() -> bytes:
    first, *others = (Image.new("RGB", (64, 64), colour) for colour in ("red", "green", "blue"))
    out = BytesIO()
    first.save(out, "WEBP", save_all=True, append_images=others, duration=100)
    return out.getvalue()


FORGERIES: Mapping[str, Callable[[bytes], bytes]] = {
    "picture-json": lambda picture: b'{"error": "not ready"}',
    "picture-html": lambda picture: b"<!DOCTYPE html><html><body><script>alert(1)</script>Please sign in</body></html>",
    "picture-svg": lambda picture: SVG,
    "picture-pdf": lambda picture: PDF,
    "picture-empty": lambda picture: b"",
    "picture-bomb": lambda picture: bomb(),
    "picture-animated": lambda picture: animated(),
    "picture-zero": lambda picture: png(0, 0, zlib.compress(b"")),
    "picture-cut": lambda picture: picture[: len(picture) // 2],
}
