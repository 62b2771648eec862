"""What the last click changed in the form, and how it was before. It travels in the form itself, so it outlives the next keystroke."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from generations.compose.filled import Filled, storable


@dataclass(frozen=True)
class Memory:
    note: str = ""
    form: Mapping[str, Any] = field(default_factory=dict)  # what Undo puts back; empty: there is nothing to undo

    @classmethod
    def read(cls, text: str) -> Self:
        """From the form: it is whatever somebody sent."""
        try:
            known = json.loads(text or "{}")
        except ValueError:
            return cls()
        note, form = (known.get("note"), known.get("form")) if isinstance(known, dict) else ("", {})
        return cls(storable(note) if isinstance(note, str) else "", form if isinstance(form, dict) else {})

    @classmethod
    def of(cls, note: str, filled: Filled, *names: str) -> Self:
        """How these fields were; all of them where none is named."""
        form = filled.store()
        return cls(note, {name: form[name] for name in names or form})

    def __str__(self) -> str:
        return json.dumps({"note": self.note, "form": self.form}, ensure_ascii=False) if self.note else ""

    def undo(self, filled: Filled) -> Filled:
        return Filled.stored({**filled.store(), **self.form})
