"""References without a script: one form, one draft, one order, down to the wire."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from generations.catalogue import ENGINES
from generations.compose import drafts
from generations.compose.filled import Filled
from generations.compose.uploads.lane import lay
from generations.dialects import DIALECTS, get_dialect
from generations.dialects.transfer import deliver
from generations.dialects.wire import Picture
from generations.models import Team, Upload, User
from generations.uploading import shelf
from tests.cast import client_of
from tests.made import ENGINE, asked, sandbox
from tests.media.pictures import painting, png, saved
from tests.uploading.rows import row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.DATA, settings.STORAGE = tmp_path, tmp_path / "media"
    return tmp_path


@pytest.fixture
def client(designer: User) -> Client:
    return client_of(designer)


@pytest.fixture
def three(designer: User, team: Team) -> list[str]:
    return [row(designer, team).sha256 for _ in range(3)]


@pytest.fixture
def send(client: Client, designer: User, team: Team):
    """The composer's form, and the references of the draft afterwards."""

    def act(references: list[str], **fields):
        client.post("/uploads/", {"prompt": "koi", "references": references, **fields})
        return list(drafts.find(designer, team).references)

    return act


def test_files_are_added_behind_what_is_there(send, three: list[str]):
    files = [SimpleUploadedFile("a.png", png()), SimpleUploadedFile("b.png", png("L"))]
    found = send(three, file=files, then="compose")
    assert found[:3] == three
    assert found[3:] == list(Upload.objects.order_by("pk").values_list("sha256", flat=True)[3:])


def test_everything_typed_is_kept(client: Client, designer: User, team: Team):
    typed = {"prompt": "A red kite", "images": "4", "seed": "7", "engine": "apimart/seedream-5.0-lite@1", "then": "library"}
    assert client.post("/uploads/", typed)["Location"] == "/references/"
    assert drafts.find(designer, team) == Filled.stored(typed)


def test_what_is_refused_is_named_and_the_rest_is_taken(client: Client, designer: User, team: Team):
    files = [SimpleUploadedFile("notes.txt", b"words"), SimpleUploadedFile("koi.png", png())]
    answer = client.post("/uploads/", {"prompt": "A red kite", "file": files})
    assert answer.status_code == 422
    assert "notes.txt: This is not a PNG, JPEG or WEBP image." in answer.content.decode()
    assert drafts.find(designer, team) == Filled(prompt="A red kite", images="", references=(Upload.objects.get().sha256,))


def test_a_name_in_a_refusal_is_only_shown(client: Client):
    answer = client.post("/uploads/", {"prompt": "", "file": SimpleUploadedFile("<img src=x onerror=alert(1)>.png", b"x")})
    assert "&lt;img src=x onerror=alert(1)&gt;.png" in answer.content.decode()


@pytest.mark.parametrize(
    ("verb", "at", "order"), [("earlier", 2, "021"), ("later", 0, "102"), ("earlier", 0, "012"), ("later", 2, "012"), ("drop", 1, "02")]
)
def test_a_reference_is_moved_and_removed(verb: str, at: int, order: str, send, three: list[str]):
    assert send(three, **{verb: three[at]}) == [three[int(place)] for place in order]


def test_what_is_mended_stands_where_the_other_stood(client: Client, designer: User, team: Team, send, three: list[str]):
    client.post("/uploads/", {"file": SimpleUploadedFile("wide.png", saved(painting(400, 40), "PNG"))})
    found = Upload.objects.latest("pk").sha256
    order = send([three[0], found, three[1]], crop=found, engine=f"{ENGINE}@1")
    assert order == [three[0], Upload.objects.latest("pk").sha256, three[1]]
    assert order[1] != found


def test_nothing_given_is_said(client: Client):
    answer = client.post("/uploads/", {"prompt": "A red kite"})
    assert answer.status_code == 422
    assert "There is no picture in this." in answer.content.decode()


# --- the composer ---


def test_the_composer_shows_what_the_engine_says_to_each(client: Client, designer: User, team: Team):
    sandbox()
    wide, fine = row(designer, team, width=4000, height=1000), row(designer, team, name="<b>koi</b>")
    offer = sandbox()
    drafts.keep(designer, team, Filled(engine=f"{ENGINE}@{offer.pk}", ratio="1:1", tier="2K", references=(fine.sha256, wide.sha256)))
    page = client.get("/").content.decode()
    assert page.index(fine.sha256) < page.index(wide.sha256)
    assert "&lt;b&gt;koi&lt;/b&gt;" in page
    assert "Reference <span data-place>2</span> is 4000x1000" in page
    assert "refs 2 + images 1 =" in page
    assert "3 of 15" in page


def test_a_lane_costs_one_query_however_long(designer: User, team: Team):
    hashes = [row(designer, team).sha256 for _ in range(14)]
    with CaptureQueriesContext(connection) as queries:
        lane = lay(team, hashes, ENGINES[ENGINE], 2)
        assert [shown.faults for shown in lane.shown] == [[]] * 14
    assert (len(queries), lane.full, lane.over, lane.result) == (1, True, True, "16 of 15")


def test_what_is_gone_keeps_its_place_and_says_so(designer: User, team: Team):
    lane = lay(team, ["f" * 64, row(designer, team).sha256], ENGINES[ENGINE])
    assert lane.shown[0].faults == [("Reference ", " cannot be read; add it again.")]
    assert not lane.shown[1].faults


# --- the wire ---


@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_the_order_of_the_form_is_the_order_on_the_wire(dialect: str, designer: User, team: Team):
    engine = next(one for one in ENGINES.values() if one.dialect == dialect and one.references.most > 2 and one.references.as_files)
    contents = {row(designer, team, bytes=len(text)).sha256: text for text in (b"first", b"second", b"third")}
    wanted = [list(contents)[place] for place in (2, 0, 1)]
    request = asked(engine=engine.id, references=shelf.asked(team, Filled(references=tuple(wanted)).references))
    pictures = [Picture(one.sha256, one.format, one.bytes, lambda sha=one.sha256: io.BytesIO(contents[sha])) for one in request.references]
    call = get_dialect(dialect).write_request(request, engine, pictures, "")
    assert list(get_dialect(dialect).read_request(deliver(call)).references) == [contents[sha] for sha in wanted]


# --- the library ---


def test_the_library_shows_and_searches(client: Client, designer: User, reviewer: User, team: Team):
    row(designer, team, name="锦鲤.png")
    row(designer, team, name="kite.png")
    row(reviewer, team, name="shared.png", shared=True)
    assert "锦鲤.png" in client.get("/references/").content.decode()
    assert "kite.png" not in client.get("/references/?search=鲤").content.decode()
    assert "shared.png" in client.get("/references/?whose=team").content.decode()
    assert "Nothing here is called" in client.get("/references/?search=zzz").content.decode()


def test_twice_the_uploads_cost_the_same_queries(client: Client, designer: User, team: Team):
    counts = []
    for _ in range(2):
        for _ in range(shelf.PAGE):
            row(designer, team)
        with CaptureQueriesContext(connection) as queries:
            client.get("/references/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_further_pages_are_a_link_away(client: Client, designer: User, team: Team):
    for _ in range(shelf.PAGE + 1):
        row(designer, team)
    further = client.get("/references/").content.decode().partition('<li class="shelf-more"><a class="button" href="')[2].partition('"')[0]
    page = client.get(further.replace("&amp;", "&"), headers={"HX-Request": "true"}).content.decode()
    assert page.count('class="kept"') == 1


@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}])
def test_one_shares_and_removes_ones_own(htmx: dict[str, str], client: Client, designer: User, team: Team):
    upload = row(designer, team)
    client.post(f"/uploads/{upload.sha256}/share/", {"shared": "on"}, headers=htmx)
    assert list(shelf.library(team)) == [upload]
    client.post(f"/uploads/{upload.sha256}/forget/", headers=htmx)
    assert not shelf.library(team).union(shelf.recent(designer, team)).exists()


@pytest.mark.parametrize(("who", "status"), [("designer", 404), ("admin", 302), ("stranger", 404)])
def test_of_others_only_a_team_administrator_does(who: str, status: int, request, reviewer: User, team: Team):
    upload = row(reviewer, team, shared=True)
    client = client_of(request.getfixturevalue(who))
    assert client.post(f"/uploads/{upload.sha256}/share/", {"shared": "off"}).status_code == status
    assert client.post(f"/uploads/{upload.sha256}/forget/").status_code == status
    assert shelf.library(team).exists() is (status == 404)
