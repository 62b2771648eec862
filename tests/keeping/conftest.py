import os
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings

from generations.media import names
from generations.models import Team, User
from tests.made import made, pictured

WORDS = [b"the first picture", b"the second"]


@pytest.fixture(autouse=True)
def _quick_disks(monkeypatch) -> None:
    """Else each backup waits for whatever anybody on this machine has written."""
    monkeypatch.setattr(os, "sync", lambda: None)


@pytest.fixture
def home(tmp_path: Path, settings, monkeypatch) -> Path:
    """A data folder of its own; the database stays where it is."""
    data = tmp_path / "studio"
    for folder in ("media", "spool", "secrets"):
        (data / folder).mkdir(parents=True)
    (data / "secrets" / "encryption_keys").write_text("the keys")
    settings.DATA, settings.STORAGE, settings.SECRETS = data, data / "media", data / "secrets"
    return data


def original(body: bytes) -> Path:
    return Path(settings.STORAGE) / names.original(sha256(body).hexdigest(), "png")


@pytest.fixture
def pictures(home: Path, designer: User, team: Team) -> list[Path]:
    """On the disk and in rows."""
    generation = made(designer, team)
    for body in WORDS:
        original(body).parent.mkdir(parents=True)
        original(body).write_bytes(body)
        pictured(generation, sha256=sha256(body).hexdigest(), format="png", bytes=len(body))
    return [original(body) for body in WORDS]
