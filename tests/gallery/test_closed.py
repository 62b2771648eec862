"""A team that keeps its originals closed: everybody, in every state of an image, on every way to its bytes."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from PIL import Image as Picture

from generations import collecting, reviewing, search
from generations.media.store import store
from generations.models import Collection, Image, JournalLine, Review, Role, Team, Upload, User, Verdict
from generations.people import add_member
from tests.cast import client_of, person
from tests.filed import filed
from tests.made import made, pictured
from tests.outside.given import given as share
from tests.outside.given import page_of

pytestmark = pytest.mark.django_db

LARGE, SMALL, TINY = (1600, 90), (1280, 72), (640, 36)
STATES = ["", *Review.values]
Way = Callable[[Client, Image], bool]


@pytest.fixture(autouse=True)
def sealed(team: Team) -> Team:
    team.sealed = True
    team.save()
    return team


def hung(user: User, team: Team, review: str = "", size: tuple[int, int] = LARGE, count: int = 1) -> list[Image]:
    images = pictured(made(user, team), count)
    for image in images:
        filed(image, "png", size)
        if review:
            reviewing.ask(Image.objects.filter(pk=image.pk), user, team)
    Image.objects.filter(pk__in=[one.pk for one in images]).update(review=review)
    search.renew([one.pk for one in images])
    return [Image.objects.get(pk=one.pk) for one in images]


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def given(client: Client, path: str, **form: str) -> bytes:
    answer = client.post(path, form) if form else client.get(path)
    return body(answer) if answer.status_code == 200 and not answer["Content-Type"].startswith("text/html") else b""


def preview(client: Client, image: Image, side: int = 1280) -> Picture.Image:
    return Picture.open(io.BytesIO(given(client, f"/images/{image.uid}/{side}.webp")))


def as_large(client: Client, image: Image) -> bool:
    """Is any of its copies as large as the original itself?"""
    return max(max(preview(client, image, side).size) for side in (320, 640, 1280)) >= max(image.width or 0, image.height or 0)


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def leads_on(client: Client, image: Image) -> bool:
    found = "".join(page(client, f"/images/{image.uid}/{end}") for end in ("", "inspector/"))
    return bool(re.search(rf"/images/{image.uid}/(original|download)", found))


def by_link(client: Client, image: Image) -> bool:
    """By an address of the bucket, which is asked for after the question who may."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(store()), "link", lambda self, name, seconds: f"https://bucket.example/{name}")
        return client.get(f"/images/{image.uid}/original").status_code == 302


def by_the_web_server(client: Client, image: Image) -> bool:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.ACCEL", "/pictures/")
        answers = [client.get(f"/images/{image.uid}/{end}") for end in ("original", "download/")]
        return any(answer.headers.get("X-Accel-Redirect") for answer in answers)


def in_pieces(client: Client, image: Image) -> bool:
    answer = client.get(f"/images/{image.uid}/original", headers={"range": "bytes=0-9"})
    return answer.status_code == 206 and len(body(answer)) == 10


def in_a_zip(client: Client, image: Image) -> bool:
    return bool(given(client, "/gallery/zip/", image=str(image.uid), left="1"))


def in_a_collection(client: Client, image: Image) -> bool:
    collection = Collection.objects.create(team=image.team, user=image.user, name="Spring")
    collecting.place(collection.pk, [image.pk])
    return bool(given(client, f"/gallery/zip/?collection={collection.uid}&left=1"))


def compared(client: Client, image: Image) -> bool:
    views = (page(client, f"/compare/?a={image.uid}&b={image.uid}&view={view}") for view in ("slider", "side"))
    return any("data-original-src" in view for view in views)


WAYS: dict[str, Way] = {
    "the original": lambda client, image: bool(given(client, f"/images/{image.uid}/original")),
    "a download": lambda client, image: bool(given(client, f"/images/{image.uid}/download/")),
    "a copy in another format": lambda client, image: bool(given(client, f"/images/{image.uid}/download/?format=jpeg")),
    "a smaller copy": lambda client, image: bool(given(client, f"/images/{image.uid}/download/?side=640")),
    "a piece of it": in_pieces,
    "only asking": lambda client, image: client.head(f"/images/{image.uid}/original").status_code == 200,
    "a bucket": by_link,
    "the web server in front": by_the_web_server,
    "a ZIP": in_a_zip,
    "a collection's ZIP": in_a_collection,
    "comparing": compared,
    "the lightbox and the inspector": leads_on,
}


@pytest.mark.parametrize("role", Role)
def test_everybody_gets_what_their_role_and_its_state_give(role: Role, designer: User, team: Team):
    client = client_of(designer if role == Role.DESIGNER else person(f"{role.value.title()} Somebody", team, role))
    for state in STATES:
        [image] = hung(designer, team, state)
        opened = state == Review.APPROVED or role in (Role.REVIEWER, Role.ADMIN)
        assert {name: way(client, image) for name, way in WAYS.items()} == dict.fromkeys(WAYS, opened), state


@pytest.mark.parametrize(("size", "largest"), [(LARGE, 1280), (SMALL, 640), (TINY, 320)])
def test_no_copy_is_as_good_as_a_closed_original(size: tuple[int, int], largest: int, designer: User, reviewer: User, team: Team):
    author, decider = client_of(designer), client_of(reviewer)
    for state in STATES:
        [image] = hung(designer, team, state, size)
        assert max(preview(decider, image).size) == min(1280, max(size)), state
        assert max(preview(author, image).size) == (min(1280, max(size)) if state == Review.APPROVED else largest), state
        assert as_large(author, image) == (state == Review.APPROVED and max(size) <= 1280), state


def test_a_copy_that_gives_way_to_a_larger_one_is_asked_for_again(designer: User, reviewer: User, team: Team):
    [image] = hung(designer, team, size=SMALL)
    client = client_of(designer)
    before = client.get(f"/images/{image.uid}/1280.webp")
    reviewing.decide(image, Verdict.APPROVED, "", reviewer, 0)
    after = client.get(f"/images/{image.uid}/1280.webp", headers={"if-none-match": before["ETag"]})
    assert before["Cache-Control"] == "private, no-cache"
    assert after.status_code == 200
    assert "immutable" in after["Cache-Control"]


def test_a_decision_opens_and_closes_at_once(designer: User, reviewer: User, team: Team):
    [image] = hung(designer, team)
    client = client_of(designer)
    states = [WAYS["the original"](client, image)]
    reviewing.decide(image, Verdict.APPROVED, "", reviewer, 0)
    states.append(WAYS["the original"](client, image))
    reviewing.take_back(image, reviewer, 1)
    states.append(WAYS["the original"](client, image))
    assert states == [False, True, False]


def test_it_is_said_why(designer: User, team: Team):
    [image] = hung(designer, team)
    for end in ("original", "download/", "download/?format=png"):
        answer = client_of(designer).get(f"/images/{image.uid}/{end}")
        assert answer.status_code == 403
        assert "The original opens when the image is approved." in answer.content.decode()
    assert "The original opens when it is approved" in page(client_of(designer), f"/images/{image.uid}/")


def test_strangers_learn_nothing_from_it(stranger: User, designer: User, team: Team):
    [image] = hung(designer, team)
    answers = [client_of(stranger).get(f"/images/{image.uid}/{end}") for end in ("original", "download/", "1280.webp")]
    assert {answer.status_code for answer in answers} == {404}


def test_the_role_counts_in_the_team_of_the_image(designer: User, team: Team, other_team: Team):
    add_member(designer, other_team, Role.ADMIN)
    [image] = hung(designer, team)
    client = client_of(designer)
    client.post("/team/switch/", {"team": other_team.slug})
    assert not WAYS["the original"](client, image)


def test_a_team_that_closes_nothing_opens_everything(designer: User, team: Team):
    Team.objects.update(sealed=False)
    [image] = hung(designer, team, size=TINY)
    client = client_of(designer)
    assert all(way(client, image) for way in WAYS.values())
    assert as_large(client, image)


# --- many at once ---


def opened(answer) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.fixture
def mixed(designer: User, team: Team) -> list[Image]:
    """Two approved, three not."""
    return [*hung(designer, team, Review.APPROVED, count=2), *hung(designer, team, count=2), *hung(designer, team, Review.REJECTED)]


def chosen(images: list[Image], **more: str) -> dict[str, str]:
    return {"image": " ".join(str(image.uid) for image in images), **more}


def test_before_a_download_it_is_said_how_many_stay(designer: User, mixed: list[Image]):
    shown = client_of(designer).post("/gallery/zip/", chosen(mixed)).content.decode()
    assert "3 of 5 are not approved yet and stay here." in shown
    assert "Download the other 2" in shown
    assert all(str(image.uid) in shown for image in mixed)
    assert not JournalLine.objects.filter(deed="export").exists()


def test_a_zip_names_those_that_stayed(designer: User, mixed: list[Image]):
    archive = opened(client_of(designer).post("/gallery/zip/", chosen(mixed, left="3")))
    names = archive.namelist()
    said = archive.read("not-approved.txt").decode()
    assert len(names) == 3
    assert all(str(image.uid)[:8] in said for image in mixed[2:])
    assert JournalLine.objects.get(deed="export").details == {"images": 2}


def test_who_was_told_another_number_is_told_again(designer: User, mixed: list[Image]):
    answer = client_of(designer).post("/gallery/zip/", chosen(mixed, left="2"))
    assert "3 of 5 are not approved yet" in answer.content.decode()


def test_where_nothing_is_open_there_is_nothing_to_download(designer: User, mixed: list[Image]):
    shown = client_of(designer).post("/gallery/zip/", chosen(mixed[2:], left="3")).content.decode()
    assert "3 of 3 are not approved yet" in shown
    assert "Download the other" not in shown


def test_a_reviewer_takes_all_of_them(reviewer: User, mixed: list[Image]):
    assert len(opened(client_of(reviewer).post("/gallery/zip/", chosen(mixed))).namelist()) == 5


# --- references, and people outside ---


def test_as_a_reference_it_goes_to_a_provider_and_only_small_to_people(designer: User, team: Team):
    [image] = hung(designer, team)
    client = client_of(designer)
    client.post("/uploads/", {"image": str(image.uid)})
    upload = Upload.objects.get(image=image)
    shown = Picture.open(io.BytesIO(given(client, f"/uploads/{upload.sha256}.webp")))
    assert max(shown.size) == 320


@pytest.mark.parametrize("state", STATES)
def test_a_link_gives_people_outside_no_more(state: str, designer: User, team: Team):
    [image] = hung(designer, team, state, SMALL)
    share(designer, team, [image], originals=True)
    visitor, base = Client(), page_of(image)
    largest = max(Picture.open(io.BytesIO(given(visitor, f"{base}1280.webp"))).size)
    assert (bool(given(visitor, f"{base}original")), largest) == ((True, 1280) if state == Review.APPROVED else (False, 640))
