"""Names this studio answers to, and the address of the mail server, as settings."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

LOCAL = ["localhost", "127.0.0.1", "[::1]"]


def allowed_hosts(public: str, host: str, more: list[str]) -> list[str]:
    named = [urlsplit(public).hostname or ""] if public else []
    bound = [] if host in ("", "0.0.0.0", "::") else [f"[{host}]" if ":" in host else host]
    return list(dict.fromkeys(name for name in [*LOCAL, *named, *bound, *more] if name))


def read_mail(url: str) -> dict[str, Any]:
    """`smtp://user:password@host:587/`; smtps is TLS from the start, smtp+tls upgrades; file:///folder keeps letters."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": parts.path}
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": int(parse_qs(parts.query).get("timeout", ["10"])[0]),
    }
