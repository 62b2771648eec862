"""Files on their way out, whole or from somewhere in the middle. Several pieces at once are not asked for by anybody who means well."""

import os
import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

SMALL = 256 * 1024  # read at once: quicker than to stream it
RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))")


def send(request: HttpRequest, file: BinaryIO, etag: str) -> HttpResponseBase:
    """The file is closed when it has been sent."""
    size = os.fstat(file.fileno()).st_size
    wanted = RANGE.fullmatch(request.headers.get("Range", "")) if request.headers.get("If-Range", etag) == etag else None
    if wanted:
        return piece(file, size, *bounds(wanted, size))
    if size > SMALL:
        response: HttpResponseBase = FileResponse(file)
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
    length = last - first + 1
    response = StreamingHttpResponse(chunks(file, length), status=206)
    response["Content-Range"], response["Content-Length"] = f"bytes {first}-{last}/{size}", str(length)
    return response


def chunks(file: BinaryIO, left: int) -> Iterator[bytes]:
    with file:
        while left > 0 and (chunk := file.read(min(left, SMALL))):
            left -= len(chunk)
            yield chunk
