"""A file becomes an upload: cleaned in a process of its own, kept under its hash, once for a team."""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO

from django.conf import settings
from django.db.models import Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from generations.catalogue.problem import megabytes
from generations.media import clean, names, staging
from generations.media.arrival import Taken, put_away
from generations.media.look import HEAVY, NotAPicture
from generations.media.store import store
from generations.models import Team, Upload, User
from generations.uploading import shelf
from generations.uploading.unfit import Unfit

GIGABYTE = 1024**3
MOST_BYTES = clean.MOST_BYTES
THUMB = 320
PLACES = BoundedSemaphore(max(1, settings.WEB_THREADS // 2))  # however much is uploaded, half of the threads are there for everybody else

log = logging.getLogger("studio.uploading")


def keep(given: IO[bytes], name: str, user: User, team: Team) -> Upload:
    """A file from outside, of any kind."""
    return wash(given, clean.clean, name, user, team)


def remake(upload: Upload, how: Callable[[Path], Taken], user: User) -> Upload:
    """Another upload, made of one that is here already."""
    with open_upload(upload) as given:
        return wash(given, how, upload.name, user, upload.team)


def open_upload(upload: Upload) -> IO[bytes]:
    try:
        return store().open(names.reference(upload.sha256, upload.format))
    except FileNotFoundError:
        raise Unfit(_("This picture cannot be read; add it again."), 404) from None


def wash(given: IO[bytes], how: Callable[[Path], Taken], name: str, user: User, team: Team) -> Upload:
    check_room(team)
    try:
        with staging.desk() as desk:
            staged = desk / "given"
            with staged.open("wb") as file:
                shutil.copyfileobj(given, file)
            taken = how(staged)
            return known(taken, team) or enter(taken, names.shown(name), user, team)
    except NotAPicture as refusal:
        sentence = _(refusal.message).format(**refusal.values)
        raise Unfit(sentence, 503 if refusal.message == clean.BUSY else 422) from None
    except OSError:
        log.exception("An upload could not be kept.")
        raise Unfit(_("The studio could not keep this picture. Tell whoever runs it."), 503) from None


@contextmanager
def place() -> Iterator[None]:
    """For whoever reads a form with files, which somebody may send slowly, and takes in what it holds."""
    if not PLACES.acquire(blocking=False):
        raise Unfit(_(clean.BUSY), 503)
    try:
        yield
    finally:
        PLACES.release()


def known(taken: Taken, team: Team) -> Upload | None:
    """The same picture, from before. Its file is looked for all the same: it may have been lost."""
    upload = Upload.objects.filter(team=team, sha256=taken.sha256).first()
    if upload and not store().has(names.reference(upload.sha256, upload.format)):
        put_away(taken, names.reference)
    return shelf.touch(upload) if upload else None


def enter(taken: Taken, name: str, user: User, team: Team) -> Upload:
    check_room(team, taken.facts.bytes)
    put_away(taken, names.reference)
    facts = taken.facts
    measured = {"format": facts.format, "width": facts.width, "height": facts.height, "bytes": facts.bytes}
    upload, _new = Upload.objects.get_or_create(team=team, sha256=taken.sha256, defaults={"user": user, "name": name, **measured})
    return upload


def refuse_heavy(size: int) -> None:
    if size > MOST_BYTES:
        raise Unfit(_(HEAVY).format(has=megabytes(size), most=megabytes(MOST_BYTES)), 413)


def check_room(team: Team, more: int = 0) -> None:
    most = settings.TEAM_QUOTA * GIGABYTE
    has = shelf.needed(team).aggregate(all=Sum("bytes"))["all"] or 0 if most else 0
    if most and has + max(more, 1) > most:
        figures = {"has": number_format(has / GIGABYTE, 1), "most": settings.TEAM_QUOTA}
        raise Unfit(_("Your team uses %(has)s of %(most)s GB. Remove pictures from the library.") % figures)
