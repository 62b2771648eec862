from hashlib import sha256
from io import BytesIO
from urllib.parse import unquote

import pytest
from PIL import Image as Picture

from generations.media.metadata import MADE_BY_AI
from generations.models import Image, Team, User
from tests.cast import client_of
from tests.filed import filed
from tests.made import asked, made, pictured

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(designer: User, team: Team) -> Image:
    return pictured(made(designer, team))[0]


def get(user: User, image: Image, query: str = ""):
    return client_of(user).get(f"/images/{image.uid}/download/{query}")


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def named(answer) -> str:
    return unquote(answer["Content-Disposition"].partition("''")[2] or answer["Content-Disposition"].partition('"')[2].rstrip('"'))


@pytest.mark.parametrize("form", ["png", "jpeg", "webp"])
def test_the_original_comes_byte_for_byte(form: str, designer: User, image: Image):
    content = filed(image, form)
    answer = get(designer, image)
    assert body(answer) == content
    assert sha256(content).hexdigest() == image.sha256
    assert answer["Content-Type"] == f"image/{form}"
    assert answer["Content-Disposition"].startswith("attachment")


def test_its_name_is_the_prompt_and_a_number(designer: User, image: Image):
    filed(image)
    assert named(get(designer, image)) == f"A red kite above terraced tea fields {str(image.uid)[:8]}.jpg"


NASTY = {
    "../../etc/passwd": "etc passwd",
    "a\x00.png": None,  # refused before it is stored
    "CON": "_CON",
    "nul.txt and more": "_nul.txt and more",
    "x" * 5000: "x" * 80,
    "kite\r\nSet-Cookie: a=b": "kite Set-Cookie a=b",
    "\u202egnp.exe": "gnp.exe",
    ".htaccess": "htaccess",
    "-rf": "rf",
    'say "hi" <b>|?*': "say hi b",
    "红色风筝 👩\u200d🚀 é": "红色风筝 👩🚀 é",
    "100% cotton; x=y": "100 cotton; x=y",
    "...": "",
}


@pytest.mark.parametrize("prompt", [prompt for prompt, name in NASTY.items() if name is not None])
def test_a_name_is_one_that_every_system_takes(prompt: str, designer: User, team: Team):
    [image] = pictured(made(designer, team, request=asked(prompt)))
    filed(image)
    answer = get(designer, image)
    assert named(answer) == f"{NASTY[prompt]} {str(image.uid)[:8]}.jpg".lstrip()
    assert "Set-Cookie" not in answer.headers or "a=b" not in answer["Set-Cookie"]


@pytest.mark.parametrize("form", ["png", "jpeg", "webp"])
def test_a_copy_says_how_it_was_made(form: str, designer: User, image: Image):
    content = filed(image)
    copy = Picture.open(BytesIO(body(get(designer, image, f"?format={form}"))))
    packet = copy.info["xmp"].decode()
    assert (copy.format or "").lower() == form
    for told in [MADE_BY_AI, "Seedream 5.0 Lite (apimart/seedream-5.0-lite)", "A red kite", "Seedbed", image.sha256]:
        assert told in packet, told
    assert body(get(designer, image)) == content


def test_a_copy_is_as_large_as_was_chosen(designer: User, image: Image):
    filed(image, size=(1600, 900))
    copy = Picture.open(BytesIO(body(get(designer, image, "?side=640"))))
    assert (copy.size, copy.format) == ((640, 360), "JPEG")


def test_where_words_may_not_travel_they_do_not(designer: User, team: Team, image: Image):
    Team.objects.filter(pk=team.pk).update(prompt_travels=False)
    filed(image)
    packet = Picture.open(BytesIO(body(get(designer, image, "?format=webp")))).info["xmp"].decode()
    assert MADE_BY_AI in packet
    assert "kite" not in packet


@pytest.mark.parametrize("query", ["?format=gif", "?format=../x", "?side=9999999", "?side=-1", "?side=x", "?format=png&side=641"])
def test_what_nobody_offers_is_refused(query: str, designer: User, image: Image):
    filed(image)
    assert get(designer, image, query).status_code == 400


def test_only_smaller_copies_are_offered(designer: User, image: Image):
    filed(image, size=(1400, 700))
    page = client_of(designer).get(f"/images/{image.uid}/").content.decode()
    assert '<option value="1280">' in page
    assert '<option value="1920">' not in page


def test_content_credentials_in_the_file_are_mentioned(designer: User, image: Image, monkeypatch: pytest.MonkeyPatch):
    filed(image)
    assert "Content Credentials" not in client_of(designer).get(f"/images/{image.uid}/").content.decode()
    monkeypatch.setattr("generations.gallery.inspector.has_credentials", lambda file: True)
    filed(image, size=(300, 300))
    assert "Content Credentials present" in client_of(designer).get(f"/images/{image.uid}/").content.decode()


def test_a_strangers_image_and_a_lost_file_are_not_there(designer: User, stranger: User, image: Image):
    assert get(designer, image).status_code == 404
    filed(image)
    assert get(stranger, image).status_code == 404
    assert get(stranger, image, "?format=png").status_code == 404


def test_the_web_server_in_front_of_us_sends_it_where_there_is_one(designer: User, image: Image, settings):
    filed(image)
    settings.ACCEL = "/pictures/"
    answer = get(designer, image)
    assert answer["X-Accel-Redirect"].startswith("/pictures/o/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert not answer.content
