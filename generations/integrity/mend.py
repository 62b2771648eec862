"""What can be put right without losing anything and without touching money. True: it is right now."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from generations import search
from generations.catalogue.problem import _
from generations.connecting import client_of
from generations.dialects.outcome import Next, Sent
from generations.integrity.bundles import again
from generations.integrity.share import copied, damage
from generations.media import arrival, names, spool, staging
from generations.media.arrival import Taken
from generations.media.names import Name
from generations.media.store import changed, store
from generations.models import Generation, Image, ImageStatus
from generations.pipeline.collect import Wanted, arrived, bring
from generations.pipeline.trouble import own
from generations.pipeline.trouble import store as told

DAMAGED = _("Its file was damaged and is put aside. It was paid for. An administrator can restore it from a backup.")
GRACE = timedelta(days=7)  # nothing younger is thrown away

log = logging.getLogger("studio.integrity")


# --- originals ---


def fetch(sha256: str, name: Name) -> bool:
    """Once more from where it came, for each row that shows it: what comes now may be another file."""
    for image in Image.objects.stored().filter(sha256=sha256).select_related("generation", "attempt__account"):
        taken = came_again(image)
        if taken and taken.sha256 == sha256:
            return True
        if taken:
            renew([image.pk], **arrived(image.generation, taken))
    return store().has(name) or not again(sha256).stored


def replace(sha256: str, name: Name) -> bool:
    """Damaged. If it was only the row that told another size, the row is mended."""
    fetch(sha256, name)
    if damage(name, sha256) is None and store().has(name):
        Image.objects.filter(sha256=sha256).update(bytes=store().size(name))
        return True
    put_aside(name)
    lost = told(own(Next.REPORT, Sent.YES, DAMAGED))
    renew([image.pk for image in again(sha256).stored], status=ImageStatus.LOST, trouble=lost)
    return True


def came_again(image: Image) -> Taken | None:
    if not in_reach(image):
        return None
    attempt = image.attempt
    client = client_of(attempt.account)
    with client.way:
        try:
            brought = bring(Wanted(client, str(attempt.key), attempt.task, image.index, image.link))
        except Exception:  # whatever a provider or a disk comes up with, the picture is as lost as before
            log.warning("Image %s could not be fetched again.", image.pk, exc_info=True)
            return None
    return brought if isinstance(brought, Taken) else None


def in_reach(image: Image) -> bool:
    attempt, key = image.attempt, str(image.attempt.key)
    if spool.held(key, image.index):
        return True
    if not image.link:
        return spool.place(key).exists()
    return attempt.expires_at is None or attempt.expires_at > timezone.now()


def welcome(sha256: str) -> bool:
    """A file that was put aside has come back from a backup."""
    back = {"status": ImageStatus.STORED, "trouble": None}
    renew([image.pk for image in again(sha256).aside], **back)
    return True


@transaction.atomic
def renew(images: Iterable[int], **changes: Any) -> None:
    """Their cards look different now, and the gallery shows them, or no longer does."""
    found = list(images)
    Image.objects.filter(pk__in=found).update(**changes)
    shown = Generation.objects.filter(pk__in=Image.objects.filter(pk__in=found).values("generation"))
    shown.update(version=F("version") + 1, changed_at=timezone.now())
    search.renew(found)


# --- files ---


def derive(sha256: str) -> bool:
    """The smaller copies once more, from the picture itself."""
    with staging.desk() as desk:
        for name in again(sha256).known():
            if not name.startswith("d/") and store().has(name) and damage(name, sha256) is None:
                return drawn(arrival.take_in(copied(name, desk)))
    return False


def drawn(taken: Taken) -> bool:
    for side, path in taken.derived.items():
        store().keep(path, names.derived(taken.sha256, side))
    return True


def put_aside(name: Name) -> bool:
    with staging.desk() as desk:
        store().keep(copied(name, desk), names.aside(name))
    store().remove(name)
    return True


def remove(name: Name) -> bool:
    """Its age is asked once more: something else may have been kept under this name since."""
    since = changed(name)
    if since and since > timezone.now() - GRACE:
        return False
    store().remove(name)
    return True
