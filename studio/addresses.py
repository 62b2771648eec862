"""Addresses in settings: which are whole, which names this studio answers to, where its mail goes."""

import re
import socket
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

LOCAL = ["localhost", "127.0.0.1", "[::1]"]
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  these mean “every network card of this machine”
USUAL_PORTS = {"http": 80, "https": 443, "smtp": 25, "smtps": 465, "smtp+tls": 587}
NAMELESS = ("sqlite", "file", "postgres", "postgresql")  # a path is what matters; a host may be missing


def is_address(text: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(text)
        port_fits = parts.port != 0
    except ValueError:
        return False
    aim = parts.path.strip("/") if parts.scheme in NAMELESS else parts.hostname
    return parts.scheme in schemes and bool(aim) and port_fits and " " not in text


def is_bucket(text: str) -> bool:
    """`s3://bucket` or `s3://bucket/prefix`; a query or an account would be lost without a word."""
    return re.fullmatch(r"s3://[a-z0-9][a-z0-9._-]{1,62}(/[\w.=@+-]+)*/?", text, re.IGNORECASE | re.ASCII) is not None


def is_host(text: str) -> bool:
    return re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\]", text.lower()) is not None


def origin_of(url: str) -> str | None:
    """`https://name[:port]` in lower case, without the usual port, as browsers send it; None where there is more to it."""
    parts = urlsplit(url)
    try:
        host = bracketed((parts.hostname or "").encode("idna").decode())
    except UnicodeError:
        return None
    if parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc or not is_host(host):
        return None
    return f"{parts.scheme}://{host}{port_of(parts)}"


def port_of(parts: SplitResult) -> str:
    return "" if parts.port in (None, USUAL_PORTS[parts.scheme]) else f":{parts.port}"


def bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def allowed_hosts(public: str, host: str, more: list[str]) -> list[str]:
    named = urlsplit(public).hostname or ""
    bound = own_names() if host in EVERYWHERE else [host]
    return list(dict.fromkeys(bracketed(name.lower()) for name in [*LOCAL, named, *bound, *more] if name))


def own_names() -> list[str]:
    """How others in this network call this machine: its name, and the address it would send from."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))  # an address for documentation; a datagram socket sends nothing here
            return [socket.gethostname().lower(), probe.getsockname()[0]]
    except OSError:
        return [socket.gethostname().lower()]


def read_mail(url: str) -> dict[str, Any]:
    """`smtp://user:password@host:587`; smtps is TLS from the start, smtp+tls upgrades; file:///folder keeps letters."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": unquote(parts.path)}
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or USUAL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 10,
    }
