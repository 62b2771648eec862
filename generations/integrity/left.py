"""What killed work left behind, and raw answers that tell nothing any more. Both lie on the disk of a node: each tidies up its own."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from generations.integrity.finding import Finding, Kind
from generations.media import names, spool, staging
from generations.media.store import store
from generations.models import Attempt, Charge, ImageStatus, Outcome
from generations.models.generations import WAYS

AT_ONCE = 500
HOUR = timedelta(hours=1).total_seconds()
FORGOTTEN = 3 * HOUR  # workers take away every hour what is an hour old
GRACE = timedelta(days=7).total_seconds()
COMING = (ImageStatus.COMING, ImageStatus.REFUSED, ImageStatus.LOST)  # what was saved may still be asked for
LOOKED_AT = timedelta(days=30)  # so long after its end somebody may want to see what came

SWEEP = "Start the workers, or run fsck --repair."
REMOVE = "Run fsck --delete-orphans: it goes once it is older than seven days."


@dataclass(frozen=True)
class Saved:
    """A file of the spool, and the attempt it is named after, if that is one."""

    path: Path
    attempt: Attempt | None

    @property
    def spent(self) -> bool:
        return self.attempt is not None and spent(self.attempt)


def tidy() -> None:
    staging.sweep()
    for one in saved(HOUR):
        if one.attempt and one.spent:
            spool.drop(str(one.attempt.key))


def check() -> Iterator[Finding]:
    for path in staging.left_over():
        yield Finding(Kind.LEFT_OVER, path.name, f"Work that was killed left {path} behind.", SWEEP, partial(throw_away, path))
    for one in saved(HOUR):
        if one.attempt is None:
            remove = partial(throw_away, one.path) if staging.age(one.path) > GRACE else None
            yield Finding(Kind.ORPHAN, one.path.name, f"No attempt knows {one.path}.", REMOVE, remove, deletes=True)
        elif one.spent and staging.age(one.path) > FORGOTTEN:
            sentence = f"Everything in {one.path} is kept elsewhere by now."
            yield Finding(Kind.LEFT_OVER, one.path.name, sentence, SWEEP, partial(throw_away, one.path))


def saved(older: float) -> Iterator[Saved]:
    lying = spool.folder().iterdir() if spool.folder().is_dir() else iter(())
    paths = (path for path in lying if path.is_file() and staging.age(path) > older)
    while some := list(islice(paths, AT_ONCE)):
        attempts = attempts_of({key for path in some if (key := key_of(path))})
        yield from (Saved(path, attempts.get(key_of(path))) for path in some)


def key_of(path: Path) -> UUID | None:
    try:
        return UUID(path.name.partition(".")[0])
    except ValueError:
        return None


def attempts_of(keys: set[UUID]) -> dict[UUID | None, Attempt]:
    found = Attempt.objects.filter(key__in=keys).select_related("generation").prefetch_related("images").defer("answer")
    return {attempt.key: attempt for attempt in found.annotate(kept=Q(answer__isnull=False))}


def spent(attempt: Attempt) -> bool:
    """Nobody will read its answer again: nothing is open, and all of it is in the row or in the store, or nobody has asked for long."""
    if attempt.outcome == Outcome.NOT_SENT:
        return True
    images, end = list(attempt.images.all()), attempt.generation.finished_at
    old = end is not None and end < timezone.now() - LOOKED_AT
    wanted = (ImageStatus.COMING,) if old else COMING
    if attempt.generation.status in WAYS or attempt.charge == Charge.UNKNOWN or any(image.status in wanted for image in images):
        return False
    here = [store().has(names.original(image.sha256, image.format)) for image in images if image.status == ImageStatus.STORED]
    return all(here) and (old or attempt.kept or bool(images))  # type: ignore[attr-defined]


def throw_away(path: Path) -> bool:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
    return not path.exists()
