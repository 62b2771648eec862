"""A studio is backed up while people work, breaks, and comes back in another folder: nothing is lost, and nothing is paid twice."""

import hashlib
import threading
from collections import Counter
from pathlib import Path
from uuid import uuid4

import pytest

from tests.soak.people import PEOPLE, Person
from tests.soak.provider import Provider
from tests.soak.wishes import Wish
from tests.supervisor.conftest import PATIENCE, Maker
from tests.supervisor.studio import Studio, wait

pytestmark = pytest.mark.stack


def states(studio: Studio, word: str) -> Counter[str]:
    return Counter(studio.column(f"SELECT status FROM generations_generation WHERE prompt LIKE '%{word}%'"))  # noqa: S608


def originals(studio: Studio) -> dict[str, str]:
    found = (path for path in (studio.folder / "media" / "o").rglob("*") if path.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


@pytest.fixture
def back(found_studio: Maker, new_studio: Maker, shop: Provider, tmp_path: Path) -> tuple[Studio, str, dict[str, str], int]:
    """A studio in the place of one that is gone, and what was true when that one was backed up."""
    old, word = found_studio(), uuid4().hex
    old.up("--patience", PATIENCE)
    before = shop.paid
    with Person(old.address, PEOPLE[0]) as person:
        person.order(*(Wish("gateway", f"{word} done {number} {shop.takes(1)}") for number in range(3)))
        wait(lambda: states(old, word) == {"done": 3}, 60, old)
        old.query("UPDATE generations_provideraccount SET in_flight = 1 WHERE name IN ('ark', 'anyfast')")
        person.order(Wish("ark", f"{word} sent {shop.takes(600)}"))
        person.order(Wish("ark", f"{word} in line {shop.takes(1)}"))
        person.order(Wish("apimart", f"{word} task {shop.takes(20)}"))
        wait(lambda: states(old, word) == {"done": 3, "sending": 1, "queued": 1, "waiting": 1}, 60, old)
        pictures, more = originals(old), Wish("gateway", f"more of {uuid4().hex} {shop.takes(1)}")
        busy = threading.Thread(target=person.order, args=[more] * 3)
        busy.start()
        done = old.command("backup", str(tmp_path / "backups"))
        assert done.returncode == 0, done.stderr
        assert "It holds the keys" in done.stdout
        busy.join()
        old.query("UPDATE generations_provideraccount SET in_flight = 12")
        wait(lambda: shop.paid - before == 9, 60, old)  # what was in line is paid for after the backup was made
    old.end()
    new = new_studio()
    done = new.command("restore", str(tmp_path / "backups"))
    assert done.returncode == 0, done.stderr + done.stdout
    return new, word, pictures, before


def test_a_studio_comes_back_and_pays_nothing_twice(back: tuple[Studio, str, dict[str, str], int], shop: Provider, tmp_path: Path) -> None:
    new, word, pictures, before = back
    assert pictures.items() <= originals(new).items()
    assert new.command("fsck").stdout.strip() == "Everything fits together."
    assert new.command("journal", "verify").returncode == 0
    assert states(new, word) == {"done": 3, "unknown": 2, "waiting": 1}
    new.up("--patience", PATIENCE)
    wait(lambda: states(new, word) == {"done": 4, "unknown": 2}, 60, new)  # the task is asked for with the key from the backup
    new.rest()
    new.rest()
    assert shop.paid - before == 9
    held = f"SELECT count(*) FROM generations_generation WHERE prompt LIKE '%{word}%' AND status = 'unknown' AND held > 0"  # noqa: S608
    assert new.query(held) == 2
    refused = new.command("restore", str(tmp_path / "backups"), "--replace")
    assert "already runs" in refused.stderr
    assert new.stop() == 0
    again = new.command("restore", str(tmp_path / "backups"), "--replace")
    assert again.returncode == 0, again.stderr
    assert states(new, word) == {"done": 3, "unknown": 2, "waiting": 1}
    aside = max(new.folder.glob("before-restore-*/secrets"))
    assert (aside / "encryption_keys").read_text() == (new.folder / "secrets" / "encryption_keys").read_text()
    assert "unknown: ask the provider" in again.stdout
