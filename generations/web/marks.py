"""Star and rating of one person. Everybody has their own, viewers too."""

from typing import Any

from django.db import transaction

from generations import search
from generations.models import Image, Mark, User


@transaction.atomic
def put(image: Image, user: User, **change: Any) -> Mark:
    """`starred`, `rating`, or both."""
    mark, _new = Mark.objects.update_or_create(image=image, user=user, defaults=change)
    search.renew([image.pk])
    return mark
