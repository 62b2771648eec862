"""What an answer means. Every dialect's vocabulary becomes one of these."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from generations.catalogue.sizes import Size


class Sent(StrEnum):
    """Did the provider take the request on? It decides over money and over trying again."""

    NO = "no"  # surely not: nothing was charged
    YES = "yes"
    UNKNOWN = "unknown"


class Next(StrEnum):
    """What somebody has to do now; the names of troubles."""

    WAIT = "wait"  # busy or away: the studio tries again by itself
    EDIT_REQUEST = "edit_request"  # a parameter
    EDIT_SIZE = "edit_size"
    EDIT_PROMPT = "edit_prompt"  # content rules, by the words
    EDIT_REFERENCE = "edit_reference"  # a reference could not be used, or content rules by it
    RUN_AGAIN = "run_again"  # content rules by the result, or a fault of theirs: another try may do
    MEND_KEY = "mend_key"
    TOP_UP = "top_up"  # their balance is empty
    OPEN_ENGINE = "open_engine"  # the account may not use it
    REPLACE_ENGINE = "replace_engine"  # it is gone
    RAISE_LIMIT = "raise_limit"  # the owner's own cap is reached
    ASK = "ask"  # nobody can know what happened: the unknown inbox
    REPORT = "report"  # an answer that makes no sense


@dataclass(frozen=True)
class Trouble:
    next: Next
    sent: Sent
    sentence: str  # ours, plain
    said: str = ""  # theirs, bounded, without keys
    code: str = ""
    wait: float | None = None  # seconds, as the provider told
    free: bool = False  # taken on, but they charge nothing for what fails

    @property
    def charged(self) -> bool | None:
        """None: nobody can know."""
        return False if self.sent is Sent.NO or self.free else None


@dataclass(frozen=True)
class Item:
    """One picture of an answer: a link, or its bytes, or why it did not come."""

    link: str = ""
    content: bytes = field(default=b"", repr=False)
    size: Size | None = None
    trouble: Trouble | None = None
    filters: Mapping[str, Any] | None = field(default=None, hash=False)  # what the provider's content filter said of it


@dataclass(frozen=True)
class Accepted:
    task: str


@dataclass(frozen=True)
class Pending:
    running: bool = False  # otherwise it is queued there
    progress: int | None = None


@dataclass(frozen=True)
class Finished:
    items: tuple[Item, ...]
    billed: int | None = None  # images, by the provider's own count
    cost: int | None = None  # millionths of a US dollar, by the provider's own figure
    expires_at: int | None = None  # of the links, in seconds since 1970
    engine: str = ""  # as the provider names what it used
    request_id: str = ""
    filters: Mapping[str, Any] | None = field(default=None, hash=False)  # what their content filter said of the whole

    @property
    def pictures(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.trouble is None)


Reading = Accepted | Pending | Finished | Trouble
