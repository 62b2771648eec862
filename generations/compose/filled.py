"""What stands in the composer, exactly as it was typed: whatever is wrong with it, it can be shown again."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self
from uuid import UUID

from django.http import QueryDict

ON = "on"
MOST_REFERENCES = 50  # more of them are nobody's wish, and are not looked up


@dataclass(frozen=True)
class Filled:
    engine: str = ""  # an offer: engine@account
    prompt: str = ""
    images: str = "1"
    ratio: str = ""
    tier: str = ""
    width: str = ""
    height: str = ""
    references: tuple[str, ...] = ()  # hashes, in order
    seed: str = ""
    guidance: str = ""
    format: str = ""
    watermark: str = ""
    web_search: str = ""
    logo_position: str = ""  # empty: no logo
    logo_language: str = ""
    logo_opacity: str = ""
    private: str = ""
    collection: str = ""
    batch: str = ""  # one prompt per line
    parent: str = ""
    unfolded: str = ""  # the advanced part stands open

    @classmethod
    def posted(cls, post: QueryDict) -> Self:
        """A field that was not sent is empty: only a form that nobody has touched yet has defaults."""
        given = {name: post.get(name, "").replace("\r\n", "\n") for name in TEXTS}
        return cls(**given, references=hashes(post.getlist("references")))

    @classmethod
    def stored(cls, form: Any) -> Self:
        """Back from `store`, or from anything that claims to be it: a draft may be older than this version, and a form is a stranger's."""
        known = form if isinstance(form, Mapping) else {}
        texts = {name: storable(known[name]) for name in TEXTS if isinstance(known.get(name), str)}
        return cls(**texts, references=hashes(known.get("references")))

    def store(self) -> dict[str, Any]:
        return {**asdict(self), "references": list(self.references)}

    def with_(self, **changes: Any) -> Self:
        return replace(self, **changes)

    @property
    def exact(self) -> bool:
        return bool(self.width or self.height)

    def lines(self) -> list[str]:
        """The prompts: all of the text, or each line of a batch."""
        if not self.batch:
            return [self.prompt]
        return [line.strip() for line in self.prompt.split("\n") if line.strip()] or [""]


TEXTS = tuple(field.name for field in fields(Filled) if field.name != "references")
ONCE = (*TEXTS, "key", "drawn", "before", "agreed", "pick")


def hashes(found: object) -> tuple[str, ...]:
    known = found if isinstance(found, list) else []
    return tuple(storable(one) for one in known[:MOST_REFERENCES] if isinstance(one, str))


def storable(text: str) -> str:
    """Without what no database can hold and no page can show."""
    return text.replace("\0", "").encode(errors="replace").decode()


def twice(post: QueryDict) -> Iterator[str]:
    """Fields that somebody sent more than once: nobody can tell which of the two was meant."""
    return (name for name in ONCE if len(post.getlist(name)) > 1)


def read_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
