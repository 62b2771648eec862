"""What people said of an image: their decisions and their comments, as every page shows them."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from generations import commenting
from generations.access import removes
from generations.models import Comment, Decision, Image, Membership, User, Verdict
from generations.web import words

LOOKS = {  # a shape and a colour beside the word
    Verdict.APPROVED: ("approved", "good"),
    Verdict.REJECTED: ("cross", "bad"),
    Verdict.CHANGE: ("comment", "warn"),
    Verdict.UNDONE: ("reuse", "soft"),
}


@dataclass(frozen=True)
class Said:
    """One decision."""

    decision: Decision

    @property
    def user(self) -> User:
        return self.decision.user

    @property
    def word(self) -> str:
        return str(Verdict(self.decision.verdict).label)

    @property
    def icon(self) -> str:
        return LOOKS[Verdict(self.decision.verdict)][0]

    @property
    def tone(self) -> str:
        return LOOKS[Verdict(self.decision.verdict)][1]

    @property
    def note(self) -> str:
        return words.visible(self.decision.note)

    @property
    def when(self) -> str:
        return words.moment(self.decision.at)


@dataclass(frozen=True)
class Remark:
    """One comment; with a number if it is pinned."""

    comment: Comment
    number: int | None = None
    removable: bool = False

    @property
    def name(self) -> str:
        return str(self.comment.user or self.comment.guest or _("A guest"))

    @property
    def initials(self) -> str:
        return self.comment.user.initials if self.comment.user else "·"

    @property
    def text(self) -> str:
        return words.visible(self.comment.text)

    @property
    def when(self) -> str:
        return words.moment(self.comment.at)

    @property
    def left(self) -> str:
        return f"{(self.comment.x or 0) / 10:g}%"

    @property
    def top(self) -> str:
        return f"{(self.comment.y or 0) / 10:g}%"


@dataclass(frozen=True)
class Opinions:
    image: Image
    membership: Membership  # of whoever looks

    @cached_property
    def decisions(self) -> list[Said]:
        """The last one first."""
        return [Said(one) for one in self.image.decisions.select_related("user").order_by("-number")]

    @cached_property
    def last(self) -> Said | None:
        return self.decisions[0] if self.decisions else None

    @property
    def seen(self) -> int:
        """The number that a new decision has to know."""
        return self.decisions[0].decision.number if self.decisions else 0

    @cached_property
    def remarks(self) -> list[Remark]:
        found, pinned = [], 0
        for comment in commenting.of(self.image):
            pinned += comment.x is not None
            found.append(Remark(comment, pinned if comment.x is not None else None, removes(self.membership, comment)))
        return found

    @property
    def pins(self) -> list[Remark]:
        return [remark for remark in self.remarks if remark.number and not (remark.comment.resolved_at or remark.comment.removed_at)]

    @property
    def fingerprint(self) -> str:
        return f"{self.image.sha256[:4]}…{self.image.sha256[-4:]}"


def already(decision: Decision) -> str:
    """For whoever came second."""
    told = {"who": decision.user, "when": words.moment(decision.at)}
    if decision.verdict == Verdict.UNDONE:
        return _("%(who)s took the decision back at %(when)s. Look again.") % told
    return _("Already decided by %(who)s at %(when)s.") % told
