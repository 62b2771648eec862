"""What a designer asked for: frozen, checked, stored as it was checked. The same value comes from form, script and worker."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

from generations.catalogue.sizes import Size

LEAST_SEED, MOST_SEED = -1, 2_147_483_647


@dataclass(frozen=True)
class Reference:
    """A picture that goes in: what the checks need to know of it. Its bytes are fetched by `sha256` when they are sent."""

    sha256: str
    format: str
    size: Size
    bytes: int
    link: str = ""  # a public address of the same picture, when it has one


@dataclass(frozen=True)
class Logo:
    position: int = 0
    language: int = 0
    opacity: float = 1.0


@dataclass(frozen=True)
class GenerationRequest:
    engine: str
    prompt: str
    images: int = 1
    ratio: str = ""  # with a tier; "auto" leaves it to the engine
    tier: str = ""
    size: Size | None = None  # exact pixels, instead of ratio and tier
    references: tuple[Reference, ...] = ()
    seed: int | None = None
    guidance: float | None = None
    format: str = ""  # "" takes the engine's default
    watermark: bool = False
    logo: Logo | None = None
    web_search: bool = False

    def store(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {**asdict(self), "references": [asdict(one) for one in self.references]}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """Back from `store`. Fields that a newer version has added keep their defaults; ones it has dropped are left out."""
        known = own(cls, stored)
        if known.get("size"):
            known["size"] = Size(**own(Size, known["size"]))
        if known.get("logo"):
            known["logo"] = Logo(**own(Logo, known["logo"]))
        known["references"] = tuple(picture(one) for one in known.get("references", ()))
        return cls(**known)

    def with_(self, **changes: Any) -> Self:
        return replace(self, **changes)


def picture(stored: Mapping[str, Any]) -> Reference:
    return Reference(**{**own(Reference, stored), "size": Size(**own(Size, stored["size"]))})


def own(kind: Any, stored: Mapping[str, Any]) -> dict[str, Any]:
    """The stored values that this version knows."""
    return {f.name: stored[f.name] for f in fields(kind) if f.name in stored}
