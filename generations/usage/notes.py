"""That figures or answers were taken away as a file stands in the journal."""

from django.db import transaction
from django.db.models import Model

from generations import journal
from generations.journal import Deed
from generations.usage.scope import Scope
from generations.web.requests import StudioRequest


@transaction.atomic
def take_note(request: StudioRequest, scope: Scope, subject: Model | str, *, format: str, prompts: bool = False) -> None:
    if request.method == "GET":  # HEAD takes nothing
        journal.write(Deed.EXPORT, actor=request.user, team=scope.team, subject=subject, format=format, prompts=prompts)
