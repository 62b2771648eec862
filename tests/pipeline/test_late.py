"""What comes late, in odd ways or damaged: a picture that was paid for is kept as long as there is any way to have it."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from generations.dialects import faults
from generations.dialects.dialect import Asked
from generations.dialects.outcome import Finished, Item
from generations.dialects.wire import Answer
from generations.media import spool
from generations.media.look import LARGE, NotAPicture
from generations.media.store import store
from generations.models import Attempt, Charge, Generation, Image, ImageStatus, Outcome, Status, User
from generations.pipeline import choices, money
from generations.providers.failure import Garbled
from tests.cast import client_of
from tests.compose.looking import look, note, only
from tests.pipeline.provider import (
    Plan,
    Provider,
    Sale,
    Window,
    answered,
    broken_off,
    dead,
    deliver,
    drawn,
    full,
    garbled,
    inline,
    late,
    short,
)
from tests.pipeline.steps import Steps, again, forward, newest, sentence

pytestmark = pytest.mark.django_db


def minutes_go_by(driver: Steps, times: int = 6, **much: float) -> None:
    for _time in range(times):
        forward(**(much or {"minutes": 10}))
        driver.settle()


def statuses() -> list[str]:
    return [image.status for image in Image.objects.order_by("index")]


# --- downloads ---


@pytest.mark.parametrize("file", [late, broken_off, garbled, full])
def test_a_download_that_fails_for_a_while_is_tried_again(file, begin, provider: Provider, driver: Steps):
    provider.files.extend([file] * 2)
    generation = begin("gateway")
    assert again(generation).status == Status.COLLECTING
    minutes_go_by(driver)
    assert (again(generation).status, again(generation).charged) == (Status.DONE, 35_000)


def test_what_is_no_picture_three_times_is_none_and_is_kept_to_be_looked_at(begin, provider: Provider, driver: Steps):
    provider.files.extend([garbled] * 9)
    generation = begin("gateway")
    minutes_go_by(driver)
    assert (again(generation).status, statuses(), again(generation).charged) == (Status.FAILED, [ImageStatus.REFUSED], 35_000)
    held = spool.held(str(newest(generation).key), 0)
    assert held
    assert held.read_bytes() == garbled("")


def huge(link: str) -> bytes:
    raise NotAPicture(LARGE, megapixels="400", most="100")


def test_why_it_is_none_is_said_by_us_and_in_the_readers_language(begin, provider: Provider, driver: Steps, designer: User):
    provider.files.extend([huge] * 9)
    begin("gateway")
    minutes_go_by(driver)
    designer.language = "zh-hans"
    designer.save()
    said = note(only(look(client_of(designer))))
    assert "图片有 400 百万像素，上限为 100 百万像素。" in said
    assert "服务商原话" not in said


def test_a_picture_is_fetched_once(begin, provider: Provider):
    begin("gateway")
    assert list(provider.fetched.values()) == [1]


def test_a_dead_link_is_asked_for_anew_where_there_is_a_task(begin, provider: Provider, driver: Steps):
    provider.files.append(dead)
    provider.questions.append(answered)
    provider.questions.append(renewed)
    generation = begin("tensorslab")
    minutes_go_by(driver, 2, seconds=3)
    assert again(generation).status == Status.DONE
    assert [link.partition("?")[2] for link in provider.fetched] == ["", "new"]


def renewed(window: Window, sale: Sale):
    assert isinstance(sale.state, Finished)
    items = tuple(Item(f"{item.link}?new") for item in sale.state.items)
    return answered(window, replace(sale, state=replace(sale.state, items=items)))


def test_a_link_that_is_dead_for_good_was_paid_for(begin, provider: Provider):
    provider.files.append(dead)
    generation = begin("gateway")
    assert (generation.status, statuses(), generation.charged, newest(generation).charge) == (
        Status.EXPIRED,
        [ImageStatus.LOST],
        35_000,
        Charge.YES,
    )


def test_what_cannot_be_fetched_is_given_up_when_its_link_ends(begin, provider: Provider, driver: Steps):
    provider.files.extend([late] * 99)
    generation = begin("gateway")
    minutes_go_by(driver, 3, hours=7)
    assert again(generation).status == Status.COLLECTING
    minutes_go_by(driver, 1, hours=7)
    assert (again(generation).status, statuses()) == (Status.EXPIRED, [ImageStatus.LOST])


# --- a store that is away ---


@pytest.fixture
def away(settings) -> Path:
    """A file stands where the store's folder should be."""
    shutil.rmtree(settings.STORAGE)
    settings.STORAGE.write_text("nobody is here")
    return settings.STORAGE


def back(storage: Path) -> None:
    storage.unlink()
    storage.mkdir()


@pytest.mark.parametrize("plan", [deliver, inline(deliver)])
def test_what_was_fetched_outlives_its_link_while_the_store_is_away(
    plan, begin, provider, driver: Steps, away: Path, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("generations.media.free.room", lambda _bytes: True)
    generation = begin("gateway", plan)
    minutes_go_by(driver, 4, hours=24)
    assert (again(generation).status, statuses()) == (Status.COLLECTING, [ImageStatus.COMING])
    back(away)
    with django_capture_on_commit_callbacks(execute=True):
        minutes_go_by(driver, 1)
    assert (again(generation).status, statuses()) == (Status.DONE, [ImageStatus.STORED])
    assert sum(provider.fetched.values()) <= 1
    assert spool.keys() == []


def test_what_lies_in_the_answer_is_not_given_up_where_nothing_can_be_put_aside(begin, driver: Steps, away: Path, monkeypatch):
    monkeypatch.setattr("generations.media.free.room", lambda _bytes: True)
    with monkeypatch.context() as patch:
        patch.setattr(spool, "hold", no_room)
        generation = begin("gateway", inline(deliver))
        minutes_go_by(driver, 4, hours=24)
    back(away)
    minutes_go_by(driver, 1)
    assert again(generation).status == Status.DONE


def test_what_was_on_its_way_when_the_store_went_comes_by_itself(begin, provider: Provider, driver: Steps, settings, monkeypatch):
    monkeypatch.setattr("generations.media.free.room", lambda _bytes: True)
    kept = store().keep

    def refuse(*_any: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(type(store()), "keep", refuse)
        generation = begin("ark")
        minutes_go_by(driver, 2)
    assert kept
    assert (again(generation).status, spool.held(str(newest(generation).key), 0) is not None) == (Status.COLLECTING, True)
    minutes_go_by(driver, 1)
    assert again(generation).status == Status.DONE


# --- a spool that is away ---


def no_room(*_any: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(("dialect", "status"), [("gateway", Status.DONE), ("apimart", Status.WAITING)])
def test_an_answer_that_cannot_be_saved_is_written_down_all_the_same(dialect: str, status: Status, begin, monkeypatch):
    monkeypatch.setattr(spool, "write", no_room)
    generation = begin(dialect)
    assert generation.status == status
    assert newest(generation).answer


def test_a_picture_that_is_only_in_the_answer_waits_for_room(begin, monkeypatch, driver: Steps):
    tries, write = [], spool.write

    def soon(*any: object) -> None:
        tries.append(1)
        return no_room() if len(tries) < 3 else write(*any)

    monkeypatch.setattr(spool, "write", soon)
    monkeypatch.setattr("generations.pipeline.send.PAUSE", 0.01)
    assert begin("gateway", inline(deliver)).status == Status.DONE
    assert len(tries) == 3


# --- a connection that breaks ---


def broken(share: float) -> Plan:
    """So much of the answer was here by then."""

    def answer(window: Window, asked: Asked) -> Answer:
        whole, failure = deliver(window, asked), Garbled("The answer broke off before its end.")
        failure.partial = replace(whole, body=whole.body[: int(share * len(whole.body))])
        raise failure

    return answer


@pytest.mark.parametrize(("dialect", "status"), [("gateway", Status.DONE), ("tensorslab", Status.WAITING)])
def test_an_answer_that_is_whole_but_for_its_end_is_an_answer(dialect: str, status: Status, begin):
    generation = begin(dialect, broken(1.0))
    assert (generation.status, newest(generation).answer_status) == (status, 200)


def test_half_an_answer_is_kept_for_people_to_read(begin):
    generation = begin("gateway", broken(0.5))
    assert (generation.status, sentence(generation), newest(generation).charge) == (
        Status.UNKNOWN,
        faults.SENSELESS.sentence,
        Charge.UNKNOWN,
    )
    saved = spool.read(str(newest(generation).key))
    assert saved
    assert saved.body == newest(generation).answer != b""


# --- what an answer carries ---


@pytest.mark.parametrize("dialect", ["gateway", "ark", "anyfast", "apimart", "tensorslab"])
def test_a_picture_in_the_answer_itself_is_as_good_as_a_link(dialect: str, begin, provider: Provider, driver: Steps):
    generation = begin(dialect, inline(deliver))
    minutes_go_by(driver, 2, seconds=3)
    assert (again(generation).status, provider.fetched) == (Status.DONE, {})
    image = Image.objects.get()
    assert store().size(f"o/{image.sha256[:2]}/{image.sha256[2:4]}/{image.sha256}.png") == image.bytes  # type: ignore[arg-type]


def test_fewer_pictures_are_settled_at_what_came(begin, provider: Provider):
    generation = begin("gateway", short(1), images=3, engine="gateway/seedream-4.0")
    assert (generation.status, generation.charged, generation.held) == (Status.PARTIAL, 70_000, 0)


def test_more_pictures_are_kept_and_marked(begin):
    generation = begin("gateway", short(-1), images=2, engine="gateway/seedream-4.0")
    assert (generation.status, generation.charged) == (Status.DONE, 105_000)
    assert [image.extra for image in Image.objects.order_by("index")] == [False, False, True]


def test_the_same_picture_twice_is_one_file(begin, provider: Provider):
    provider.files.extend([lambda _link: drawn("the same")] * 2)
    begin("gateway", images=2, engine="gateway/seedream-4.0")
    one, other = Image.objects.all()
    assert one.sha256 == other.sha256
    assert len(list(store().kept("o"))) == 1


# --- part of it failed ---


@pytest.fixture
def halved(begin, driver: Steps, provider: Provider) -> Generation:
    """TensorsLab says that it failed, and has one of two pictures; it never says what it charged."""

    def fail(window: Window, sale: Sale):
        answer = answered(window, replace(sale, state=replace(sale.state, items=sale.state.items[:1])))
        return replace(answer, body=answer.body.replace(b'"image_status": 3', b'"image_status": 4, "error_message": "one failed"'))

    provider.questions.append(fail)
    generation = begin("tensorslab", images=2)
    minutes_go_by(driver, 1, seconds=3)
    return again(generation)


def test_where_nobody_says_what_the_rest_cost_it_stays_held(halved: Generation):
    assert (halved.status, halved.held, halved.charged) == (Status.PARTIAL, 70_000, 0)
    attempt = newest(halved)
    assert (attempt.charge, attempt.outcome, money.word(halved)) == (Charge.UNKNOWN, Outcome.FAILED, "maybe")


@pytest.mark.parametrize(("choose", "charged"), [(choices.came, 70_000), (choices.not_came, 35_000)])
def test_then_somebody_says_whether_the_rest_was_charged(choose, charged: int, halved: Generation, owner: User):
    assert choose(halved, owner)
    found = again(halved)
    assert (found.status, found.held, found.charged) == (Status.PARTIAL, 0, charged)
    assert Attempt.objects.get().charge == Charge.YES
    assert not list(money.audit())
