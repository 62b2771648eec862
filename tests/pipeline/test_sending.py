"""Before a call goes out: what keeps it from being sent, and that then nothing is sent, nothing is charged, and a sentence says so."""

import hashlib
from collections.abc import Callable
from uuid import uuid4

import pytest

from generations.catalogue.request import GenerationRequest
from generations.dialects import faults
from generations.media import free, names
from generations.media.store import store
from generations.models import EngineChoice, Gate, Generation, Outcome, ProviderAccount, Status, Team, Upload, User
from generations.offers import Offer
from generations.pipeline import gate, send
from generations.pipeline.start import Order, start
from generations.pipeline.trouble import GONE, REFERENCE_GONE, STALE, UNWRITABLE
from generations.providers.client import NOT_REACHED
from tests.pipeline.provider import Provider, away, deliver, drawn, refuse
from tests.pipeline.steps import Steps, again, forward, newest, sentence
from tests.pipeline.studio import offer_of, order

pytestmark = pytest.mark.django_db


def free_and_unsent(generation: Generation, provider: Provider) -> bool:
    found = again(generation)
    nothing = (provider.sent, found.held, found.charged, newest(found).charge) == ([], 0, 0, "no")
    return nothing and found.status == Status.REFUSED


# --- faults of our own ---


def test_a_call_that_cannot_be_put_together_is_surely_not_sent(begin, provider: Provider, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("generations.dialects.gateway.write_request", lambda *any: 1 / 0)
    generation = begin("gateway")
    assert free_and_unsent(generation, provider)
    assert sentence(generation) == UNWRITABLE


def test_a_key_that_cannot_be_opened_sends_nothing(begin, provider: Provider, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("generations.pipeline.hand.client_of", lambda account: 1 / 0)
    generation = begin("ark")
    assert (free_and_unsent(generation, provider), sentence(generation)) == (True, UNWRITABLE)


def test_an_engine_that_was_switched_off_meanwhile_is_not_used(designer: User, team: Team, driver: Steps, provider: Provider):
    generation = start(order(designer, team, "gateway"))
    EngineChoice.objects.create(account=generation.account, engine=generation.engine, enabled=False)
    driver.settle()
    assert (free_and_unsent(generation, provider), sentence(again(generation))) == (True, GONE)


def test_what_was_held_up_too_long_goes_back_into_the_line(begin, provider: Provider, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(send, "FRESH", -1.0)
    generation = begin("gateway")
    assert (generation.status, sentence(generation), provider.sent) == (Status.QUEUED, STALE, [])
    assert [attempt.outcome for attempt in generation.attempts.order_by("number")] == [Outcome.NOT_SENT, Outcome.PLANNED]


def test_a_step_that_fails_by_a_fault_of_ours_is_found_within_a_minute(begin, provider: Provider, driver: Steps, monkeypatch):
    """Its driver lives on, and lets go of what it could not write down."""
    with monkeypatch.context() as patch:
        patch.setattr("generations.pipeline.answers.accept", lambda *any: 1 / 0)
        generation = begin("tensorslab")
        assert generation.status == Status.SENDING
        patch.undo()
    forward(seconds=35)
    driver.next_sweep = 0
    driver.turn()
    driver.settle()
    assert again(generation).status == Status.WAITING
    assert len(provider.sent) == 1


# --- references ---


@pytest.fixture
def reference(team: Team, designer: User, provider: Provider, settings) -> Upload:
    content = drawn("a reference")
    sha256 = hashlib.sha256(content).hexdigest()
    path = settings.DATA / "reference"
    path.write_bytes(content)
    store().keep(path, names.reference(sha256, "png"))
    return Upload.objects.create(user=designer, team=team, sha256=sha256, format="png", width=64, height=64, bytes=len(content))


def with_reference(user: User, team: Team, upload: Upload) -> Order:
    offer = offer_of("gateway/seedream-4.0")
    request = GenerationRequest(offer.engine.id, "a harbour", ratio="1:1", tier="1K", references=(upload.asked(),))
    return Order(user, team, request, Offer(offer.engine, offer.account, 35_000), uuid4())


def test_a_reference_goes_out_with_its_call(designer: User, team: Team, reference: Upload, driver: Steps, provider: Provider):
    generation = start(with_reference(designer, team, reference))
    driver.settle()
    assert (again(generation).status, len(provider.sent[0].references)) == (Status.DONE, 1)


def damage(upload: Upload) -> None:
    Upload.objects.filter(pk=upload.pk).update(bytes=upload.bytes + 1)


def remove(upload: Upload) -> None:
    store().remove(names.reference(upload.sha256, upload.format))


@pytest.mark.parametrize("harm", [remove, damage])
def test_without_its_reference_nothing_is_sent_and_nobody_else_is_blamed(harm: Callable, designer, team, reference, driver, provider):
    generation = start(with_reference(designer, team, reference))
    harm(reference)
    driver.settle()
    assert (free_and_unsent(generation, provider), sentence(again(generation))) == (True, REFERENCE_GONE)
    assert generation.attempts.count() == 1


# --- what waits for somebody else ---


def test_without_room_on_the_disk_nothing_is_sent_and_all_stay_in_line(begin, provider: Provider, driver: Steps, monkeypatch):
    monkeypatch.setattr(free, "room", lambda _bytes: False)
    generation = begin("gateway")
    assert (generation.status, provider.sent, newest(generation).outcome) == (Status.QUEUED, [], Outcome.PLANNED)
    monkeypatch.setattr(free, "room", lambda _bytes: True)
    driver.settle()
    assert again(generation).status == Status.DONE


def test_an_account_that_is_switched_off_sends_when_it_is_on_again(designer: User, team: Team, driver: Steps, provider: Provider):
    generation = start(order(designer, team, "gateway"))
    ProviderAccount.objects.update(enabled=False)
    driver.settle()
    assert (again(generation).status, provider.sent) == (Status.QUEUED, [])
    ProviderAccount.objects.update(enabled=True)
    driver.settle()
    assert again(generation).status == Status.DONE


@pytest.mark.parametrize("fault", [faults.KEY, faults.BALANCE, faults.LIMIT])
def test_what_an_administrator_must_mend_holds_back_all_others(fault, begin, designer: User, team: Team, driver: Steps, provider: Provider):
    first = begin("gateway", refuse(fault))
    assert (first.status, first.held) == (Status.REFUSED, 0)
    others = [start(order(designer, team, "gateway")) for _click in range(3)]
    forward(hours=9)
    driver.settle()
    assert (len(provider.sent), {again(other).status for other in others}) == (1, {Status.QUEUED})
    said = gate.reason(first.account, others[0].created_at)
    assert said
    assert "Nothing is sent meanwhile." in str(said[0])
    gate.open_gate(first.account, others[0].created_at)
    driver.settle()
    assert {again(other).status for other in others} == {Status.DONE}


# --- busy, away, failing ---


@pytest.mark.parametrize("wait", [None, 0.2, 30, 600])
def test_a_busy_provider_is_tried_again_with_a_call_of_its_own(wait: float | None, begin, provider: Provider, driver: Steps):
    generation = begin("gateway", refuse(faults.BUSY, wait))
    assert (generation.status, generation.held, sentence(generation)) == (Status.QUEUED, 35_000, faults.BUSY.sentence)
    driver.settle()
    assert len(provider.sent) == 1
    forward(seconds=min(600, max(3, (wait or 2) * 1.1 + 1)))
    driver.settle()
    assert (again(generation).status, again(generation).charged) == (Status.DONE, 35_000)
    assert [attempt.outcome for attempt in generation.attempts.order_by("number")] == [Outcome.NOT_SENT, Outcome.ANSWERED]


def test_an_hour_of_being_busy_is_enough(begin, provider: Provider, driver: Steps):
    provider.usual = refuse(faults.BUSY, 600)
    generation = begin("gateway")
    for _time in range(9):
        forward(minutes=11)
        driver.settle()
    assert (again(generation).status, again(generation).held) == (Status.REFUSED, 0)
    assert 5 <= len(provider.sent) <= 7


def test_nobody_there_is_tried_five_times_and_then_given_up(begin, provider: Provider, driver: Steps):
    provider.usual = away
    generation = begin("gateway")
    assert (generation.status, sentence(generation), generation.held) == (Status.QUEUED, NOT_REACHED, 35_000)
    for _time in range(9):
        forward(seconds=70)
        driver.settle()
    assert (again(generation).status, again(generation).held, len(provider.sent)) == (Status.REFUSED, 0, 5)


def test_too_many_failures_close_the_gate_and_one_success_opens_it(begin, designer: User, team: Team, driver: Steps, provider: Provider):
    provider.usual = away
    for _time in range(5):
        begin("gateway")
    assert Gate.objects.get().closed_until
    waiting = [start(order(designer, team, "gateway")) for _click in range(4)]
    driver.settle()
    assert len(provider.sent) == 5
    provider.usual = deliver
    forward(seconds=61)
    driver.look()
    assert len(driver.crew.given) == 1
    driver.settle()
    assert (Gate.objects.get().closed_until, {again(one).status for one in waiting}) == (None, {Status.DONE})
