"""Addresses of the web, read once and by one reader: what was checked is what is called, character for character.

Nothing here judges where a host is; that is decided by its addresses, when they are about to be called.
"""

import re
from collections.abc import Set
from dataclasses import dataclass, field
from ipaddress import IPv6Address

import httpx

from generations.catalogue.problem import number
from generations.providers.failure import Forbidden, _

LONGEST = 2048
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\\\ud800-\udfff]")
SHAPE = re.compile(r"https?://[^/?#@]+(?:[/?#]|$)", re.IGNORECASE)  # no user, no password
PORT = re.compile(r":[0-9]{1,5}(?=[/?#]|$)")
NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(\.(?!-)[a-z0-9_-]{1,63})*")  # an empty last label, the trailing dot, would slip past name lists
OCTAL = re.compile(r"https?://(?=[0-9.]*\b0[0-9])[0-9.]+(?:[:/?#]|$)", re.IGNORECASE)  # httpx will not guess; who writes so wants to get in
USUAL = {"http": 80, "https": 443}

PLAIN = _("Only https links are accepted.")
PARTS = _("The link contains parts that are not allowed.")
INSIDE = _("This address is inside the server's network.")


@dataclass(frozen=True)
class Link:
    scheme: str
    host: str  # as it is asked for: small letters, foreign ones as punycode
    port: int
    target: str = field(repr=False)  # path and query, which may be a secret: signed links are

    @property
    def place(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == USUAL[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def parse(text: str, allowed: Set[str] = frozenset()) -> Link:
    """A link that may be followed. Hosts in `allowed` may be called without encryption and at any port."""
    if len(text) > LONGEST:
        raise Forbidden(_("The link has {count} characters; the limit is {most}."), count=number(len(text)), most=number(LONGEST))
    if not text.lower().startswith(("https:", "http:")):
        raise Forbidden(PLAIN)
    if UNSAFE.search(text) or not SHAPE.match(text):
        raise Forbidden(PARTS)
    if OCTAL.match(text):
        raise Forbidden(INSIDE)
    link = read(text)
    if link.scheme != "https" and link.host not in allowed:
        raise Forbidden(PLAIN)
    if link.port != 443 and link.host not in allowed:
        raise Forbidden(PARTS)
    return link


def read(text: str) -> Link:
    try:
        found = httpx.URL(text)
    except (httpx.InvalidURL, ValueError):
        raise Forbidden(PARTS) from None
    host = found.raw_host.decode()
    port = USUAL[found.scheme] if found.port is None else found.port
    if not (host_like(host) and port_like(text, port) and len(host) <= 253):
        raise Forbidden(PARTS)
    return Link(found.scheme, host, port, found.raw_path.decode())


def host_like(host: str) -> bool:
    if ":" not in host:
        return bool(NAME.fullmatch(host))
    try:
        return IPv6Address(host).scope_id is None
    except ValueError:
        return False


def port_like(text: str, port: int) -> bool:
    """Digits only: int() would also take a sign, blanks and Arabic figures."""
    rest = re.split("[/?#]", text, maxsplit=3)[2]
    return 0 < port < 65536 and (rest.endswith("]") or ":" not in rest or bool(PORT.search(f"{rest}/")))


def join(link: Link, location: str, allowed: Set[str]) -> Link:
    """Where a redirect leads, under the same rules."""
    if UNSAFE.search(location):
        raise Forbidden(PARTS)
    try:
        return parse(str(httpx.URL(str(link)).join(location)), allowed)
    except (httpx.InvalidURL, ValueError):
        raise Forbidden(PARTS) from None
