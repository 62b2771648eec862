import io
import json
import zipfile
from struct import pack
from threading import BoundedSemaphore

import pytest
from PIL import Image, PngImagePlugin

from generations.media import clean, names
from generations.media.arrival import put_away, sha256
from generations.media.look import DAMAGED, EMPTY, FOREIGN, MOVING, WORDY, NotAPicture
from generations.media.pixels import kept_size
from generations.media.store import store
from generations.media.wash import wash
from tests.media import hostile, pictures, worst
from tests.media.pictures import chunk, seen
from tests.media.running import run

CANARY = b"4.8966E, 52.3600N"


@pytest.fixture
def given(desk):
    """A file from somebody."""

    def write(data: bytes):
        path = desk / "upload"
        path.write_bytes(data)
        return path

    return write


@pytest.fixture
def here(monkeypatch):
    """Cleaned without a process for it, where that is not what is looked at."""
    monkeypatch.setattr(clean, "ask", wash)


def segments(jpeg: bytes) -> set[int]:
    """The markers of a JPEG, to where its pixels begin; and that nothing follows its end."""
    found, at = set(), 2
    while (marker := jpeg[at + 1]) != 0xDA:
        found.add(marker)
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    assert jpeg.endswith(b"\xff\xd9")
    assert jpeg.count(b"\xff\xd9") == 1
    return found


def chunks(png: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(png):
        found.append(png[at + 4 : at + 8])
        at += 12 + int.from_bytes(png[at : at + 4], "big")
    return found


def photo() -> bytes:
    """With everything a camera, a program and an attacker write beside the pixels."""
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    exif.get_ifd(0x8825)[29] = CANARY.decode()
    exif.get_ifd(0x8769)[0x927C] = CANARY * 10  # the maker's own notes
    data = pictures.jpeg(exif=exif, comment=CANARY, xmp=b"<x:xmpmeta>" + CANARY, icc_profile=pictures.swapped_profile() + CANARY)
    iptc = b"\xff\xed" + pack(">H", 2 + 14 + len(CANARY)) + b"Photoshop 3.0\0" + CANARY
    return data[:2] + iptc + data[2:] + hostile.SCRIPT + CANARY + hostile.packed()


def drawing() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Location", CANARY.decode())
    text.add_text("Long", CANARY.decode() * 50, zip=True)
    text.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    text.add(b"prIV", b"<?php system($_GET['c']); ?>" + CANARY)
    text.add(b"afTR", CANARY, after_idat=True)
    return pictures.png(pnginfo=text, exif=b"Exif\0\0MM" + CANARY, icc_profile=pictures.swapped_profile()) + hostile.SCRIPT + CANARY


def test_nothing_of_a_photo_is_left_but_its_pixels(given):
    assert photo().count(CANARY) >= 7
    taken = clean.clean(given(photo()))
    data = taken.path.read_bytes()
    assert CANARY not in data
    assert segments(data) == {0xE0, 0xDB, 0xC0, 0xC4}  # JFIF, tables, the size
    assert (taken.facts.format, taken.facts.width, taken.facts.height, taken.facts.bytes) == ("jpeg", 96, 64, len(data))


def test_nothing_of_a_drawing_is_left_but_its_pixels(given):
    data = clean.clean(given(drawing())).path.read_bytes()
    assert (set(chunks(data)), chunks(data)[-1]) == ({b"IHDR", b"IDAT", b"IEND"}, b"IEND")


def test_nothing_is_left_of_an_archive_that_is_also_a_picture(given):
    both = photo()
    assert zipfile.is_zipfile(io.BytesIO(both))
    assert not zipfile.is_zipfile(clean.clean(given(both)).path)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pictures.png(), "png"),
        (pictures.jpeg(), "jpeg"),
        (pictures.webp(), "jpeg"),
        (pictures.saved(pictures.painting(mode="RGBA"), "WEBP"), "jpeg"),
        (pictures.saved(Image.new("RGBA", (64, 64), (255, 0, 0, 100)), "WEBP"), "png"),
        (pictures.png("1"), "png"),
        (pictures.png("LA"), "png"),
        (pictures.saved(pictures.painting(mode="CMYK"), "JPEG"), "jpeg"),
        (pictures.saved(pictures.painting(mode="L"), "JPEG"), "jpeg"),
        (pictures.saved(Image.new("I;16", (64, 64), 40_000), "PNG"), "png"),
    ],
)
def test_what_goes_out_is_what_every_provider_reads(here, given, data, kind):
    taken = clean.clean(given(data))
    found = seen(taken.path)
    assert (taken.facts.format, found.format, found.mode in ("RGB", "RGBA")) == (kind, kind.upper(), True)
    assert taken.path.name.endswith(kind)


@pytest.mark.parametrize(("orientation", "corner"), [(1, (255, 0, 0)), (3, (255, 255, 255)), (6, (0, 0, 255)), (8, (0, 255, 0))])
def test_a_photo_is_upright_and_says_so_no_more(here, given, orientation, corner):
    taken = clean.clean(given(pictures.turned(orientation)))
    found = seen(taken.path)
    assert found.size == (taken.facts.width, taken.facts.height) == ((96, 64) if orientation < 5 else (64, 96))
    assert max(abs(one - other) for one, other in zip(found.getpixel((8, 8)), corner, strict=True)) < 10
    assert dict(found.getexif()) == {}


def test_colours_are_said_in_srgb(here, given):
    data = pictures.png(icc_profile=pictures.swapped_profile())
    assert seen(clean.clean(given(data)).path).getpixel((5, 5))[1] > 250


def test_pixels_of_a_drawing_stay_exact(here, given):
    image = pictures.noise(300, 200)
    taken = clean.clean(given(pictures.saved(image, "PNG")))
    assert seen(taken.path).tobytes() == image.tobytes()


def test_the_same_file_twice_is_one_file(here, given):
    first, second = (clean.clean(given(photo())).sha256 for _time in range(2))
    assert first == second


def test_what_was_cleaned_is_put_away_like_every_picture(given):
    taken = clean.clean(given(photo()))
    assert taken.sha256 == sha256(taken.path)
    put_away(taken, names.reference)
    assert store().has(names.reference(taken.sha256, "jpeg"))
    assert all(store().has(names.derived(taken.sha256, side)) for side in names.SIDES)


def test_a_photo_becomes_no_heavier_than_engines_take_if_that_can_be(here, given, monkeypatch):
    data = pictures.saved(pictures.noise(600, 600), "JPEG", quality=80)
    free = clean.clean(given(data)).facts.bytes
    monkeypatch.setattr(clean, "FITTING", 150_000)
    assert clean.clean(given(data)).facts.bytes <= 150_000 < free


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", EMPTY),
        (hostile.SVG, FOREIGN),
        (pictures.jpeg()[:-300], DAMAGED),
        (pictures.moving("PNG"), MOVING),
        (pictures.drawn(8, 8, chunk(b"zTXt", b"Comment\0\0" + hostile.packed_zeros(300))), WORDY),
        (pictures.sized_png(60_000, 60_000), "Image has 3 600 megapixels; the limit is 36."),
    ],
)
def test_what_is_refused_is_refused_with_its_reason_and_leaves_nothing(given, desk, data, reason):
    with pytest.raises(NotAPicture) as refusal:
        clean.clean(given(data))
    assert str(refusal.value) == reason
    assert [path.name for path in desk.iterdir()] == ["upload"]


def test_a_file_that_is_too_heavy_is_not_even_opened(given):
    with pytest.raises(NotAPicture, match=r"File is 10\.1 MB; the limit is 10 MB\."):
        clean.clean(given(bytes(10 * 1024**2 + 1)), most_bytes=10 * 1024**2)


HOSTILE = {
    "a text bomb": (lambda: pictures.drawn(8, 8, chunk(b"zTXt", b"Comment\0\0" + hostile.packed_zeros(300))), 60),
    "1200 texts": (lambda: pictures.drawn(8, 8, chunk(b"tEXt", b"Comment\0" + b"x" * 60_000) * 1200), 120),
    "a profile bomb": (lambda: pictures.drawn(8, 8, chunk(b"iCCP", b"icc\0\0" + hostile.packed_zeros(300))), 60),
    "more pixels than announced": (lambda: pictures.drawn(8, 8, data=hostile.packed_zeros(300)), 60),
    "a vast png": (lambda: pictures.sized_png(60_000, 60_000), 60),
    "a vast webp": (lambda: pictures.sized_webp(16_383, 16_383), 60),
    "passes": (lambda: pictures.passes(2000), 60),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_has_little_memory_and_time(given, name):
    make, megabytes = HOSTILE[name]
    used, seconds, _answer = json.loads(run("peak", given(make())))
    assert used <= megabytes
    assert seconds <= 20


@pytest.mark.parametrize("name", worst.TAKEN)
def test_the_largest_pictures_have_little_memory_and_time_too(given, name):
    used, seconds, answer = json.loads(run("peak", given(worst.TAKEN[name]())))
    assert used <= 143  # 150 million bytes
    assert seconds <= 20
    assert answer["facts"]["width"] * answer["facts"]["height"] <= 26_000_000


def test_nor_does_it_take_more_to_mend_them(given):
    how = {"box": (0, 0, 5000, 5000), "aspect": 1.01, "light": 0.99}  # one after the other, and all of it each time
    used, seconds, answer = json.loads(run("peak", given(worst.blank(5000, 5000, 8, 6)), json.dumps(how)))
    assert used <= 143
    assert seconds <= 20
    assert (answer["facts"]["width"], answer["facts"]["height"]) == (5000, 4950)


@pytest.mark.parametrize("name", worst.REFUSED)
def test_what_would_take_more_is_told_its_limit(given, name):
    make, sentence = worst.REFUSED[name]
    with pytest.raises(NotAPicture) as refusal:
        clean.clean(given(make()))
    assert str(refusal.value) == sentence


def test_what_is_larger_than_any_use_becomes_smaller():
    assert kept_size((8000, 4000)) == (7211, 3605)


def test_who_comes_when_others_are_served_is_told_so(given, monkeypatch):
    monkeypatch.setattr(clean, "SLOTS", BoundedSemaphore(1))
    monkeypatch.setattr(clean, "PATIENCE", 0.02)
    with clean.SLOTS, pytest.raises(NotAPicture, match="busy with other images"):
        clean.clean(given(pictures.png()))


def test_a_disk_that_takes_nothing_is_not_the_pictures_fault(given, desk):
    path = given(pictures.png())
    (desk / "upload.png").mkdir()
    with pytest.raises(IsADirectoryError):
        clean.clean(path)


def test_whoever_opens_the_file_knows_no_secrets(monkeypatch):
    monkeypatch.setenv("STUDIO_SECRET_KEY", "secret")
    assert set(clean.surroundings()) <= {"PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONSAFEPATH", "MALLOC_ARENA_MAX"}


def test_a_part_is_cut_out_as_it_is_seen(here, given):
    taken = clean.crop(given(pictures.turned(6)), (0, 0, 32, 48))
    assert (taken.facts.width, taken.facts.height) == (32, 48)
    assert seen(taken.path).getpixel((16, 24))[2] > 240


def test_what_lies_outside_is_not_cut_out(here, given):
    taken = clean.crop(given(pictures.png()), (-50, 32, 1000, 1000))
    assert (taken.facts.width, taken.facts.height) == (96, 32)
    with pytest.raises(NotAPicture, match="Nothing of the image is left"):
        clean.crop(given(pictures.png()), (96, 0, 200, 10))


@pytest.mark.parametrize(("aspect", "size"), [(3.0, (192, 64)), (0.5, (96, 192)), (1.5, (96, 64)), (1 / 3, (96, 288)), (1.6, (103, 64))])
def test_a_border_makes_the_shape_an_engine_takes(here, given, aspect, size):
    taken = clean.pad(given(pictures.png()), aspect, "#102030")
    found = seen(taken.path)
    assert found.size == (taken.facts.width, taken.facts.height) == size
    assert found.getpixel((0, 0)) == ((255, 0, 0) if size == (96, 64) else (16, 32, 48))


def test_a_border_has_a_colour_and_an_end(here, given):
    path = given(pictures.drawn(3000, 10))
    with pytest.raises(ValueError, match="not a colour"):
        clean.pad(path, 1.0, "url(http://evil)")
    with pytest.raises(NotAPicture, match="Image has 9 megapixels; the limit is 8"):
        clean.pad(path, 1.0, most_pixels=8_000_000)
