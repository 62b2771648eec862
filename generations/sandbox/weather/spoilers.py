"""An answer spoiled on its way: on submit, on a poll, on a download."""

import gzip
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote

from generations.sandbox.weather.faults import FAULTS, Pace, delivery
from generations.sandbox.wire import Answer

INSIDE = "http://169.254.169.254/latest/meta-data/"
HTML = "text/html; charset=utf-8"
PAGES = {
    "502": "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr>nginx</body></html>",
    "503": "<html><head><title>503 Service Temporarily Unavailable</title></head><body><h1>503</h1></body></html>",
    "504": "<html><head><title>504 Gateway Time-out</title></head><body><center><h1>504 Gateway Time-out</h1></center></body></html>",
    "524": "<!DOCTYPE html><html><head><title>524: A timeout occurred</title></head><body><h1>Error 524</h1></body></html>",
}
MAINTENANCE = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>Under maintenance</h1></body></html>"


def spoil(name: str, answer: Answer, broken: Callable[[], Answer], here: str, pace: Pace) -> Answer:
    """`broken` is the dialect's own 500; `here` the address that was asked."""
    if name == "500":
        return broken()
    if name in PAGES:
        return Answer(int(name), PAGES[name].encode(), HTML)
    if name in FAULTS:
        return replace(answer, deliver=delivery(name, pace))
    if name == "redirect-here":
        return Answer(307, b"", HTML, {"Location": quote(here, safe="/?=&.")})
    return BODIES[name](answer)


def bomb(answer: Answer) -> Answer:
    return Answer(answer.status, gigabyte(), answer.type, {**answer.headers, "Content-Encoding": "gzip"})


def zipped(answer: Answer) -> Answer:
    return Answer(answer.status, gzip.compress(answer.body, mtime=0), answer.type, {**answer.headers, "Content-Encoding": "gzip"})


@lru_cache(1)
def gigabyte() -> bytes:
    """Of zeros. The same sixteen megabytes are repeated within one stream: clients stop at the end of the first."""
    zeros, packer, crc = bytes(16 * 1024 * 1024), zlib.compressobj(9, zlib.DEFLATED, -15), 0
    block = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(64):
        crc = zlib.crc32(zeros, crc)
    return gzip.compress(b"", mtime=0)[:10] + block * 64 + b"\x03\x00" + struct.pack("<II", crc, 2**30)


BODIES: dict[str, Callable[[Answer], Answer]] = {
    "html": lambda answer: Answer(200, MAINTENANCE, HTML),
    "cut-json": lambda answer: replace(answer, body=answer.body[: len(answer.body) // 2]),
    "empty": lambda answer: replace(answer, body=b""),
    "no-content": lambda answer: Answer(204, b"", answer.type),
    "not-an-object": lambda answer: replace(answer, body=b'["ok"]'),
    "redirect": lambda answer: Answer(302, b"", HTML, {"Location": INSIDE}),
    "gzip": zipped,
    "gzip-bomb": bomb,
}

NAMES = dict.fromkeys(["500", *PAGES, *BODIES, *FAULTS, "redirect-here"])
