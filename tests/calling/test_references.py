"""What a program gives along becomes uploads of its team, and nobody calls himself to get it."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from threading import Barrier, BoundedSemaphore, Event
from typing import BinaryIO

import pytest
from django.db import connections
from django.test import RequestFactory
from django.utils import translation

from generations.calling import deposits, references
from generations.calling import links as handed_out
from generations.calling.caller import Caller
from generations.calling.ordering import examine, order
from generations.media import staging
from generations.media.arrival import put_away, take_in
from generations.models import Image, Reference, Team, Upload, User
from generations.pipeline.start import Refused
from generations.uploading import links
from generations.uploading.unfit import Unfit
from tests.calling.test_waiting import until
from tests.calling.wishes import caller_of, wish
from tests.made import made, pictured, sandbox
from tests.media.pictures import jpeg, painting, png, saved
from tests.providers.conftest import authority, papers, public, serve, world  # noqa: F401  # fixtures
from tests.providers.server import World, drip, say
from tests.uploading.rows import row

pytestmark = pytest.mark.django_db
KOI = "https://pictures.example/koi.png"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.DATA, settings.STORAGE = tmp_path, tmp_path / "media"
    return tmp_path


@pytest.fixture
def caller(designer: User, team: Team) -> Caller:
    sandbox("gateway/seedream-4.0")
    return caller_of(designer, team)


def untouched(folder: Path) -> bool:
    return not Upload.objects.exists() and not [path for path in folder.rglob("*") if path.is_file()]


def test_bytes_are_cleaned_and_kept_for_the_team(caller: Caller, team: Team):
    generation = order(caller, wish(references=(png(), jpeg())))
    rows = Reference.objects.filter(generation=generation).select_related("upload").order_by("position")
    assert [(one.upload.format, one.upload.team) for one in rows] == [("png", team), ("jpeg", team)]
    assert [one.sha256 for one in generation.asked().references] == [one.upload.sha256 for one in rows]


def test_the_same_file_again_is_not_cleaned_again(caller: Caller, monkeypatch: pytest.MonkeyPatch):
    first = references.take(caller, [png()])
    monkeypatch.setattr(references, "keep", lambda *any: 1 / 0)
    assert references.take(caller, [png()]) == first


def test_unless_its_file_was_lost(caller: Caller, folder: Path):
    first = references.take(caller, [png()])
    for path in folder.rglob(f"*{first[0].sha256}*"):
        path.unlink()
    assert references.take(caller, [png()]) == first
    assert list(folder.rglob(f"*{first[0].sha256}*"))


def test_a_link_is_followed(caller: Caller, public, world: World, monkeypatch):  # noqa: F811
    monkeypatch.setattr(links, "RULES", world.rules())
    public(lambda plug, _seen: plug.sendall(say(body=png(), content_type="image/png")))
    [found] = references.take(caller, [KOI])
    assert (Upload.objects.get().sha256, Upload.objects.get().name) == (found.sha256, "koi.png")


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("https://127.0.0.1/koi.png", "This address is inside the server's network."),
        ("http://pictures.example/koi.png", "Only https links are accepted."),
        ("https://[/koi.png", ""),
        ("koi.png", "It is neither a link nor the hash of a picture of your team."),
        ("f" * 64, "It is neither a link nor the hash of a picture of your team."),
        ("\0", "It is neither a link nor the hash of a picture of your team."),
    ],
)
def test_a_link_that_leads_nowhere_says_which_one_it_is(link: str, why: str, caller: Caller, folder: Path):
    row(caller.user, caller.team, sha256="a" * 64)
    with pytest.raises(Unfit) as unfit:
        references.take(caller, ["a" * 64, link])
    assert str(unfit.value).startswith(f"Reference 2: {why}")


@pytest.mark.parametrize("content", [b"", b"no picture", b"x" * (31 * 1024 * 1024)])
def test_what_is_no_picture_is_refused(content: bytes, caller: Caller, folder: Path):
    with pytest.raises(Unfit, match="Reference 1: "):
        order(caller, wish(references=(content,)))
    assert untouched(folder)


def test_all_together_have_a_minute(caller: Caller, public, world: World, monkeypatch):  # noqa: F811
    monkeypatch.setattr(links, "RULES", world.rules())
    monkeypatch.setattr(references, "SECONDS", 0.5)
    public(lambda plug, _seen: drip(plug, b"HTTP/1.1 200 So\r\n", *[b"x-drip: 1\r\n"] * 100))
    with pytest.raises(Unfit, match=r"Reference 1: No complete answer within 0\.\d+ seconds"):
        references.take(caller, [KOI, KOI])
    monkeypatch.setattr(references, "SECONDS", 0.0)
    with pytest.raises(Unfit, match="Reference 1: There is no time left for it"):
        references.take(caller, [KOI])


def test_who_comes_while_others_are_fetched_waits_for_a_place(caller: Caller, public, world: World, monkeypatch):  # noqa: F811
    monkeypatch.setattr(links, "PROGRAMS", BoundedSemaphore(1))
    monkeypatch.setattr(references, "SECONDS", 0.1)
    with links.PROGRAMS, pytest.raises(Unfit) as unfit:
        references.take(caller, [KOI])
    assert unfit.value.status == 503


def test_slow_links_of_programs_keep_no_page_waiting(public, world: World, monkeypatch):  # noqa: F811
    monkeypatch.setattr(links, "RULES", world.rules())
    monkeypatch.setattr(links, "PROGRAMS", BoundedSemaphore(1))
    public(lambda plug, _seen: plug.sendall(say(body=png(), content_type="image/png")))
    with links.PROGRAMS:
        assert links.follow(KOI, references.MOST_BYTES, BytesIO()) == "/koi.png"


Follow = Callable[[str, BinaryIO], None]


@pytest.fixture
def follow(monkeypatch: pytest.MonkeyPatch) -> Callable[[Follow], None]:
    """What is done instead of calling somebody."""

    def plan(act: Follow) -> None:
        monkeypatch.setattr(links, "follow", lambda link, most, into, left: act(link, into) or link)

    return plan


def drawn(link: str, into: BinaryIO) -> None:
    into.write(saved(painting(64, 20 + int(link[-1])), "PNG"))


def test_four_links_are_followed_at_once_and_stay_in_order(caller: Caller, follow: Callable[[Follow], None]):
    together = Barrier(4)

    def act(link: str, into: BinaryIO) -> None:
        together.wait(30)
        drawn(link, into)

    follow(act)
    found = references.take(caller, [f"{KOI}?{n}" for n in (3, 1, 2, 1, 0)])
    assert [one.size.height for one in found] == [23, 21, 22, 21, 20]


def test_whoever_is_refused_waits_for_no_other_link(caller: Caller, follow: Callable[[Follow], None]):
    answer, came = Event(), []
    follow(lambda link, into: came.append(answer.wait(30)))
    with pytest.raises(Unfit, match="Reference 1: "):
        references.take(caller, [b"no picture", f"{KOI}?1"])
    assert not came
    answer.set()


def test_a_link_that_leads_nowhere_is_told_in_the_language_of_the_call(caller: Caller):
    with translation.override("zh-hans"), pytest.raises(Unfit, match="只接受"):
        references.take(caller, ["http://pictures.example/koi.png"])


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_a_link_with_a_connection_in_hand(caller: Caller, follow: Callable[[Follow], None]):
    mine, came = connections["default"], Event()

    def act(link: str, into: BinaryIO) -> None:
        if link.endswith("2"):  # the second is waited for after the first was kept
            came.wait(30)
        until(lambda: mine.connection is None)
        drawn(link, into)
        came.set()

    follow(act)
    assert len(references.take(caller, [f"{KOI}?1", f"{KOI}?2"])) == 2


def test_what_is_wrong_without_them_is_said_before_one_is_fetched(caller: Caller, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(references, "take", lambda *any: 1 / 0)
    with pytest.raises(Refused, match="takes at most 14 references; you have 15"):
        order(caller, wish(references=(KOI,) * 15))
    with pytest.raises(Refused, match="Please describe the image"):
        order(caller, wish(" ", references=(KOI,)))


def test_what_the_engine_does_not_take_is_refused_after_all(caller: Caller):
    flat = saved(painting(1000, 20), "PNG")
    with pytest.raises(Refused, match=r"Reference 1 is 1000x20; Seedream 4\.0 takes width to height from 1:16 to 16:1"):
        order(caller, wish(references=(flat,)))


# --- our own ---


@pytest.fixture
def image(caller: Caller, folder: Path) -> Image:
    """With its file in the store."""
    with staging.desk() as desk:
        staged = desk / "came"
        staged.write_bytes(png())
        taken = take_in(staged)
        put_away(taken)
    return pictured(made(caller.user, caller.team), sha256=taken.sha256, format="png")[0]


def address(image: Image) -> str:
    return handed_out.link(RequestFactory().get("/"), image)


def test_a_picture_that_the_studio_handed_out_is_taken_from_the_store(caller: Caller, image: Image):
    [found] = references.take(caller, [address(image)])
    assert Upload.objects.get(sha256=found.sha256).image == image


def test_also_after_its_address_has_ended(caller: Caller, image: Image, monkeypatch: pytest.MonkeyPatch):
    given = address(image)
    monkeypatch.setattr("django.core.signing.time.time", lambda: 9e9)
    assert references.take(caller, [given])


def test_but_not_by_whoever_may_not_see_it(caller: Caller, image: Image, stranger: User, other_team: Team):
    with pytest.raises(Unfit):
        references.take(caller_of(stranger, other_team), [address(image)])
    Image.objects.update(private=True, user=stranger)
    with pytest.raises(Unfit):
        references.take(caller, [address(image)])


def test_a_picture_that_was_deposited_is_known_by_its_hash(caller: Caller, settings):
    settings.PUBLIC_URL = "https://studio.example"
    upload = row(caller.user, caller.team)
    assert references.take(caller, [deposits.link(RequestFactory().get("/"), upload, caller.user)]) == (upload.asked(),)
    assert references.take(caller, [upload.sha256]) == (upload.asked(),)


def test_a_hash_is_no_proof_for_another_team(caller: Caller, stranger: User, other_team: Team):
    upload = row(stranger, other_team)
    with pytest.raises(Unfit):
        references.take(caller, [upload.sha256])


# --- only looking ---


def test_looking_keeps_nothing(caller: Caller, folder: Path, image: Image):
    found = examine(caller, wish(references=(png(), address(image))))
    assert found.request
    assert [(one.format, str(one.size)) for one in found.request.references] == [("png", "96x64")] * 2
    assert found.call
    assert len(found.call["json"]["image"]) == 2
    assert not Upload.objects.exists()


def test_and_measures_as_keeping_does(caller: Caller):
    assert references.look(caller, [jpeg()]) == references.take(caller, [jpeg()])
