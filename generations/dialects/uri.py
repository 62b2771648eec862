"""Pictures inside JSON: data URIs and base64."""

import base64
import binascii
import re

MOST = 64 * 1024 * 1024  # of one picture
HEAD = re.compile(r"data:image/[a-z0-9.+-]{1,30};base64,")  # the kind has to be in small letters


def read_base64(text: str) -> bytes | None:
    """With or without the head of a data URI, and with the line breaks that some encoders leave; otherwise strict."""
    start = text.find(",") + 1 if text[:5].lower() == "data:" else 0
    if len(text) - start > MOST // 3 * 4:
        return None
    return decode(text[start:] if start else text)


def read_data_uri(text: str) -> bytes | None:
    """As a provider reads one."""
    head = HEAD.match(text)
    return decode(text[head.end() :]) if head else None


def decode(text: str) -> bytes | None:
    written = "".join(text.split())
    try:
        return binascii.a2b_base64(written + "=" * (-len(written) % 4), strict_mode=True) or None
    except ValueError:
        return None


def write_data_uri(content: bytes) -> str:
    kind = "png" if content.startswith(b"\x89PNG") else "webp" if content[8:12] == b"WEBP" else "jpeg"
    return f"data:image/{kind};base64,{write_base64(content)}"


def write_base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
