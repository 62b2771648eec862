"""Files on their way out, whole or from somewhere in the middle. Several pieces at once are not asked for by anybody who means well."""

import os
import re
from typing import Any, BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

SMALL = 256 * 1024  # read at once: quicker than to stream it
RANGE = re.compile(r"bytes=(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))")


def send(request: HttpRequest, file: BinaryIO, etag: str) -> HttpResponseBase:
    """The file is closed when it has been sent."""
    size = os.fstat(file.fileno()).st_size
    wanted = RANGE.fullmatch(request.headers.get("Range", "")) if request.headers.get("If-Range", etag) == etag else None
    if wanted:
        return piece(file, size, *bounds(wanted, size))
    if size > SMALL:
        response: HttpResponseBase = streamed(file)
    else:
        with file:
            response = HttpResponse(file.read())
    response["Accept-Ranges"], response["Content-Length"] = "bytes", str(size)
    return response


def bounds(wanted: re.Match[str], size: int) -> tuple[int, int]:
    """First and last byte; first beyond last where there is no such piece."""
    first, last, end = wanted.groups()
    if end is not None:
        return (max(0, size - int(end)), size - 1) if int(end) else (size, size - 1)
    return int(first), min(int(last or size), size - 1)


def piece(file: BinaryIO, size: int, first: int, last: int) -> HttpResponseBase:
    if first > last:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file.seek(first)
    response = streamed(Part(file, last - first + 1), status=206)
    response["Content-Range"], response["Content-Length"] = f"bytes {first}-{last}/{size}", str(last - first + 1)
    return response


def streamed(file: "BinaryIO | Part", **options: Any) -> FileResponse:
    """Whoever sends it closes the file, also where nobody reads it."""
    response = FileResponse(file, **options)
    response.block_size = SMALL
    return response


class Part:
    """A file that ends earlier."""

    def __init__(self, file: BinaryIO, left: int) -> None:
        self.file, self.left = file, left

    def read(self, size: int) -> bytes:
        taken = self.file.read(min(size, self.left))
        self.left -= len(taken)
        return taken

    def close(self) -> None:
        self.file.close()
