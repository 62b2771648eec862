"""Short secrets at rest, such as provider keys. The first key encrypts, every key decrypts, so keys can be changed."""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class Unreadable(Exception):
    """Sealed with a key this studio does not have, or damaged."""

    def __init__(self) -> None:
        super().__init__(
            "This secret was sealed with a key that STUDIO_ENCRYPTION_KEYS does not hold. Add that key, or enter the secret again."
        )


def seal(text: str) -> str:
    return keys().encrypt(text.encode()).decode()


def open(sealed: str) -> str:
    try:
        return keys().decrypt(sealed).decode()
    except (InvalidToken, ValueError):
        raise Unreadable from None


def keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.ENCRYPTION_KEYS])


def renew(sealed: str) -> str:
    """Sealed anew with the first key, after another one was put before it."""
    return seal(open(sealed))
