"""How a program knows that a call is from its studio, and not an old one sent again. docs/webhooks.md says it to whoever writes one."""

import hmac
import secrets

PREFIX = "whsec_"


def new_secret() -> str:
    return f"{PREFIX}{secrets.token_urlsafe(32)}"


def sign(secret: str, at: int, body: bytes) -> str:
    """The time is signed too: an old call cannot be given a new one."""
    return f"t={at},v1={hmac.digest(secret.encode(), f'{at}.'.encode() + body, 'sha256').hex()}"
