"""What a reviewer says of an image. Each verdict is a new row; whoever has not seen the last one is told instead of overruling it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from generations import journal
from generations.journal import Deed
from generations.models import Decision, Image, ImageStatus, Review, User, Verdict
from generations.reviewing.ask import changed

LONGEST = 1000  # letters of a note


class Decided(Exception):
    """Somebody was first: the decision that stands."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(str(decision))
        self.decision = decision


class Unfit(ValueError):
    """Why it cannot be decided like this, said to whoever tries."""


def decide(image: Image, verdict: Verdict, note: str, by: User, seen: int) -> Decision:
    """`seen` is the number of the last decision that the reviewer was shown, 0 for none."""
    if verdict not in (Verdict.APPROVED, Verdict.REJECTED, Verdict.CHANGE):
        raise Unfit(_("Choose to approve, to reject or to ask for a change."))
    return add(image, verdict, fit(verdict, note), by, seen)


def take_back(image: Image, by: User, seen: int) -> Decision:
    """It waits again, at its old place."""
    if not seen:
        raise Unfit(_("Nothing was decided about this image, so there is nothing to take back."))
    return add(image, Verdict.UNDONE, "", by, seen)


def fit(verdict: Verdict, note: str) -> str:
    note = note.replace("\0", "").strip()
    if len(note) > LONGEST:
        raise Unfit(_("The note has %(n)s letters, %(most)s fit.") % {"n": len(note), "most": LONGEST})
    if not note and verdict == Verdict.REJECTED:
        raise Unfit(_("Say why it is rejected."))
    if not note and verdict == Verdict.CHANGE:
        raise Unfit(_("Say what should change."))
    return note


@transaction.atomic
def add(image: Image, verdict: Verdict, note: str, by: User, seen: int) -> Decision:
    held = hold(image)
    last, now = held.decision, timezone.now()
    if last and last.number != seen:
        raise Decided(last)
    if verdict == Verdict.UNDONE and (last is None or last.verdict == Verdict.UNDONE):
        raise Unfit(_("Nothing was decided about this image, so there is nothing to take back."))
    if last and last.verdict == verdict and not note:
        return last  # said already, with who and when
    number = last.number + 1 if last else 1
    decision = Decision.objects.create(image=held, number=number, sha256=held.sha256, verdict=verdict, note=note, user=by, at=now)
    standing(held, decision)
    changed([held.pk])
    told = {"verdict": str(verdict.value), "number": number, "sha256": held.sha256}
    journal.write(Deed.REVIEW_DECIDE, actor=by, team=held.team, subject=held, **told)
    return decision


def standing(held: Image, decision: Decision) -> None:
    """The image says what its last decision says."""
    back = decision.verdict == Verdict.UNDONE
    held.decision, held.review = decision, Review.WAITING if back else Review(decision.verdict)
    if back:
        held.asked_at, held.asked_by = held.asked_at or decision.at, held.asked_by or decision.user
    held.save(update_fields=["decision", "review", "asked_at", "asked_by"])


def hold(image: Image) -> Image:
    """Its row, which nobody else decides about until this transaction ends."""
    held = Image.objects.select_for_update(no_key=True).get(pk=image.pk)  # what it points to is read after, or it could be older
    if held.status != ImageStatus.STORED or held.trashed_at:
        raise Unfit(_("This image is in the trash or gone. Nothing was decided."))
    return held
