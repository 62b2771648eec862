"""What the person who asks may look at. Everything else is not there: a stranger's image answers like one that never was."""

from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404

from generations.calling.caller import Caller
from generations.models import Generation, Image, Role, Scope
from generations.models.generations import GenerationSet
from generations.models.images import ImageSet
from generations.web.requests import Whoever


def images(who: Whoever) -> ImageSet:
    """Those that have come. What lies in the trash is seen by whoever may take it out again."""
    administrates = who.membership.may(Role.ADMIN)
    found = Image.objects.seen_by(who.user, who.team, administrates=administrates).stored()
    return found if administrates else found.filter(Q(trashed_at=None) | Q(user=who.user))


def generations(who: Whoever) -> GenerationSet:
    return Generation.objects.seen_by(who.user, who.team, administrates=who.membership.may(Role.ADMIN))


def within(caller: Caller) -> GenerationSet:
    """A token that only makes images knows what it made itself."""
    rows = generations(caller)
    return rows if caller.may(Scope.READ) else rows.filter(token=caller.token)


def image(who: Whoever, uid: UUID | str) -> Image:
    return get_object_or_404(images(who).select_related("generation"), uid=uid)


def generation(who: Whoever, uid: UUID | str) -> Generation:
    return get_object_or_404(generations(who).select_related("account", "user"), uid=uid)
