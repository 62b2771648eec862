"""What is wrong with a request, said so that whoever reads it can mend it."""

import dataclasses
from dataclasses import dataclass
from typing import Any


def _(message: str) -> str:
    """Marks a sentence for translation; whoever shows a problem translates `message` and fills in `values`."""
    return message


@dataclass(frozen=True)
class Problem:
    field: str
    message: str
    values: dict[str, Any] = dataclasses.field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.message.format(**self.values)


def number(value: int) -> str:
    """3 686 400. With plain spaces: scripts look for these sentences too."""
    return f"{value:,}".replace(",", " ")


def megabytes(value: int) -> str:
    """Whole figures stay whole, and one byte too much never reads like the limit itself."""
    tenths = -(-value * 10 // 1024**2)
    return f"{tenths // 10}.{tenths % 10} MB" if tenths % 10 else f"{tenths // 10} MB"


def ratio(value: float) -> str:
    return f"{value:g}:1" if value >= 1 else f"1:{1 / value:g}"
