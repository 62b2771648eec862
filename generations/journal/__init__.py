"""Who did what. Lines are only ever added, and each holds on to the one before it by its hash.

`write` goes into the transaction of the deed, so that there is never one without the other, and is the last write in it:
from there to the end of the transaction everybody else who has something to write down waits.

    with transaction.atomic():
        invitation.save()
        journal.write(Deed.PERSON_INVITE, actor=request.user, team=request.team, subject=invitation, role=invitation.role)
"""

from django.db import models, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from generations.journal.anchors import anchor
from generations.journal.audit import Flaw, verify
from generations.journal.chain import digest, head, take_turn
from generations.journal.deeds import Deed
from generations.journal.details import Unfit, check_text, fit
from generations.models import JournalLine, Team, User

__all__ = ["Deed", "Flaw", "Unfit", "anchor", "head", "verify", "write"]


def write(
    deed: Deed, *, actor: User | None = None, team: Team | None = None, subject: models.Model | str = "", **details: object
) -> JournalLine:
    """Details are numbers and words of ours, never a key, a prompt, an address or what somebody typed: see `details.py`."""
    if not in_transaction():
        raise TransactionManagementError("The journal is written in the transaction of the deed.")
    who, whose = actor.pk if actor else None, team.pk if team else None
    line = JournalLine(actor=who, team=whose, deed=Deed(deed), subject=named(subject), details=fit(details))
    take_turn()
    newest = head()
    line.at, line.before = timezone.now(), newest[1] if newest else ""
    line.hash = digest(line)
    line.save(force_insert=True)
    return line


def in_transaction() -> bool:
    """One of the product's own: that of a test, which is always there, would hide that ours was forgotten."""
    try:
        with transaction.atomic(durable=True):
            return False
    except RuntimeError:  # a durable block does not begin inside another one
        return True


def named(subject: models.Model | str) -> str:
    name = f"{subject._meta.model_name}/{subject.pk}" if isinstance(subject, models.Model) else subject
    check_text("subject", name)
    return name
