"""The wire formats, each a module that is translated both ways without I/O. A new one is one more line here."""

from collections.abc import Mapping
from types import MappingProxyType

from generations.dialects import anyfast, apimart, ark, gateway, tensorslab
from generations.dialects.dialect import AskingDialect, Dialect

__all__ = ["ASKING", "DIALECTS", "AskingDialect", "Dialect", "get_asking", "get_dialect"]

ASKING: Mapping[str, AskingDialect] = MappingProxyType({"tensorslab": tensorslab, "apimart": apimart})
DIALECTS: Mapping[str, Dialect] = MappingProxyType({**ASKING, "anyfast": anyfast, "gateway": gateway, "ark": ark})


def get_dialect(name: str) -> Dialect:
    return DIALECTS[name]


def get_asking(name: str) -> AskingDialect:
    return ASKING[name]
