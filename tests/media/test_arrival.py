import hashlib
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from generations.media import arrival, names
from generations.media.arrival import put_away, take_in
from generations.media.look import NotAPicture
from generations.media.store import store
from tests.media import hostile, pictures
from tests.media.running import run


@pytest.fixture
def came(desk):
    """A file that a provider sent."""

    def write(data: bytes, name: str = "picture"):
        path = desk / name
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize(("kind", "data"), [("png", pictures.png()), ("jpeg", pictures.jpeg()), ("webp", pictures.webp())])
def test_what_came_stays_byte_for_byte(came, kind, data):
    taken = take_in(came(data))
    assert (taken.facts.format, taken.facts.width, taken.facts.height, taken.facts.bytes) == (kind, 96, 64, len(data))
    assert taken.sha256 == hashlib.sha256(data).hexdigest()
    assert taken.path.read_bytes() == data


def test_a_picture_is_kept_with_its_smaller_copies(came, storage):
    data = pictures.png()
    taken = take_in(came(data))
    put_away(taken)
    with store().open(names.original(taken.sha256, "png")) as file:
        assert file.read() == data
    assert all(store().has(names.derived(taken.sha256, side)) for side in names.SIDES)
    assert list(taken.path.parent.iterdir()) == []


def test_a_reference_is_kept_apart(came):
    taken = take_in(came(pictures.png()))
    put_away(taken, names.reference)
    assert [found.name for found in store().kept("r")] == [names.reference(taken.sha256, "png")]


def test_a_picture_that_is_there_has_its_copies(came, settings):
    taken = take_in(came(pictures.png()))
    taken.derived[320].unlink()
    with pytest.raises(FileNotFoundError):
        put_away(taken)
    assert not store().has(names.original(taken.sha256, "png"))
    assert taken.path.exists()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_what_a_camera_turned_is_upright(came, orientation):
    """The eight ways to hold a camera, and what is then seen in the upper left corner of what it wrote."""
    taken = take_in(came(pictures.turned(orientation)))
    seen = pictures.seen(taken.derived[320])
    assert seen.size == (taken.facts.width, taken.facts.height) == ((96, 64) if orientation < 5 else (64, 96))
    corners = ["red", "lime", "white", "blue", "red", "blue", "white", "lime"]
    assert nearest(seen.getpixel((8, 8))) == corners[orientation - 1]


def nearest(pixel) -> str:
    known = {"red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}
    return min(known, key=lambda name: sum(abs(one - other) for one, other in zip(pixel, known[name], strict=True)))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_has_copies(came, mode):
    grey = pictures.painting(mode="L").convert("I").point(lambda value: value * 257).convert("I;16")
    image = grey if mode == "I;16" else pictures.painting(mode=mode)
    taken = take_in(came(pictures.saved(image, "PNG")))
    assert pictures.seen(taken.derived[320]).convert("L").getpixel((90, 60)) > 250


def test_damage_is_found_although_a_jpeg_is_decoded_smaller(came):
    data = pictures.saved(pictures.painting(2600, 2600), "JPEG")
    assert take_in(came(data)).facts.width == 2600
    with pytest.raises(NotAPicture, match="cut off"):
        take_in(came(data[: len(data) * 9 // 10]))


def test_what_is_refused_leaves_nothing_but_itself(came, desk):
    for data in (b"", hostile.SVG, pictures.png()[:-20], pictures.jpeg()[:-200], pictures.moving("WEBP")):
        with pytest.raises(NotAPicture):
            take_in(came(data))
    assert [path.name for path in desk.iterdir()] == ["picture"]


def test_many_threads_take_in_at_once(came):
    images = [pictures.saved(pictures.painting(64 + number, 64), "PNG") for number in range(24)]
    paths = [came(data, f"picture-{number}") for number, data in enumerate(images)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(arrival.take_in, paths))
    assert [taken.facts.width for taken in found] == [64 + number for number in range(24)]
    assert [taken.sha256 for taken in found] == [hashlib.sha256(data).hexdigest() for data in images]


def test_a_picture_of_two_thousand_pixels_takes_eighty_megabytes_at_most(came):
    path = came(pictures.saved(pictures.painting(2048, 2048), "JPEG", quality=92))
    alone, many = (int(run("worker", path, threads)) for threads in (1, 8))
    assert alone <= 80
    assert many <= 80 + 40 * ((os.cpu_count() or 1) - 1)
