"""What stands in a person's composer in a team, kept while they write."""

from django.utils import timezone

from generations.compose.filled import Filled
from generations.models import Draft, Team, User


def find(user: User, team: Team) -> Filled | None:
    draft = Draft.objects.filter(user=user, team=team).first()
    return Filled.stored(draft.form) if draft else None


def keep(user: User, team: Team, filled: Filled) -> None:
    """Only when something changed."""
    form = Filled.stored(filled.store()).store()
    mine = Draft.objects.filter(user=user, team=team)
    if mine.values_list("form", flat=True).first() != form:
        mine.update_or_create(user=user, team=team, defaults={"form": form, "saved_at": timezone.now()})
