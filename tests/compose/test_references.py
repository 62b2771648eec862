"""What may become a reference, through the real view: the sentence, the status, and that nothing was written."""

import io
import time
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from generations.media import names
from generations.media.look import DAMAGED, EMPTY, FOREIGN, MOVING, WORDY
from generations.media.store import store
from generations.models import Team, Upload, User
from generations.uploading import keep
from tests.cast import client_of
from tests.made import ENGINE
from tests.media import worst
from tests.media.hostile import all_refused
from tests.media.pictures import jpeg, painting, png, saved, turned, webp
from tests.uploading.rows import row

pytestmark = pytest.mark.django_db

SCRIPT = {"X-Lane": "1"}
EDGE = "multipart/form-data; boundary=edge"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.DATA, settings.STORAGE = tmp_path, tmp_path / "media"
    return tmp_path


@pytest.fixture
def client(designer: User) -> Client:
    return client_of(designer)


def give(client: Client, content: bytes | None = None, name: str = "koi.png", **fields: Any):
    """As static/js/references.js does it."""
    file = {} if content is None else {"file": SimpleUploadedFile(name, content)}
    return client.post("/uploads/", {"engine": f"{ENGINE}@1", **fields, **file}, headers=SCRIPT)


def untouched(folder: Path) -> bool:
    return not Upload.objects.exists() and not [path for path in folder.rglob("*") if path.is_file()]


# --- files ---

SHOWN = [
    *("nothing", "text", "a page", "data", "a document", "an archive", "a drawing", "GIF", "AVIF", "HEIC"),
    *("half a png", "half a jpeg", "a checksum of the pixels", "0 x 0 png", "APNG", "a text bomb"),
    *("a PNG of 3600 megapixels", "a PNG of 100 megapixels"),
]


@pytest.fixture(scope="module")
def refused() -> dict[str, tuple[bytes, str]]:
    return all_refused()


@pytest.mark.parametrize("name", SHOWN)
def test_a_file_that_is_no_picture_gets_its_sentence(name: str, refused: dict[str, tuple[bytes, str]], client: Client, folder: Path):
    content, sentence = refused[name]
    answer = give(client, content)
    assert (answer.status_code, answer.content.decode()) == (422, sentence)
    assert untouched(folder)


@pytest.mark.parametrize("name", ["WEBP", "WEBP that is heavy", "JPEG, progressive", "a single endless line"])
def test_what_would_take_too_much_memory_is_told_its_limit(name: str, client: Client, folder: Path):
    make, sentence = worst.REFUSED[name]
    answer = give(client, make())
    assert (answer.status_code, answer.content.decode()) == (422, sentence)
    assert untouched(folder)


def test_the_sentences_are_those_of_the_catalogue_of_bad_inputs():
    assert [EMPTY, FOREIGN, DAMAGED, MOVING, WORDY] == [
        "The file is empty.",
        "This is not a PNG, JPEG or WEBP image.",
        "The image is damaged (cut off).",
        "Animated images are not supported.",
        "The image carries too much text beside the picture.",
    ]


def test_a_file_over_the_limit_is_refused_with_the_figures(client: Client, folder: Path):
    answer = give(client, bytes(30 * 1024**2 + 1))
    assert (answer.status_code, answer.content.decode()) == (413, "File is 30.1 MB; the limit is 30 MB.")
    assert untouched(folder)


def test_two_gigabytes_are_refused_unread(client: Client, folder: Path):
    answer = client.generic("POST", "/uploads/", b"x", EDGE, CONTENT_LENGTH=str(2 * 1024**3), headers=SCRIPT)
    assert (answer.status_code, answer.content.decode()) == (413, "The files have 2048 MB; the limit is 256 MB at once.")
    assert untouched(folder)


# --- broken forms ---


def part(head: str, body: bytes = b"") -> bytes:
    return f"--edge\r\n{head}\r\n\r\n".encode() + body + b"\r\n"


FILE = 'Content-Disposition: form-data; name="file"; filename="koi.png"'
FORMS = {
    "no file name": part('Content-Disposition: form-data; name="file"', b"pixels"),
    "no name at all": part("Content-Disposition: form-data", b"pixels"),
    "a heading of nothing": part("", b"pixels"),
    "a name of folders": part(FILE.replace("koi.png", "../"), b"pixels"),
    "an endless name": part(FILE.replace("koi", "k" * 5000), b"pixels"),
    "no end": part(FILE, b"pixels")[:-4],
    "blanks as base64": part(f"{FILE}\r\nContent-Transfer-Encoding: base64", b" " * 4 * 1024**2 + b"A"),
    "no parts": b"",
    "something else": b"not a form at all",
}


@pytest.mark.parametrize("body", FORMS.values(), ids=FORMS)
def test_a_broken_form_is_refused_at_once(body: bytes, client: Client, folder: Path):
    began = time.monotonic()
    answer = client.generic("POST", "/uploads/", body + b"--edge--\r\n", EDGE, headers=SCRIPT)
    assert answer.status_code in (400, 422)
    assert answer.content.decode() in ("There is no picture in this.", "The form could not be read. Send it again.", FOREIGN)
    assert time.monotonic() - began < 1.5
    assert untouched(folder)


def test_a_form_without_its_edge_is_refused(client: Client):
    assert client.generic("POST", "/uploads/", b"--edge--", "multipart/form-data", headers=SCRIPT).status_code == 400


@pytest.mark.parametrize("fields", [{f"f{n}": "x" for n in range(1001)}, {"file": [SimpleUploadedFile("a.png", b"a") for _ in range(101)]}])
def test_too_many_fields_are_not_read(fields: dict[str, Any], client: Client, folder: Path):
    answer = client.post("/uploads/", fields, headers=SCRIPT)
    assert (answer.status_code, answer.content.decode()) == (400, "Too many fields.")
    assert untouched(folder)


def test_a_form_of_five_megabytes_of_text_is_too_large(client: Client):
    answer = client.post("/uploads/", {"prompt": "x" * 5 * 1024**2}, headers=SCRIPT)
    assert (answer.status_code, answer.content.decode()) == (413, "Form is too large.")


def test_where_half_of_the_threads_take_in_pictures_no_form_is_read(client: Client, folder: Path, monkeypatch):
    monkeypatch.setattr(keep, "PLACES", BoundedSemaphore(1))
    with keep.place():
        answer = client.generic("POST", "/uploads/", b"not a form at all", EDGE, headers=SCRIPT)
    assert (answer.status_code, answer.content.decode()) == (503, "The studio is busy with other images. Try again in a moment.")
    assert untouched(folder)
    assert give(client, png()).status_code == 200


def test_an_upload_that_breaks_off_leaves_nothing(client: Client, folder: Path):
    whole = part(FILE, png())
    answer = client.generic("POST", "/uploads/", whole[: len(whole) // 2], EDGE, headers=SCRIPT)
    assert answer.status_code == 422
    assert untouched(folder)


# --- what is taken ---


@pytest.mark.parametrize(("content", "kind"), [(jpeg(), "jpeg"), (png(), "png"), (webp(), "jpeg")])
def test_a_picture_becomes_an_upload_of_the_team(content: bytes, kind: str, client: Client, designer: User, team: Team):
    answer = give(client, content, "Tea tin.webp")
    upload = Upload.objects.get()
    assert answer.status_code == 200
    assert (upload.user, upload.team, upload.name, upload.format, upload.width, upload.height) == (
        designer,
        team,
        "Tea tin.webp",
        kind,
        96,
        64,
    )
    assert f'name="references" value="{upload.sha256}"' in answer.content.decode()


def test_what_is_kept_has_nothing_but_pixels_and_stands_upright(client: Client):
    give(client, turned(6) + b"<script>alert(1)</script>")
    upload = Upload.objects.get()
    with store().open(names.reference(upload.sha256, upload.format)) as file:
        kept = file.read()
    assert (upload.width, upload.height) == (64, 96)
    assert b"script" not in kept
    assert not Image.open(io.BytesIO(kept), formats=["JPEG"]).getexif()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("CON.png", "CON.png"),
        ("k" * 900 + ".png", "k" * 120),
        ("a\u202egnp.exe", "agnp.exe"),
        (".htaccess", "htaccess"),
        ("-rf.png", "rf.png"),
        ("<b>&.png", "<b>&.png"),
        ("参考图.png", "参考图.png"),
    ],
)
def test_a_name_is_cleaned_cut_and_only_shown(given: str, shown: str, client: Client, folder: Path, settings):
    file = SimpleUploadedFile("x", png())
    file._name = given
    page = client.post("/uploads/", {"file": file}, headers=SCRIPT).content.decode()
    assert Upload.objects.get().name == shown
    assert "<b>" not in page.replace("<b data-place>", "")
    assert all(path.stem.split(".")[0] == Upload.objects.get().sha256 for path in settings.STORAGE.rglob("*.*"))


def test_the_same_picture_is_kept_once(client: Client, settings):
    give(client, png())
    files = sorted(settings.STORAGE.rglob("*.*"))
    assert give(client, png(), "again.png").status_code == 200
    assert Upload.objects.count() == 1
    assert sorted(settings.STORAGE.rglob("*.*")) == files


def test_the_same_picture_is_a_reference_once(client: Client):
    give(client, png())
    answer = give(client, png(), references=["f" * 64, Upload.objects.get().sha256])
    assert (answer.status_code, answer.content.decode()) == (422, "This picture is here already, as reference 2.")


def test_a_lost_file_is_there_again_when_somebody_gives_it_again(client: Client):
    give(client, png())
    upload = Upload.objects.get()
    store().remove(names.reference(upload.sha256, "png"))
    give(client, png())
    assert store().has(names.reference(upload.sha256, "png"))


def test_a_full_team_is_told_how_full(client: Client, designer: User, team: Team, settings):
    settings.TEAM_QUOTA = 20
    row(designer, team, bytes=20 * 1024**3)
    answer = give(client, png())
    assert (answer.status_code, answer.content.decode()) == (422, "Your team uses 20.0 of 20 GB. Remove pictures from the library.")


def test_another_teams_pictures_do_not_count(client: Client, stranger: User, other_team: Team):
    row(stranger, other_team, bytes=20 * 1024**3)
    assert give(client, png()).status_code == 200


# --- what the engine says to it ---


def test_a_picture_too_wide_for_the_engine_is_said_to_be_so_at_once(client: Client):
    page = give(client, saved(painting(400, 40), "PNG")).content.decode()
    assert "is 400x40; Seedream 5.0 Lite takes width to height from 1:3 to 3:1. Crop or pad it." in page
    assert 'data-mend="crop"' in page
    assert "120 × 40" in page
    assert "400 × 134" in page


def test_a_picture_too_small_for_the_engine_is_said_to_be_so_at_once(client: Client):
    """Row 46."""
    page = give(client, saved(painting(14, 14), "PNG")).content.decode()
    assert "is 14x14; each side needs at least 15 pixels." in page


@pytest.mark.parametrize(("how", "size"), [("crop", (120, 40)), ("pad", (400, 134))])
def test_it_is_made_to_fit_by_the_server(how: str, size: tuple[int, int], client: Client):
    give(client, saved(painting(400, 40), "PNG"))
    wide = Upload.objects.get()
    answer = give(client, **{how: wide.sha256, "references": [wide.sha256], "end": "start"})
    fitting = Upload.objects.latest("pk")
    assert (fitting.width, fitting.height) == size
    assert "faulty" not in answer.content.decode()


def test_the_part_that_was_chosen_is_kept(client: Client):
    give(client, saved(painting(400, 40), "PNG"))
    give(client, crop=Upload.objects.get().sha256, end="end")
    upload = Upload.objects.latest("pk")
    with store().open(names.reference(upload.sha256, "png")) as file, Image.open(file, formats=["PNG"]) as image:
        assert image.getpixel((5, 5)) == (0, 255, 0)


def test_a_picture_of_too_many_bytes_is_made_lighter(client: Client):
    give(client, png("RGBA"))
    Upload.objects.update(bytes=11 * 1024**2)
    give(client, lighten=Upload.objects.get().sha256)
    lighter = Upload.objects.latest("pk")
    assert (lighter.format, lighter.width, lighter.height) == ("jpeg", 96, 64)


@pytest.mark.parametrize("how", ["crop", "pad", "lighten"])
def test_what_fits_is_not_changed(how: str, client: Client, designer: User, team: Team):
    answer = give(client, **{how: row(designer, team).sha256})
    assert (answer.status_code, answer.content.decode()) == (422, "The engine takes this picture as it is.")
