"""Whatever is done to a file, it is a picture or it is refused: nothing else ever comes out."""

from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import compress

from hypothesis import given, settings
from hypothesis import strategies as st

from generations.media import arrival, pixels
from generations.media.look import NotAPicture
from tests.media import pictures, worst
from tests.media.pictures import PNG, chunk, header

SEEDS = [pictures.png(), pictures.png("P"), pictures.png("LA"), pictures.jpeg(), pictures.jpeg(progressive=True), pictures.webp()]
SEEDS += [pictures.turned(6), pictures.webp(lossless=True), pictures.sized_webp(96, 64), pictures.moving("PNG"), pictures.moving("WEBP")]
DRAWN = [worst.blank(30, 20, depth, kind, woven) for depth, kind in [(16, 6), (8, 3), (1, 0), (16, 0)] for woven in (False, True)]

changes = st.lists(st.tuples(st.integers(0, 4000), st.binary(min_size=0, max_size=6), st.integers(0, 6)), max_size=6)


def changed(data: bytes, steps: list[tuple[int, bytes, int]]) -> bytes:
    for at, put, gone in steps:
        data = data[: at % len(data)] + put + data[at % len(data) + gone :] or b"?"
    return data


@settings(deadline=None)  # how busy the machine is does not matter
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


@settings(deadline=None)
@given(st.sampled_from([*SEEDS, *DRAWN]), changes)
def test_a_changed_file_that_somebody_uploads_is_a_picture_or_it_is_refused(data, steps):
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        file.write_bytes(changed(data, steps))
        try:
            image, _kind = pixels.pixels(file, 1_000_000)
        except NotAPicture:
            return
    assert image.width * image.height <= 1_000_000


@settings(deadline=None)
@given(st.sampled_from([2, 3, 4, 6, 0]), st.sampled_from([1, 2, 4, 8, 16]), st.binary(max_size=600), st.binary(max_size=60))
def test_pixels_of_any_kind_are_a_picture_or_they_are_refused(kind, depth, lines, beside):
    """With all its checksums right."""
    data = (
        PNG
        + header(11, 9, depth, kind)
        + chunk(b"PLTE", beside)
        + chunk(b"tRNS", beside)
        + chunk(b"IDAT", compress(lines))
        + chunk(b"IEND")
    )
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        file.write_bytes(data)
        try:
            image, _kind = pixels.pixels(file, 1_000_000)
        except NotAPicture:
            return
    assert image.size == (11, 9)
