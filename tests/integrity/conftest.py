"""A studio of its own for each test: a real picture from the real sandbox, in folders that nobody else writes to."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from time import time

import pytest
from django.conf import settings as studio
from django.db import transaction
from django.test import TestCase

from generations.integrity import survey as room
from generations.integrity.finding import Finding, Kind
from generations.integrity.share import Share
from generations.integrity.survey import Leave, survey
from generations.media import names
from generations.media.names import Name
from generations.models import Image, Role, Team, User
from tests.cast import person
from tests.pipeline.studio import hurrying, made

WEEKS = timedelta(days=15).total_seconds()


@pytest.fixture(autouse=True)
def _studio(port: int, settings, tmp_path: Path) -> Iterator[None]:
    settings.SANDBOX_PORT, settings.DATA, settings.STORAGE = port, tmp_path, tmp_path / "media"
    settings.STORAGE.mkdir()
    with hurrying():
        yield


def come(user: User, team: Team) -> Image:
    """One that has come, with everything about it as it should be. No dialect is quicker."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return made(user, team, "ark").images.get()


@pytest.fixture(scope="module")
def delivered(port: int, tmp_path_factory, django_db_setup: None, django_db_blocker) -> Iterator[Path]:
    """The folder of a studio with one image. Its rows are in a transaction around those of the tests."""
    folder = tmp_path_factory.mktemp("delivered")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, transaction.atomic(), hurrying():
        for name, value in {"SANDBOX_PORT": port, "DATA": folder, "STORAGE": folder / "media"}.items():
            patch.setattr(studio, name, value)
        studio.STORAGE.mkdir()
        team = Team.objects.create(name="Studio North", slug="north")
        come(person("Dana Designer", team, Role.DESIGNER), team)
        patch.undo()
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def image(delivered: Path, settings, db: None) -> Image:
    shutil.copytree(delivered, settings.DATA, dirs_exist_ok=True)
    return Image.objects.get()


@pytest.fixture
def at(settings) -> Callable[[str], Path]:
    """Where a file of the store lies."""
    return lambda name: settings.STORAGE / name


def original(image: Image) -> Name:
    return names.original(image.sha256, image.format)


def found(share: Share | None = None) -> list[Finding]:
    return list(survey(share or Share()))


def kinds(share: Share | None = None) -> list[Kind]:
    return [finding.kind for finding in found(share)]


def repaired(leave: Leave | None = None) -> list[tuple[Kind, bool]]:
    """What was found, and whether it is right now."""
    seen: list[tuple[Kind, bool]] = []
    room.inspect(Share(), leave or Leave(repair=True), lambda finding, mended: seen.append((finding.kind, mended)))
    return seen


def age(path: Path, seconds: float = WEEKS) -> None:
    os.utime(path, (time() - seconds, time() - seconds))
