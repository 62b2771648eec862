"""Whoever surely did not take it on, for a reason of its own, is not the last one asked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from generations.catalogue import ENGINES
from generations.catalogue.request import GenerationRequest
from generations.dialects import faults
from generations.dialects.outcome import Next, Sent
from generations.integrity import attempts, rows
from generations.models import Budget, Entry, Gate, Generation, JournalLine, Membership, Outcome, ProviderAccount, Status, Team, User
from generations.pipeline import choices, failover, gate, money
from generations.pipeline.fence import Fenced
from generations.pipeline.start import Order, start
from generations.pipeline.trouble import GAVE_UP, LEFT, NO_ROOM, PASSED_ON, REFERENCE_GONE, STALE, UNWRITABLE, own
from generations.providers.client import OWN_RULES
from tests.pipeline.provider import Provider, away, deliver, lost, refuse
from tests.pipeline.steps import Steps, again, die, forward, rescue, sentence
from tests.pipeline.studio import order

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = "gateway/seedream-4.0", "ark/seedream-4.0", "anyfast/seedream-5.0-t2i"


def spare(engine: str, price: int = 30_000) -> dict[str, Any]:
    dialect = ENGINES[engine].dialect
    account = ProviderAccount.objects.get_or_create(name=f"Spare {dialect}", defaults={"dialect": dialect, "sandbox": True})[0]
    request = GenerationRequest(engine, "a harbour at night", ratio="1:1", tier="2K")
    return {"engine": engine, "account": account.pk, "price": price, "request": request.store()}


@pytest.fixture
def ordered(designer: User, team: Team, driver: Steps) -> Callable[..., Order]:
    def order_with(*spares: dict[str, Any], **changes: Any) -> Order:
        return replace(order(designer, team, "gateway", engine=FIRST, **changes), spares=spares)

    return order_with


@pytest.fixture
def gone_on(ordered: Callable[..., Order], driver: Steps, provider: Provider) -> Callable[..., Generation]:
    """Placed with spares, refused by the first as it is told, and driven as far as it goes."""

    def go(plan: Any, *spares: dict[str, Any], **changes: Any) -> Generation:
        provider.plans.append(plan)
        generation = start(ordered(*(spares or (spare(SECOND),)), **changes))
        driver.settle()
        return again(generation)

    return go


def outcomes(generation: Generation) -> list[tuple[str, str]]:
    return [(attempt.account.dialect, attempt.outcome) for attempt in generation.attempts.select_related("account").order_by("number")]


@pytest.mark.parametrize("fault", [faults.KEY, faults.BALANCE, faults.FORBIDDEN, faults.GONE, faults.LIMIT])
def test_where_the_reason_lies_with_the_account_the_next_one_makes_it(fault: faults.Fault, gone_on, provider: Provider):
    generation = gone_on(refuse(fault))
    assert (generation.status, generation.engine, generation.account.name) == (Status.DONE, SECOND, "Spare ark")
    assert outcomes(generation) == [("gateway", Outcome.NOT_SENT), ("ark", Outcome.ANSWERED)]
    assert (generation.held, generation.charged, len(provider.sales)) == (0, 30_000, 1)
    assert list(money.audit()) == []


def test_what_is_made_there_is_what_was_worked_out_for_it(gone_on, provider: Provider):
    generation = gone_on(refuse(faults.KEY))
    assert (generation.asked().engine, generation.asked().tier, generation.width, generation.price) == (SECOND, "2K", 2048, 30_000)
    assert generation.images.get().engine == SECOND
    assert provider.sent[-1].wire_id == generation.attempts.latest("number").wire_id == ENGINES[SECOND].wire_id


@pytest.mark.parametrize("fault", [faults.WORDS, faults.PICTURE, faults.SIZE, faults.REQUEST, faults.REFERENCE, faults.CHECK])
def test_what_is_wrong_with_the_request_is_wrong_everywhere(fault: faults.Fault, gone_on, provider: Provider):
    generation = gone_on(refuse(fault))
    assert (generation.status, generation.engine, len(provider.sent)) == (Status.REFUSED, FIRST, 1)


@pytest.mark.parametrize("sentence", [OWN_RULES, UNWRITABLE, GAVE_UP, faults.ADDRESS.sentence])
def test_what_never_left_the_house_or_found_nobody_may_go_elsewhere(sentence: str):
    assert failover.theirs(own(Next.REPORT, Sent.NO, sentence))


@pytest.mark.parametrize("sentence", [STALE, REFERENCE_GONE, LEFT, NO_ROOM])
def test_what_is_our_own_affair_stays(sentence: str):
    assert not failover.theirs(own(Next.RUN_AGAIN, Sent.NO, sentence))


@pytest.mark.parametrize("plan", [lost(), lost(refuse(faults.KEY)), refuse(faults.BROKEN), refuse(faults.CUT_OFF)])
def test_what_may_have_been_accepted_goes_nowhere_else(plan: Any, gone_on, provider: Provider):
    generation = gone_on(plan)
    assert (generation.status, generation.engine, len(provider.sent)) == (Status.UNKNOWN, FIRST, 1)


def test_one_after_the_other_until_somebody_takes_it(gone_on, provider: Provider):
    provider.plans.append(refuse(faults.KEY))
    generation = gone_on(refuse(faults.BALANCE), spare(SECOND), spare(THIRD, 20_000))
    assert outcomes(generation) == [("gateway", Outcome.NOT_SENT), ("ark", Outcome.NOT_SENT), ("anyfast", Outcome.ANSWERED)]
    assert (generation.status, generation.charged, generation.spares) == (Status.DONE, 20_000, [])


def test_the_last_ones_reason_is_what_is_said(gone_on, provider: Provider):
    provider.usual = refuse(faults.BALANCE)
    generation = gone_on(refuse(faults.KEY))
    assert (generation.status, generation.held, generation.charged) == (Status.REFUSED, 0, 0)
    assert (sentence(generation), len(provider.sent)) == (faults.BALANCE.sentence, 2)


def test_a_busy_provider_is_waited_for_first_and_then_left(gone_on, provider: Provider, driver: Steps):
    provider.usual = away
    generation = gone_on(away)
    assert (generation.status, generation.engine) == (Status.QUEUED, FIRST)
    for _time in range(3):
        forward(seconds=70)
        driver.settle()
    provider.usual = deliver
    provider.plans.append(away)
    forward(seconds=70)
    driver.settle()
    assert (again(generation).status, again(generation).engine, len(provider.sent)) == (Status.DONE, SECOND, 6)


def test_the_next_account_has_all_its_tries(gone_on, provider: Provider, driver: Steps):
    provider.usual = away
    generation = gone_on(refuse(faults.KEY))
    for _time in range(9):
        forward(seconds=70)
        driver.settle()
    assert (sentence(again(generation)), len(provider.sent)) == (GAVE_UP, 1 + gate.TRIES)


# --- who is not asked ---


def test_who_was_switched_off_meanwhile_is_passed_over(gone_on, ordered, provider: Provider, driver: Steps):
    provider.plans.append(refuse(faults.KEY))
    generation = start(ordered(spare(SECOND), spare(THIRD)))
    ProviderAccount.objects.filter(dialect="ark").update(enabled=False)
    driver.settle()
    assert again(generation).engine == THIRD


def test_where_all_were_switched_off_it_ends(ordered, provider: Provider, driver: Steps):
    provider.plans.append(refuse(faults.KEY))
    generation = start(ordered(spare(SECOND)))
    ProviderAccount.objects.filter(dialect="ark").update(enabled=False)
    driver.settle()
    assert (again(generation).status, sentence(again(generation))) == (Status.REFUSED, faults.KEY.sentence)


def test_so_is_who_waits_for_an_administrator(ordered, provider: Provider, driver: Steps):
    provider.plans.append(refuse(faults.KEY))
    generation = start(ordered(spare(SECOND), spare(THIRD)))
    gate.pause(ProviderAccount.objects.get(dialect="ark"))
    driver.settle()
    assert again(generation).engine == THIRD


def test_and_who_rests_comes_last(ordered, provider: Provider, driver: Steps):
    provider.plans.append(refuse(faults.KEY))
    generation = start(ordered(spare(SECOND), spare(THIRD)))
    soon = timezone.now() + timedelta(seconds=30)
    Gate.objects.create(account=ProviderAccount.objects.get(dialect="ark"), closed_until=soon)
    driver.settle()
    assert again(generation).engine == THIRD


def test_the_team_may_have_turned_against_an_engine(ordered, provider: Provider, driver: Steps):
    provider.plans.append(refuse(faults.KEY))
    generation = start(ordered(spare(SECOND)))
    Team.objects.update(engines=[FIRST])
    driver.settle()
    assert (again(generation).status, len(provider.sent)) == (Status.REFUSED, 1)


def test_for_whoever_has_left_nobody_else_is_asked(ordered, provider: Provider, driver: Steps):
    provider.plans.append(refuse(faults.KEY))
    generation = start(ordered(spare(SECOND)))
    driver.look()
    Membership.objects.all().delete()
    driver.settle()
    assert (again(generation).status, len(provider.sent)) == (Status.REFUSED, 1)


def test_who_stopped_waiting_gets_no_second_try(ordered, provider: Provider, driver: Steps, designer: User):
    provider.plans.append(refuse(faults.KEY))
    generation = start(ordered(spare(SECOND)))
    driver.look()
    assert choices.stop(again(generation), designer)
    driver.settle()
    assert (again(generation).status, len(provider.sent)) == (Status.CANCELLED, 1)


# --- money ---


def test_what_is_held_is_what_the_next_one_may_cost(ordered, provider: Provider, driver: Steps):
    provider.plans.append(refuse(faults.KEY))
    generation = start(ordered(spare(SECOND, 50_000)))
    driver.look()
    driver.work()
    driver.hear()
    found = again(generation)
    assert (found.status, found.held, found.price) == (Status.QUEUED, 50_000, 50_000)
    moves = Entry.objects.filter(generation=found).order_by("pk").values_list("attempt__number", "kind", "amount")
    assert list(moves) == [(1, "hold", 35_000), (1, "release", 35_000), (2, "hold", 50_000)]


def test_a_budget_that_does_not_allow_it_ends_it_and_says_so(team: Team, gone_on, provider: Provider):
    Budget.objects.create(team=team, hard=40_000)
    generation = gone_on(refuse(faults.KEY), spare(SECOND, 50_000))
    assert (generation.status, generation.held, generation.engine, len(provider.sent)) == (Status.REFUSED, 0, FIRST, 1)
    assert "budget" in sentence(generation)
    assert list(money.audit()) == []


def test_a_cheaper_one_further_on_is_still_asked(team: Team, gone_on, provider: Provider):
    Budget.objects.create(team=team, hard=40_000)
    generation = gone_on(refuse(faults.KEY), spare(SECOND, 50_000), spare(THIRD, 10_000))
    assert (generation.status, generation.engine, generation.charged) == (Status.DONE, THIRD, 10_000)


def test_the_journal_knows(gone_on):
    generation = gone_on(refuse(faults.KEY))
    line = JournalLine.objects.get(deed="generation.move")
    assert (line.subject, line.details) == (f"generation/{generation.pk}", {"attempt": 2, "engine": SECOND})


def test_who_sends_it_again_in_doubt_gets_that_and_nothing_else(gone_on, provider: Provider, driver: Steps, designer: User):
    generation = gone_on(lost())
    provider.plans.append(refuse(faults.KEY))
    assert choices.send_again(generation, designer)
    driver.settle()
    assert (again(generation).status, again(generation).engine, len(provider.sent)) == (Status.UNKNOWN, FIRST, 2)
    assert again(generation).held == 35_000


def test_an_answer_that_was_read_late_still_leads_on(ordered, provider: Provider, driver: Steps):
    """Its driver died over it; the refusal was saved, and is proof."""
    provider.plans.append(refuse(faults.KEY))
    generation = start(ordered(spare(SECOND)))
    driver.look()
    driver.work()
    die(driver)
    rescue()
    assert (again(generation).status, again(generation).engine) == (Status.QUEUED, SECOND)
    fresh = Steps("node/2/")
    fresh.settle()
    assert (again(generation).status, again(generation).charged, len(provider.sales)) == (Status.DONE, 30_000, 1)
    fresh.hand.close()
    driver.hear()
    assert again(generation).engine == SECOND


# --- a closed gate ---


@pytest.fixture
def shut(ordered) -> Callable[..., Generation]:
    """In line with spares at an account that then may not send."""

    def close(how: str, *spares: dict[str, Any]) -> Generation:
        generation = start(ordered(*(spares or (spare(SECOND),))))
        accounts, now = ProviderAccount.objects.filter(pk=generation.account_id), timezone.now()
        if how == "switched off":
            accounts.update(enabled=False)
        elif how == "paused":
            gate.pause(generation.account)
        else:
            name, seconds = {"resting": ("closed_until", 60), "trying": ("closed_until", 170), "busy": ("wait_until", 590)}[how]
            Gate.objects.create(account=generation.account, **{name: now + timedelta(seconds=seconds)})
        return generation

    return close


@pytest.mark.parametrize("how", ["switched off", "paused", "busy", "trying"])
def test_who_waits_at_a_gate_that_stays_shut_is_passed_on(how: str, shut, provider: Provider, driver: Steps):
    generation = shut(how)
    rescue()
    assert (again(generation).engine, again(generation).held, sentence(again(generation))) == (SECOND, 30_000, PASSED_ON)
    driver.settle()
    assert (again(generation).status, again(generation).charged, len(provider.sent)) == (Status.DONE, 30_000, 1)
    assert outcomes(generation) == [("gateway", Outcome.NOT_SENT), ("ark", Outcome.ANSWERED)]
    assert not [*money.audit(), *rows.check(timezone.now()), *attempts.check()]


def test_a_minute_of_the_breaker_is_waited_for(shut, provider: Provider, driver: Steps):
    generation = shut("resting")
    rescue()
    driver.settle()
    assert (again(generation).status, again(generation).engine, provider.sent) == (Status.QUEUED, FIRST, [])


def test_who_waits_for_a_turn_only_is_not_passed_on(ordered, provider: Provider):
    ProviderAccount.objects.update(in_flight=1)
    generation = start(ordered(spare(SECOND)))
    rescue()
    assert (again(generation).engine, generation.attempts.count()) == (FIRST, 1)


@pytest.mark.parametrize("elsewhere", ["closed_until", "wait_until"])
def test_where_nobody_can_send_now_it_waits_on(elsewhere: str, shut, provider: Provider):
    generation = shut("paused")
    Gate.objects.create(account=ProviderAccount.objects.get(dialect="ark"), **{elsewhere: timezone.now() + timedelta(seconds=30)})
    rescue()
    assert (again(generation).engine, again(generation).held, generation.attempts.get().outcome) == (FIRST, 35_000, Outcome.PLANNED)


def test_where_the_budget_does_not_allow_another_it_waits_on(team: Team, shut):
    generation = shut("paused", spare(SECOND, 50_000))
    Budget.objects.create(team=team, hard=40_000)
    rescue()
    found = again(generation)
    assert (found.status, found.engine, found.held, generation.attempts.get().outcome) == (Status.QUEUED, FIRST, 35_000, Outcome.PLANNED)


def test_what_is_sent_again_in_doubt_waits_at_its_gate(gone_on, provider: Provider, designer: User):
    generation = gone_on(lost())
    assert choices.send_again(generation, designer)
    gate.pause(generation.account)
    rescue()
    assert (again(generation).status, again(generation).engine, again(generation).held) == (Status.QUEUED, FIRST, 70_000)


def test_two_who_look_after_it_pass_it_on_once(shut):
    generation = shut("paused", spare(SECOND), spare(THIRD))
    other, now = again(generation), timezone.now()
    failover.pass_on(again(generation), now)
    with pytest.raises(Fenced):
        failover.pass_on(other, now)
    assert (again(generation).engine, again(generation).held, generation.attempts.count()) == (SECOND, 30_000, 2)


def test_whoever_begins_to_send_it_is_first(shut, driver: Steps):
    generation = shut("paused")
    stale = again(generation)
    Gate.objects.all().delete()
    driver.look()
    gate.pause(generation.account)
    with pytest.raises(Fenced):
        failover.pass_on(stale, timezone.now())
    assert (again(generation).status, again(generation).engine) == (Status.SENDING, FIRST)


def test_a_crash_on_the_way_leaves_it_where_it_was(shut, provider: Provider, driver: Steps, monkeypatch: pytest.MonkeyPatch):
    """All of it is one transaction: whatever its last instruction, it waits here or is in line there, and its money is held once."""
    generation = shut("paused")
    for place in ("checkpoint", "follow", "journal.write"):
        with monkeypatch.context() as crash:
            crash.setattr(f"generations.pipeline.failover.{place}", lambda *_told, **_more: 1 / 0)
            rescue()
        found = again(generation)
        assert (found.engine, found.held, found.fence, generation.attempts.get().outcome) == (FIRST, 35_000, 0, Outcome.PLANNED)
    rescue()
    driver.settle()
    assert (again(generation).status, again(generation).charged, len(provider.sent)) == (Status.DONE, 30_000, 1)
    assert list(money.audit()) == []
