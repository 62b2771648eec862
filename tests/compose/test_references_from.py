"""References from links and from the gallery, and who may use which."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from generations.compose import drafts
from generations.media import names, staging
from generations.media.arrival import put_away, take_in
from generations.models import Image, Team, Upload, User
from generations.uploading import links
from tests.cast import client_of
from tests.made import made, pictured
from tests.media.pictures import png
from tests.providers.conftest import authority, papers, public, serve, world  # noqa: F401  # fixtures
from tests.providers.server import World, drip, say
from tests.uploading.rows import row

pytestmark = pytest.mark.django_db

SCRIPT = {"X-Lane": "1"}
INSIDE = "This address is inside the server's network."
PARTS = "The link contains parts that are not allowed."


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.DATA, settings.STORAGE = tmp_path, tmp_path / "media"
    return tmp_path


@pytest.fixture
def client(designer: User) -> Client:
    return client_of(designer)


@pytest.fixture
def follow(client: Client, monkeypatch, world: World):  # noqa: F811
    """One link, in a world whose names lead to servers on this machine."""

    def act(link: str) -> tuple[int, str]:
        monkeypatch.setattr(links, "RULES", world.rules())
        answer = client.post("/uploads/", {"link": link}, headers=SCRIPT)
        return answer.status_code, answer.content.decode()

    return act


def untouched(folder: Path) -> bool:
    return not Upload.objects.exists() and not [path for path in folder.rglob("*") if path.is_file()]


# --- links ---


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        *((f"{scheme}://pictures.example/koi.png", "Only https links are accepted.") for scheme in ("http", "ftp", "file", "gopher")),
        *(
            (link, "Only https links are accepted.")
            for link in ("javascript:alert(1)", "data:image/png;base64,AAAA", "//x/koi.png", "koi.png")
        ),
        *((f"https://{host}/koi.png", INSIDE) for host in ("127.0.0.1", "[::1]", "10.0.0.1", "169.254.169.254", "[::ffff:a9fe:a9fe]")),
        *((f"https://{host}/koi.png", INSIDE) for host in ("0177.0.0.1", "[64:ff9b::a9fe:a9fe]", "[2002:a9fe:a9fe::]", "100.64.0.1")),
        *((f"https://{rest}", PARTS) for rest in ("user:pass@pictures.example/", "pictures.example:22/", "a\\@b/", "pic\ttures.example/")),
        ("https://pictures.example./koi.png", PARTS),
        ("https://pictures.example/" + "x" * 3000, "The link has 3 025 characters; the limit is 2 048."),
        ("https://nowhere.example/koi.png", "nowhere.example has no address."),
        ("https://аpple.example/koi.png", "xn--pple-43d.example has no address."),
    ],
)
def test_a_link_that_may_not_be_followed_is_not(link: str, sentence: str, follow, folder: Path, world: World):  # noqa: F811
    assert follow(link) == (422, sentence)
    assert not world.dialled
    assert untouched(folder)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (say(404), "The link answers with 404."),
        (say(302, location="https://127.0.0.1/"), "The link redirects to a place that is not allowed."),
        (say(302, location="/again"), "The link redirects to a place that is not allowed."),
        (say(body=b"<html>", content_type="text/html"), "The link leads to a page, not to a file."),
        (say(body=b"", content_length=str(5 * 1024**3)), "The answer has 5120 MB; the limit is 30 MB."),
        (say(body=b"not a picture", content_type="image/png"), "This is not a PNG, JPEG or WEBP image."),
    ],
)
def test_what_a_link_leads_to_is_said_in_one_line(answer: bytes, sentence: str, follow, public, folder: Path):  # noqa: F811
    public(lambda plug, _seen: plug.sendall(answer))
    assert follow("https://pictures.example/koi.png") == (422, sentence)
    assert untouched(folder)


def test_a_server_that_drips_is_given_up(follow, public, folder: Path, monkeypatch):  # noqa: F811
    monkeypatch.setattr(links, "SECONDS", 0.4)
    public(lambda plug, _seen: drip(plug, b"HTTP/1.1 200 So\r\n", *[b"x-drip: 1\r\n"] * 100))
    assert follow("https://pictures.example/koi.png") == (422, "No complete answer within 0.4 seconds.")
    assert untouched(folder)


def test_a_picture_behind_a_link_is_taken(follow, public, team: Team):  # noqa: F811
    public(lambda plug, _seen: plug.sendall(say(body=png(), content_type="image/png")))
    status, page = follow("https://pictures.example/a%20red/kite.png?size=large")
    upload = Upload.objects.get()
    assert (status, upload.team, upload.name) == (200, team, "kite.png")
    assert upload.sha256 in page


def test_slow_links_do_not_take_all_places(client: Client, monkeypatch):
    taken = [links.PAGES.acquire() for _ in range(3)]
    answer = client.post("/uploads/", {"link": "https://pictures.example/"}, headers=SCRIPT)
    for _ in taken:
        links.PAGES.release()
    assert (answer.status_code, answer.content.decode()) == (503, "The studio is following other links. Try again in a moment.")


# --- the gallery ---


@pytest.fixture
def picture(designer: User, team: Team) -> Image:
    """With its file."""
    with staging.desk() as desk:
        (desk / "came").write_bytes(png())
        taken = take_in(desk / "came")
        put_away(taken)
    return pictured(made(designer, team), sha256=taken.sha256, format="png")[0]


def test_an_image_of_the_gallery_becomes_a_reference(picture: Image, client: Client):
    answer = client.post("/uploads/", {"image": str(picture.uid)}, headers=SCRIPT)
    upload = Upload.objects.get()
    assert answer.status_code == 200
    assert (upload.name, upload.width) == ("A red kite above terraced tea fields", 96)
    assert upload.sha256 in answer.content.decode()


def test_from_another_page_it_waits_in_the_composer(picture: Image, client: Client, designer: User, team: Team):
    assert client.post("/uploads/", {"image": str(picture.uid)})["Location"] == "/"
    assert drafts.find(designer, team).references == (Upload.objects.get().sha256,)


def test_from_another_page_by_htmx_that_page_stays(picture: Image, client: Client):
    answer = client.post("/uploads/", {"image": str(picture.uid)}, headers={"HX-Request": "true"})
    assert "Added to the request as reference 1." in answer.content.decode()
    assert answer["HX-Reswap"] == "none"


def test_to_another_page_by_htmx_it_is_said_why_not(client: Client, folder: Path):
    answer = client.post("/uploads/", {"image": str(uuid4())}, headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert 'class="toast error"' in answer.content.decode()
    assert "This picture is not in the gallery any more." in answer.content.decode()


@pytest.mark.parametrize("whose", ["nobody", "foreign", "private", "trashed", "nonsense"])
def test_an_image_that_one_may_not_use_is_not_there(
    whose: str, client: Client, designer: User, team: Team, reviewer: User, stranger: User, other_team: Team
):
    uid = {
        "nobody": lambda: uuid4(),
        "foreign": lambda: pictured(made(stranger, other_team))[0].uid,
        "private": lambda: pictured(made(reviewer, team, private=True))[0].uid,
        "trashed": lambda: pictured(made(designer, team), trashed_at="2026-01-01T00:00Z")[0].uid,
        "nonsense": lambda: "' OR 1=1",
    }[whose]()
    answer = client.post("/uploads/", {"image": str(uid)}, headers=SCRIPT)
    assert (answer.status_code, answer.content.decode()) == (404, "This picture is not in the gallery any more.")


def test_an_image_whose_file_is_gone_says_so(client: Client, designer: User, team: Team):
    answer = client.post("/uploads/", {"image": str(pictured(made(designer, team))[0].uid)}, headers=SCRIPT)
    assert (answer.status_code, answer.content.decode()) == (404, "The file of this picture is missing. Tell whoever runs the studio.")


# --- who may ---


@pytest.mark.parametrize("field", ["reference", "crop", "pad", "lighten"])
def test_a_strangers_hash_proves_nothing(field: str, client: Client, stranger: User, other_team: Team):
    answer = client.post("/uploads/", {field: row(stranger, other_team).sha256}, headers=SCRIPT)
    assert (answer.status_code, answer.content.decode()) == (404, "This picture cannot be read; add it again.")


def test_a_picture_of_the_team_is_used_again_without_being_sent_again(client: Client, reviewer: User, team: Team):
    upload = row(reviewer, team, shared=True)
    before = upload.used_at
    assert client.post("/uploads/", {"reference": upload.sha256}, headers=SCRIPT).status_code == 200
    upload.refresh_from_db()
    assert upload.used_at > before


def test_viewers_give_nothing(viewer: User):
    for path in ("/uploads/", f"/uploads/{'a' * 64}/share/", f"/uploads/{'a' * 64}/forget/"):
        assert client_of(viewer).post(path).status_code == 403
    assert client_of(viewer).get("/references/").status_code == 403


def test_nobody_reads_a_form_of_somebody_unknown(folder: Path, settings):
    answer = Client(enforce_csrf_checks=True).generic("POST", "/uploads/", b"--edge", "multipart/form-data; boundary=edge")
    assert answer.status_code == 401


def test_a_form_without_its_token_changes_nothing(designer: User, folder: Path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(designer)
    assert client.post("/uploads/", {"reference": "a" * 64}, headers=SCRIPT).status_code == 403


def test_a_look_changes_nothing(client: Client):
    for path in ("/uploads/", f"/uploads/{'a' * 64}/share/", f"/uploads/{'a' * 64}/forget/"):
        assert client.get(path).status_code == 405


# --- its small picture ---


@pytest.fixture
def given(client: Client, picture: Image) -> Upload:
    client.post("/uploads/", {"image": str(picture.uid)}, headers=SCRIPT)
    return Upload.objects.get()


def test_the_small_picture_is_served_for_ever_and_as_nothing_else(given: Upload, viewer: User):
    answer = client_of(viewer).get(f"/uploads/{given.sha256}.webp")
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(answer).startswith(b"RIFF")


def test_it_is_not_there_for_another_team(given: Upload, stranger: User):
    assert client_of(stranger).get(f"/uploads/{given.sha256}.webp").status_code == 404


@pytest.mark.parametrize("path", ["%2e%2e", f"{'a' * 64}", f"{'A' * 64}", f"{'a' * 63}%00", "../../settings", f"{'a' * 64}/../x"])
def test_a_path_of_ones_own_leads_nowhere(path: str, client: Client):
    assert client.get(f"/uploads/{path}.webp").status_code == 404


def test_a_lost_small_picture_is_not_there(client: Client, designer: User, team: Team):
    assert client.get(f"/uploads/{row(designer, team).sha256}.webp").status_code == 404
    assert names.SIDES[0] == 320
