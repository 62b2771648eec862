from pathlib import Path

import pytest

from generations.media import look
from generations.media.look import Facts, NotAPicture
from tests.media import hostile, pictures


def facts(path: Path, data: bytes, most_pixels: int = look.UPLOADED) -> Facts:
    path.write_bytes(data)
    with look.opened(path, most_pixels) as image:
        look.decode(image)
        return Facts(str(image.format).lower(), *image.size, len(data))


def said(path: Path, data: bytes) -> str:
    try:
        return str(facts(path, data))
    except NotAPicture as nothing:
        return str(nothing)


@pytest.mark.parametrize(("kind", "data"), [("png", pictures.png()), ("jpeg", pictures.jpeg()), ("webp", pictures.webp())])
def test_the_three_formats_are_known_by_their_bytes(tmp_path, kind, data):
    assert facts(tmp_path / "picture.gif", data) == Facts(kind, 96, 64, len(data))


def test_what_is_no_picture_of_ours_is_refused_with_the_reason(tmp_path):
    refused = hostile.all_refused()
    assert {name: said(tmp_path / "file", data) for name, (data, _reason) in refused.items()} == {
        name: reason for name, (_data, reason) in refused.items()
    }


def test_figures_are_carried_apart_from_the_sentence(tmp_path):
    with pytest.raises(NotAPicture) as refusal:
        facts(tmp_path / "file", pictures.sized_png(60_000, 60_000))
    assert refusal.value.message == "Image has {megapixels} megapixels; the limit is {most}."
    assert refusal.value.values == {"megapixels": "3 600", "most": "36"}


def test_the_limit_is_the_callers(tmp_path):
    assert facts(tmp_path / "file", pictures.drawn(1000, 1000), 1_000_000).width == 1000
    with pytest.raises(NotAPicture, match="Image has 2 megapixels; the limit is 1"):
        facts(tmp_path / "file", pictures.drawn(1001, 1000), 1_000_000)


@pytest.mark.parametrize("lossless", [False, True])
def test_the_canvas_of_a_webp_is_known_before_it_is_opened(lossless):
    data = pictures.webp(lossless=lossless)
    assert look.canvas(data[12:30]) == 96 * 64
    assert look.canvas(pictures.sized_webp(300, 200)[12:30]) == 300 * 200


def test_a_photo_with_a_second_picture_inside_is_a_jpeg(tmp_path):
    frame = pictures.painting()
    telephone = pictures.saved(frame, "MPO", save_all=True, append_images=[frame])
    assert facts(tmp_path / "file", telephone).format == "jpeg"


def test_more_pixels_than_announced_cost_nothing(tmp_path):
    bomb = pictures.drawn(8, 8, data=hostile.packed_zeros(100))
    assert facts(tmp_path / "file", bomb).width == 8


def test_a_disk_that_cannot_be_read_is_not_the_pictures_fault(tmp_path):
    with pytest.raises(IsADirectoryError), look.opened(tmp_path, look.UPLOADED):
        pass
    with pytest.raises(FileNotFoundError), look.opened(tmp_path / "gone", look.UPLOADED):
        pass


def test_the_weight_of_a_file_has_a_limit(tmp_path):
    (tmp_path / "file").write_bytes(bytes(10 * 1024**2 + 1))
    look.refuse_heavy(tmp_path / "file", 10 * 1024**2 + 1)
    with pytest.raises(NotAPicture, match=r"File is 10\.1 MB; the limit is 10 MB\."):
        look.refuse_heavy(tmp_path / "file", 10 * 1024**2)
