"""Pictures that are left with the studio beforehand, as APIMart has it, and named in a request later."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image as Picture

from generations.calling import deposits
from generations.models import Membership, Scope, Team, Upload, User
from tests.cast import person
from tests.compat.program import LITE, Program, drawing, started
from tests.made import sandbox

pytestmark = pytest.mark.django_db
PATH = "/apimart/v1/uploads/images"


@pytest.fixture
def program(designer: User, team: Team) -> Program:
    sandbox("apimart/seedream-5.0-lite")
    return Program(designer, team)


@pytest.fixture
def left(program: Program) -> dict[str, Any]:
    """What the program is told of a picture that it left."""
    found: dict[str, Any] = program.send(PATH, file=drawing()).json()
    return found


def problem(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["message"]


def test_it_is_an_upload_of_the_programs_team(left: dict[str, Any], program: Program, team: Team) -> None:
    upload = Upload.objects.get()
    assert (upload.team, upload.user, upload.width, upload.height) == (team, program.token.user, 640, 480)
    assert set(left) == {"url", "filename", "content_type", "bytes", "created_at"}
    assert (left["content_type"], left["bytes"]) == ("image/png", upload.bytes)


def test_its_address_leads_to_the_cleaned_picture_for_whoever_has_it(left: dict[str, Any], program: Program) -> None:
    del program.client.defaults["HTTP_AUTHORIZATION"]
    content = program.client.get(left["url"]).content
    assert Picture.open(BytesIO(content)).size == (640, 480)


def test_its_address_is_good_for_three_days(left: dict[str, Any], program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert program.client.get(left["url"]).status_code == 404
    assert started(program.post("/apimart/v1/images/generations", LITE | {"image_urls": [left["url"]]})).references.count() == 1


def test_its_address_ends_with_the_membership_of_whoever_got_it(left: dict[str, Any], program: Program) -> None:
    Membership.objects.all().delete()
    assert program.client.get(left["url"]).status_code == 404


@pytest.mark.parametrize("change", [("~", "0~"), (".png", ".jpeg/"), ("/image/", "/image/x")])
def test_nobody_can_make_up_such_an_address(change: tuple[str, str], left: dict[str, Any], program: Program) -> None:
    assert program.client.get(left["url"].replace(*change)).status_code == 404
    assert program.client.get(left["url"].replace(left["filename"], f"{'0' * 64}.png")).status_code == 404


def test_named_in_a_request_it_is_taken_from_the_store(left: dict[str, Any], program: Program) -> None:
    """Nobody listens at the address; a call there would fail."""
    generation = started(program.post("/apimart/v1/images/generations", LITE | {"image_urls": [left["url"]]}))
    assert [one.upload for one in generation.references.all()] == [Upload.objects.get()]


def test_what_another_team_left_is_no_reference(left: dict[str, Any], stranger: User, other_team: Team) -> None:
    other = Program(stranger, other_team)
    status, said = problem(other.post("/apimart/v1/images/generations", LITE | {"image_urls": [left["url"]]}))
    assert (status, Upload.objects.count()) == (400, 1)
    assert said.startswith("Reference 1:")


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({}, 400, "The picture has to be a file in the field “file” of a form."),
        ({"file": "text"}, 400, "The picture has to be a file in the field “file” of a form."),
        ({"image": BytesIO(b"x")}, 400, "The picture has to be a file in the field “file” of a form."),
        ({"file": BytesIO(b"<svg></svg>")}, 400, "This is not a PNG, JPEG or WEBP image."),
    ],
)
def test_what_is_no_picture_is_refused_in_apimarts_words(fields: dict[str, Any], status: int, said: str, program: Program) -> None:
    assert problem(program.send(PATH, **fields)) == (status, said)
    assert not Upload.objects.exists()


def test_whoever_only_looks_leaves_nothing(team: Team, designer: User) -> None:
    assert Program(designer, team, (Scope.READ,)).send(PATH, file=drawing()).status_code == 403


def test_only_addresses_of_this_kind_name_a_picture() -> None:
    sha = "a" * 64
    assert deposits.named(f"/compat/apimart/f/image/1-2~3~4/{sha}.png") == sha
    for path in (f"/compat/apimart/f/image/{sha}.png", f"/f/image/x/{sha}.png", f"/compat/apimart/f/image/x/{sha}.exe", ""):
        assert deposits.named(path) == ""


def test_a_member_of_two_teams_reaches_only_what_is_the_pictures_teams(left: dict[str, Any], program: Program, other_team: Team) -> None:
    other = person("Tia Two", other_team, program.token.user.memberships.get().role)
    forged = deposits.signer.sign(f"{Upload.objects.get().pk}-{other.pk}")
    assert program.client.get(f"/compat/apimart/f/image/{forged}/{left['filename']}").status_code == 404
