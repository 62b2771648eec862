"""A studio of its own for each test: real pictures from the real sandbox, in folders that nobody else writes to."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from time import time

import pytest

from generations.integrity import survey as room
from generations.integrity.finding import Finding, Kind
from generations.integrity.share import Share
from generations.integrity.survey import Leave, survey
from generations.media import names
from generations.media.names import Name
from generations.models import Image, Team, User
from tests.pipeline.studio import hurrying, made

WEEKS = timedelta(days=15).total_seconds()


@pytest.fixture(autouse=True)
def _studio(port: int, settings, tmp_path: Path) -> Iterator[None]:
    settings.SANDBOX_PORT, settings.DATA, settings.STORAGE = port, tmp_path, tmp_path / "media"
    settings.STORAGE.mkdir()
    with hurrying():
        yield


@pytest.fixture
def image(designer: User, team: Team, django_capture_on_commit_callbacks) -> Image:
    """One that has come, with everything about it as it should be. No dialect is quicker."""
    with django_capture_on_commit_callbacks(execute=True):
        return made(designer, team, "ark").images.get()


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
