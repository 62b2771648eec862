import io
import zipfile

import pytest
from django.test import Client

from generations.gallery.archive import archive, free
from generations.media import names
from generations.media.store import store
from generations.models import Collection, Image, JournalLine, Placement, Team, User
from tests.cast import client_of
from tests.gallery.stock import filed, hung, png
from tests.memory import within

pytestmark = pytest.mark.django_db


def ask(client: Client, *images: Image, **form: str):
    return client.post("/gallery/zip/", {"image": [str(image.uid) for image in images], **form})


def opened(answer) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_it_holds_the_originals_byte_for_byte(designer: User, team: Team):
    images = hung(designer, team, count=2)
    contents = {filed(image, png(colour)) for image, colour in zip(images, ("red", "blue"), strict=True)}
    answer = ask(client_of(designer), *images)
    archive = opened(answer)
    assert answer["Content-Type"] == "application/zip"
    assert archive.testzip() is None
    assert {archive.read(name) for name in archive.namelist()} == contents


def test_it_has_a_name_that_says_what_it_is(designer: User, team: Team):
    image = hung(designer, team)[0]
    filed(image)
    answer = ask(client_of(designer), image)
    assert answer["Content-Disposition"].startswith('attachment; filename="Seedbed 20')
    assert answer["Content-Disposition"].endswith(', 1 image.zip"')


def test_no_name_in_it_leads_anywhere(designer: User, team: Team):
    for prompt in ["../../etc/passwd", "C:\\Windows\\x", "con", "a\x01b\nc", "‮gpj.exe", "红色风筝", " . ", "x" * 500, "=cmd|' /C calc'!A0"]:
        image = hung(designer, team, prompt=prompt)[0]
        filed(image)
        [name] = opened(ask(client_of(designer), image)).namelist()
        assert not set(name) & set("/\\:\0\n‮"), prompt
        assert name.endswith(".png"), prompt
        assert not name.startswith((".", " ")), prompt


def test_two_of_the_same_name_are_told_apart():
    used: set[str] = set()
    assert [free(name, used) for name in ("a.png", "A.png", "a.png", "b.png")] == ["a.png", "A 2.png", "a 3.png", "b.png"]


def test_only_what_may_be_seen_is_in_it(designer: User, reviewer: User, stranger: User, team: Team, other_team: Team):
    shared, private, foreign = hung(designer, team)[0], hung(designer, team, private=True)[0], hung(stranger, other_team)[0]
    for image in (shared, private, foreign):
        filed(image)
    assert len(opened(ask(client_of(reviewer), shared, private, foreign)).namelist()) == 1


def test_everything_a_filter_shows_is_in_it(designer: User, team: Team):
    for prompt in ("red kite", "blue kite", "koi"):
        filed(hung(designer, team, prompt=prompt)[0], png())
    assert len(opened(ask(client_of(designer), all="on", filter="q=kite")).namelist()) == 2


def test_a_thousand_fields_in_one(designer: User, team: Team):
    images = hung(designer, team, count=3)
    for image in images:
        filed(image)
    answer = client_of(designer).post("/gallery/zip/", {"image": " ".join(str(image.uid) for image in images)})
    assert len(opened(answer).namelist()) == 3


def test_a_collection_comes_in_its_order(designer: User, team: Team):
    collection = Collection.objects.create(team=team, user=designer, name="Spring")
    images = hung(designer, team, count=3)
    for place, image in enumerate([images[2], images[0]]):
        filed(image)
        Placement.objects.create(collection=collection, image=image, position=place)
    answer = client_of(designer).get(f"/gallery/zip/?collection={collection.uid}")
    assert [name[-12:-4] for name in opened(answer).namelist()] == [str(images[at].uid)[:8] for at in (2, 0)]


@pytest.mark.parametrize("query", ["", "?collection=", "?collection=x", "?collection=00000000-0000-0000-0000-000000000000"])
def test_no_collection_is_no_address(query: str, designer: User):
    assert client_of(designer).get(f"/gallery/zip/{query}").status_code == 404


def test_a_strangers_collection_is_not_there(stranger: User, designer: User, team: Team):
    collection = Collection.objects.create(team=team, user=designer, name="Spring")
    assert client_of(stranger).get(f"/gallery/zip/?collection={collection.uid}").status_code == 404


def test_a_file_that_is_missing_is_named(designer: User, team: Team):
    here, gone = hung(designer, team, count=2)
    filed(here)
    filed(gone, png("blue"))
    store().remove(names.original(gone.sha256, "png"))
    archive = opened(ask(client_of(designer), here, gone))
    assert str(gone.uid)[:8] in archive.read("missing.txt").decode()


def test_nothing_chosen_is_no_archive(designer: User):
    assert ask(client_of(designer)).status_code == 302
    assert not JournalLine.objects.exists()


def test_it_is_written_down(designer: User, team: Team):
    image = hung(designer, team)[0]
    filed(image)
    ask(client_of(designer), image)
    assert JournalLine.objects.get(deed="export").details == {"images": 1}


def test_however_large_it_is_little_of_it_is_in_memory(designer: User, team: Team):
    images = hung(designer, team, count=4)
    for image in images:
        filed(image, bytes(4_000_000))
    assert within(2_500_000, lambda: sum(len(piece) for piece in archive(images))) > 16_000_000
