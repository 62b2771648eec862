"""What the person who asks may look at. Everything else is not there: a stranger's image answers like one that never was."""

from uuid import UUID

from django.db.models import Q
from django.shortcuts import get_object_or_404

from generations.models import Generation, Image, Role
from generations.models.generations import GenerationSet
from generations.models.images import ImageSet
from generations.web.requests import StudioRequest


def images(request: StudioRequest) -> ImageSet:
    """Those that have come. What lies in the trash is seen by whoever may take it out again."""
    administrates = request.membership.may(Role.ADMIN)
    found = Image.objects.seen_by(request.user, request.team, administrates=administrates).stored()
    return found if administrates else found.filter(Q(trashed_at=None) | Q(user=request.user))


def generations(request: StudioRequest) -> GenerationSet:
    return Generation.objects.seen_by(request.user, request.team, administrates=request.membership.may(Role.ADMIN))


def image(request: StudioRequest, uid: UUID | str) -> Image:
    return get_object_or_404(images(request).select_related("generation"), uid=uid)


def generation(request: StudioRequest, uid: UUID | str) -> Generation:
    return get_object_or_404(generations(request).select_related("account", "user"), uid=uid)
