"""Provider accounts: what may be an address, what may be a key, and putting both down. For the command and the form alike."""

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext as _

from generations import catalogue
from generations.catalogue.engine import Engine
from generations.dialects import get_dialect
from generations.models import Dialect, ProviderAccount
from generations.providers.addresses import outside
from generations.providers.client import Client
from generations.providers.rules import Rules, is_address
from generations.providers.way import Way

# The path that each dialect adds by itself; people paste addresses with it.
OWN_PATHS = re.compile(r"/(v1|api/v3)(/.*)?$")
OWN_NAMES = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
PRINTABLE = re.compile(r"[\x21-\x7e]+")

USUAL = {
    Dialect.TENSORSLAB: "https://api.tensorslab.com",
    Dialect.APIMART: "https://api.apimart.ai",
    Dialect.ANYFAST: "https://www.anyfast.com.cn",
    Dialect.ARK: "https://ark.cn-beijing.volces.com",
}


class Unusable(ValueError):
    """Said to the person who typed it."""


def read_key(text: str) -> str:
    key = re.sub(r"^bearer(\s+|$)", "", text.strip(), flags=re.IGNORECASE)
    if not key:
        raise Unusable(_("The key is empty."))
    if not PRINTABLE.fullmatch(key):
        raise Unusable(_("Key contains characters that cannot be sent in a header."))
    if len(key) > 4096:
        raise Unusable(_("A key of %(count)s characters is too long; the limit is 4096.") % {"count": len(key)})
    return key


def read_address(text: str, private: bool) -> str:
    """Scheme, host and port, with a path before the dialect's own one where a gateway has such."""
    parts = split(text.strip())
    if parts.scheme not in (("https", "http") if private else ("https",)):
        raise Unusable(_("The address must begin with https://."))
    if not private and parts.hostname and inside(parts.hostname):
        sentence = _("%(host)s lies in a private network. Allow that for this account if it is meant.")
        raise Unusable(sentence % {"host": parts.hostname})
    if not parts.hostname or parts.username or parts.password or parts.query or parts.fragment:
        raise Unusable(_("The address must be like https://api.example.com, without user, question mark or number sign."))
    path = OWN_PATHS.sub("", parts.path).rstrip("/")
    return f"{parts.scheme}://{parts.netloc.lower()}{path}"


def inside(host: str) -> bool:
    """By its name alone: no name of the world is without a dot. Where a name leads is looked at with every call."""
    name = host.rstrip(".").lower()
    return not outside(name) if is_address(name) else "." not in name or name.endswith(OWN_NAMES)


def split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  # raises where it is no number
    except ValueError:
        raise Unusable(_("This is not an address.")) from None
    if re.search(r"[\s\\\x00-\x20]", text):
        raise Unusable(_("The address contains a space or a character that does not belong there."))
    return parts


def connect(name: str, dialect: str, address: str, key: str, private: bool, **limits: int) -> tuple[ProviderAccount, bool]:
    """Adds an account, or brings the one of that name up to date; True when it is new."""
    account = ProviderAccount.objects.filter(name=name).first() or ProviderAccount(name=name)
    if account.sandbox:
        raise Unusable(_("“%(name)s” is a sandbox account. Choose another name.") % {"name": name})
    new = account.pk is None
    account.dialect, account.private, account.enabled = dialect, private, True
    account.address = read_address(address, private)
    account.keep_key(read_key(key))
    for limit, value in limits.items():
        setattr(account, limit, value)
    account.save()
    return account, new


def engines_of(account: ProviderAccount) -> Iterator[Engine]:
    """What the account's provider serves, by the catalogue."""
    return (engine for engine in catalogue.ENGINES.values() if engine.dialect == account.dialect)


def way_to(account: ProviderAccount) -> Way:
    """The safe way to where the account is. Only a host that the administrator named may be inside our own network."""
    base = account.base
    named = account.private or account.sandbox
    rules = Rules(allowed=frozenset([(urlsplit(base).hostname or "").lower()]) if named else frozenset())
    return Way(base, account.read_key(), rules, prefix="Bearer " if account.bearer else "")


def client_of(account: ProviderAccount) -> Client:
    return Client(get_dialect(account.dialect), way_to(account))
