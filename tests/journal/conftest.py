from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction

from generations import journal
from generations.journal import Deed, guard
from generations.models import JournalLine


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA = tmp_path  # where the anchors are


@pytest.fixture
def lines(db: None) -> list[int]:
    """The numbers of five lines."""
    return add(5)


def add(count: int) -> list[int]:
    with transaction.atomic():
        return [journal.write(Deed.IMAGE_SHARE, subject=f"image/{number}", shared=True, times=number).pk for number in range(1, count + 1)]


@contextmanager
def burglar() -> Iterator[None]:
    """Somebody with the password of the database: takes the guard away, does as they like, and puts it back."""
    guard.remove(connection)
    yield
    guard.put(connection)


def change(line: int, **values: object) -> None:
    with burglar():
        assert JournalLine.objects.filter(pk=line).update(**values) == 1


def tear_out(*lines: int) -> None:
    with burglar():
        JournalLine.objects.filter(pk__in=lines).delete()


def forge(line: int, before: str = "", **values: object) -> str:
    """A line with other values and a hash that fits them, and if told also what it holds on to."""
    forged = JournalLine.objects.get(pk=line)
    for name, value in (values | ({"before": before} if before else {})).items():
        setattr(forged, name, value)
    forged.hash = journal.chain.digest(forged)
    forged.save(force_update=True)
    return forged.hash
