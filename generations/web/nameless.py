"""Passkeys belong to a name: where the address is of figures, browsers neither make nor use any."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def better_address(request: HttpRequest) -> str | None:
    """The same studio by its name, or nothing where nobody told us one. None: it is called by a name."""
    here = urlsplit(f"//{request.get_host()}")
    try:
        number = ip_address(here.hostname or "")
    except ValueError:
        return None
    return f"http://localhost:{here.port or 80}" if number.is_loopback else settings.PUBLIC_URL
