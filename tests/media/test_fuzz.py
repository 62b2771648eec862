"""Whatever is done to a file, it is a picture or it is refused: nothing else ever comes out."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from generations.media import arrival
from generations.media.look import NotAPicture
from tests.media import pictures

SEEDS = [pictures.png(), pictures.png("P"), pictures.png("LA"), pictures.jpeg(), pictures.jpeg(progressive=True), pictures.webp()]
SEEDS += [pictures.turned(6), pictures.webp(lossless=True), pictures.sized_webp(96, 64), pictures.moving("PNG"), pictures.moving("WEBP")]

changes = st.lists(st.tuples(st.integers(0, 4000), st.binary(min_size=0, max_size=6), st.integers(0, 6)), max_size=6)


def changed(data: bytes, steps: list[tuple[int, bytes, int]]) -> bytes:
    for at, put, gone in steps:
        data = data[: at % len(data)] + put + data[at % len(data) + gone :] or b"?"
    return data


@given(st.sampled_from(SEEDS), changes)
def test_a_changed_file_is_a_picture_or_it_is_refused(data, steps):
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        file.write_bytes(changed(data, steps))
        try:
            taken = arrival.take_in(file, 1_000_000)
        except NotAPicture:
            return
    assert taken.facts.width * taken.facts.height <= 1_000_000
