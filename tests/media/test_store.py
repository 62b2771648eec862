"""What holds for a folder and for a bucket alike."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generations.media import names
from generations.media.store import store

pytestmark = pytest.mark.usefixtures("storage")

NAME = names.original("ab" * 32, "png")
OTHER = names.derived("ab" * 32, 320)


def staged(desk: Path, content: bytes = b"pixels", name: str = "picture") -> Path:
    path = desk / name
    path.write_bytes(content)
    return path


def test_what_is_kept_can_be_read_and_is_staged_no_longer(desk):
    path = staged(desk)
    store().keep(path, NAME)
    with store().open(NAME) as file:
        assert file.read() == b"pixels"
    assert (store().has(NAME), store().size(NAME), path.exists()) == (True, 6, False)


def test_one_can_seek_in_what_is_kept(desk):
    store().keep(staged(desk, b"0123456789"), NAME)
    with store().open(NAME) as file:
        file.seek(7)
        assert file.read() == b"789"


def test_keeping_the_same_twice_does_no_harm(desk):
    for _time in range(2):
        store().keep(staged(desk), NAME)
    assert [found.name for found in store().kept("o")] == [NAME]


def test_what_is_not_there_is_said(desk):
    assert not store().has(NAME)
    for ask in (store().size, store().open):
        with pytest.raises(FileNotFoundError):
            ask(NAME)


def test_what_is_removed_is_gone_and_may_be_removed_again(desk):
    store().keep(staged(desk), NAME)
    for _time in range(2):
        store().remove(NAME)
    assert not store().has(NAME)


def test_what_is_kept_is_listed_below_its_folder(desk):
    hashes = [f"{digit}{digit}" * 32 for digit in "20f1"]
    for number in hashes:
        store().keep(staged(desk), names.original(number, "png"))
    store().keep(staged(desk, b"small"), OTHER)
    assert [found.name for found in store().kept("o")] == sorted(names.original(number, "png") for number in hashes)
    assert [(found.name, found.bytes) for found in store().kept("d/320")] == [(OTHER, 5)]
    assert list(store().kept("r")) == []


def test_a_listing_says_when_a_file_came(desk):
    store().keep(staged(desk), NAME)
    (found,) = store().kept("o")
    assert abs(datetime.now(UTC) - found.changed) < timedelta(minutes=1)


def test_many_threads_keep_and_read_at_once(desk):
    def work(number: int) -> bytes:
        name = names.original(f"{number % 4:064x}", "png")
        store().keep(staged(desk, b"%d" % (number % 4) * 100_000, f"picture-{number}"), name)
        with store().open(name) as file:
            return file.read(1)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(32))) == [b"%d" % (number % 4) for number in range(32)]
    assert len(list(store().kept("o"))) == 4
