"""Calls that were answered already, for those who look back."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from generations.models import Attempt, Generation, Outcome, ProviderAccount, Status, Team, User
from tests.made import made


def answered(
    user: User,
    team: Team,
    count: int = 1,
    *,
    outcome: Outcome = Outcome.ANSWERED,
    status: Status = Status.DONE,
    seconds: float = 20,
    age: timedelta = timedelta(minutes=5),
    account: ProviderAccount | None = None,
    **fields: Any,
) -> None:
    for _one in range(count):
        generation = made(user, team, status, account=account)
        sent = timezone.now() - age
        done = sent + timedelta(seconds=seconds)
        Generation.objects.filter(pk=generation.pk).update(sent_at=sent, finished_at=done)
        Attempt.objects.filter(generation=generation).update(outcome=outcome, sent_at=sent, answered_at=done, **fields)
