"""What stands in a person's composer in a team, kept while they write.

With it stands which tab wrote it. A tab that is older than what another one has written keeps its hands off, and says so.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import uuid4

from django.utils import timezone

from generations.compose.filled import Filled, read_uuid
from generations.models import Draft, Team, User

BEGAN = datetime(1970, 1, 1, tzinfo=UTC)
STEP = timedelta(microseconds=1)


@dataclass(frozen=True)
class Tab:
    """A composer in a window: its own number, and when it last knew what the draft was. It travels in the form."""

    name: str
    knew: int  # microseconds

    @classmethod
    def read(cls, text: str) -> Self:
        """From the form; one that says nothing is new, and knows what stands there now."""
        name, _at, knew = text.partition("@")
        known = knew.isascii() and knew.isdecimal() and len(knew) <= 18
        return cls(str(read_uuid(name) or uuid4()), int(knew) if known else moment(timezone.now()))

    def __str__(self) -> str:
        return f"{self.name}@{self.knew}"

    def now(self) -> Self:
        """It knows what stands there at this moment."""
        return replace(self, knew=moment(timezone.now()))


def moment(at: datetime) -> int:
    return (at - BEGAN) // STEP


def find(user: User, team: Team) -> Filled | None:
    draft = Draft.objects.filter(user=user, team=team).first()
    return Filled.stored(draft.form) if draft else None


def keep(user: User, team: Team, filled: Filled, tab: Tab | None = None) -> bool:
    """Only when something changed. False: another tab has written since, and that is not written over."""
    form = Filled.stored(filled.store()).store()
    mine = Draft.objects.filter(user=user, team=team)
    found = mine.first()
    if found and {name: found.form.get(name) for name in form} == form:
        return True
    if found and tab and found.form.get("tab", tab.name) != tab.name and moment(found.saved_at) > tab.knew:
        return False
    mine.update_or_create(user=user, team=team, defaults={"form": {**form, "tab": tab.name if tab else ""}, "saved_at": timezone.now()})
    return True
