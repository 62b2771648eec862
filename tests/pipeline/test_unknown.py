"""Where nobody knows whether it was accepted: what the studio finds out by itself, and what it leaves to people."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from generations.dialects import faults
from generations.media import spool
from generations.models import Charge, Gate, Generation, Membership, Outcome, ProviderAccount, Role, Status, Team, User
from generations.pipeline import choices, money, rules, sweep
from generations.pipeline.start import start
from generations.pipeline.trouble import EARLIER, STOPPED_SHORT, UNREADABLE
from generations.providers.client import NO_ANSWER
from tests.pipeline.provider import Provider, deliver, fall, lost, page, pending, refuse
from tests.pipeline.steps import Steps, again, die, forward, newest, rescue, sentence
from tests.pipeline.studio import order

pytestmark = pytest.mark.django_db

Begin = Callable[..., Generation]


# --- what the studio asks by itself ---


def test_a_lost_answer_is_unknown_and_its_price_stays_held(begin: Begin, provider: Provider):
    generation = begin("gateway", lost())
    assert (generation.status, generation.held, sentence(generation)) == (Status.UNKNOWN, 35_000, NO_ANSWER)
    assert generation.due_at is None
    assert len(provider.sent) == 1


def test_with_an_idempotency_key_the_studio_asks_again_and_finds_the_task(begin: Begin, provider: Provider, driver: Steps):
    generation = begin("apimart", lost())
    assert generation.status == Status.UNKNOWN
    forward(seconds=6)
    driver.settle()
    forward(seconds=6)
    driver.settle()
    assert again(generation).status == Status.DONE
    assert (len(provider.sent), len(provider.sales), generation.attempts.count()) == (2, 1, 1)


def test_it_asks_four_times_and_then_leaves_it_to_people(begin: Begin, provider: Provider, driver: Steps):
    provider.usual = lost()
    generation = begin("apimart")
    for _time in range(9):
        forward(minutes=10)
        driver.settle()
    assert (again(generation).status, again(generation).due_at) == (Status.UNKNOWN, None)
    assert (len(provider.sent), len(provider.sales)) == (5, 1)


def test_a_busy_provider_before_takes_nothing_from_those_checks(begin: Begin, provider: Provider, driver: Steps):
    generation = begin("apimart", *[refuse(faults.BUSY)] * 5)
    provider.usual = lost()
    for _time in range(12):
        forward(minutes=10)
        driver.settle()
    assert again(generation).attempts.count() == 6
    assert len(provider.sent) == 5 + 1 + 4


def test_a_key_that_is_a_day_old_is_not_trusted(begin: Begin, provider: Provider, driver: Steps):
    generation = begin("apimart", lost())
    forward(hours=25)
    driver.settle()
    assert (again(generation).status, again(generation).due_at, len(provider.sent)) == (Status.UNKNOWN, None, 1)


def test_a_task_that_is_never_done_is_not_sent_again(begin: Begin, provider: Provider, driver: Steps):
    provider.questions.extend([pending] * 2)
    generation = begin("apimart")
    forward(seconds=3)
    driver.settle()
    forward(hours=73)
    driver.settle()
    forward(hours=1)
    driver.settle()
    assert again(generation).status == Status.UNKNOWN
    assert (len(provider.sent), newest(generation).charge) == (1, Charge.UNKNOWN)


def test_a_refused_repetition_proves_nothing_about_the_first_time(begin: Begin, driver: Steps, provider: Provider):
    generation = begin("apimart", lost(), refuse(faults.WORDS))
    forward(seconds=6)
    driver.settle()
    assert (again(generation).status, sentence(again(generation))) == (Status.UNKNOWN, STOPPED_SHORT)
    assert again(generation).held == 35_000


@pytest.mark.parametrize("closed", [{"paused": "The key was refused."}, {"closed_until": "now"}])
def test_nothing_is_repeated_while_the_gate_is_closed(closed: dict[str, str], begin: Begin, driver: Steps, provider: Provider):
    generation = begin("apimart", lost())
    until = {"closed_until": timezone.now()} if "closed_until" in closed else closed
    Gate.objects.update(**until)
    for _time in range(3):
        forward(seconds=30)
        driver.settle()
    assert (len(provider.sent), again(generation).status) == (1, Status.UNKNOWN)
    Gate.objects.update(paused="", closed_until=None)
    forward(seconds=30)
    driver.settle()
    assert again(generation).status == Status.WAITING


def test_while_the_studio_asks_nobody_says_what_was_charged(begin: Begin, owner: User, driver: Steps, provider: Provider):
    """Or it would be charged by what a person said, and once more by what then comes."""
    generation = begin("apimart", lost())
    forward(seconds=6)
    driver.look()
    assert again(generation).status == Status.SENDING
    assert not any(choices.about(newest(generation), choice, owner) for choice in (choices.came, choices.not_came))
    driver.settle()
    forward(seconds=6)
    driver.settle()
    found = again(generation)
    assert (found.status, found.held, found.charged, len(provider.sales)) == (Status.DONE, 0, 35_000, 1)


def test_an_earlier_call_may_be_decided_meanwhile(begin: Begin, designer: User, owner: User, driver: Steps):
    generation = begin("apimart", lost())
    forward(hours=25)  # its key is not trusted any more
    driver.settle()
    choices.send_again(again(generation), designer)
    driver.look()
    first = generation.attempts.earliest("number")
    assert choices.about(first, choices.came, owner)
    assert (again(generation).status, again(generation).held, again(generation).charged) == (Status.SENDING, 35_000, 35_000)


def test_a_repetition_counts_against_the_accounts_limit(begin: Begin, designer: User, team: Team, driver: Steps, provider: Provider):
    generation = begin("apimart", lost())
    other = start(order(designer, team, "apimart"))
    ProviderAccount.objects.update(in_flight=1)
    driver.look()
    assert again(other).status == Status.SENDING
    forward(seconds=6)
    driver.look()
    assert (again(generation).status, len(driver.crew.given)) == (Status.UNKNOWN, 1)


# --- what was saved ---


@pytest.fixture
def unreadable(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> Generation:
    """Its answer came, and a fault of ours kept it from being read."""
    with monkeypatch.context() as patch:
        patch.setattr("generations.dialects.gateway.read_answer", lambda answer: 1 / 0)
        return begin("gateway")


def test_an_answer_that_cannot_be_read_is_kept(unreadable: Generation):
    assert (unreadable.status, sentence(unreadable), unreadable.held) == (Status.UNKNOWN, UNREADABLE, 35_000)
    assert spool.read(str(newest(unreadable).key)) is not None


def test_after_the_upgrade_it_is_read_and_nothing_is_sent_again(unreadable: Generation, owner: User, driver: Steps, provider: Provider):
    assert choices.check_again(unreadable, owner)
    driver.settle()
    assert again(unreadable).status == Status.DONE
    assert len(provider.sent) == 1


def test_an_answer_that_still_cannot_be_read_is_not_sent_again_either(
    unreadable: Generation, owner: User, driver: Steps, provider: Provider
):
    spool.drop(str(newest(unreadable).key))
    Generation.objects.update(due_at=timezone.now())
    driver.settle()
    assert (again(unreadable).status, again(unreadable).due_at, len(provider.sent)) == (Status.UNKNOWN, None, 1)


def test_a_refusal_in_a_saved_answer_is_believed(designer: User, team: Team, driver: Steps, provider: Provider):
    """It was sent once, so its only answer speaks of that one time."""
    generation = stranded(driver, start(order(designer, team, "gateway")), provider, refuse(faults.WORDS))
    forward(seconds=1)
    rescue()
    assert (again(generation).status, again(generation).held) == (Status.REFUSED, 0)


def stranded(driver: Steps, generation: Generation, provider: Provider, plan: Callable[..., object] = deliver) -> Generation:
    """Others took its driver for dead before the answer came; it is in the spool, and nobody has heard of it."""
    provider.plans.append(plan)  # type: ignore[arg-type]
    driver.look()
    die(driver)
    rescue()
    driver.work()
    driver.hear()
    assert again(generation).status == Status.UNKNOWN
    return again(generation)


def test_an_answer_to_somebody_who_was_taken_for_dead_is_adopted(designer: User, team: Team, driver: Steps, provider: Provider):
    generation = stranded(driver, start(order(designer, team, "gateway")), provider)
    rescue()
    assert again(generation).status == Status.COLLECTING
    driver.settle()
    assert again(generation).status == Status.DONE
    assert len(provider.sent) == 1


def test_what_was_sent_again_meanwhile_leaves_the_first_answer_a_request_of_its_own(designer, team, driver: Steps, provider: Provider):
    generation = stranded(driver, start(order(designer, team, "gateway")), provider)
    choices.send_again(generation, designer)
    driver.settle()
    rescue()
    driver.settle()
    first, second = Generation.objects.order_by("-pk")
    assert (first.parent, second, len(provider.sales)) == (generation, generation, 2)
    for one in (first, second):
        assert (one.status, one.held, one.charged, one.attempts.count(), one.images.count()) == (Status.DONE, 0, 35_000, 1, 1)
    assert [image.late for image in (first.images.get(), second.images.get())] == [True, False]
    assert not list(money.audit())


@pytest.mark.parametrize("plan", [refuse(faults.WORDS), refuse(faults.BUSY)])
def test_a_refusal_of_the_first_that_is_found_then_sends_nothing_again(plan, designer, team, driver: Steps, provider: Provider):
    generation = stranded(driver, start(order(designer, team, "gateway")), provider, plan)
    choices.send_again(generation, designer)
    driver.settle()
    rescue()
    driver.settle()
    first, second = Generation.objects.order_by("-pk")
    assert (first.status, first.held, first.charged, second.status) == (Status.REFUSED, 0, 0, Status.DONE)
    assert len(provider.sent) == 2


def test_what_is_in_line_a_second_time_is_not_sent_when_the_first_answer_is_found(designer, team, driver: Steps, provider: Provider):
    generation = stranded(driver, start(order(designer, team, "gateway")), provider)
    choices.send_again(generation, designer)
    rescue()
    driver.settle()
    found = again(generation)
    assert (found.status, found.held, found.charged, len(provider.sent)) == (Status.DONE, 0, 35_000, 1)
    assert not list(money.audit())


def test_one_that_cannot_be_looked_after_is_not_in_the_way_of_others(designer, team, driver: Steps, provider: Provider, monkeypatch):
    poor, other = (start(order(designer, team, dialect)) for dialect in ("gateway", "ark"))
    driver.look()
    die(driver)
    monkeypatch.setattr(sweep, "rescue", lambda one, care=sweep.rescue: 1 / 0 if one.pk == poor.pk else care(one))
    rescue()
    assert (again(poor).status, again(other).status) == (Status.SENDING, Status.UNKNOWN)


def test_whatever_lies_in_the_spool_stops_nobody(begin: Begin, settings, driver: Steps):
    spool.folder().mkdir(parents=True)
    (spool.folder() / "a stray file.answer").write_text("?")
    with pytest.raises((ValueError, ValidationError)):
        spool.place("a stray file")
    rescue()


# --- what people decide ---


def twice(begin: Begin, user: User, driver: Steps, *plans: Callable[..., object]) -> Generation:
    """Lost, sent again though it may be paid twice, and that ended as told."""
    generation = begin("gateway", lost(), *plans)
    assert choices.send_again(generation, user)
    driver.settle()
    return again(generation)


def test_sent_again_it_holds_its_price_twice(begin: Begin, designer: User, driver: Steps, provider: Provider):
    generation = twice(begin, designer, driver, lost())
    assert (generation.status, generation.held, len(provider.sent)) == (Status.UNKNOWN, 70_000, 2)


def test_each_of_two_calls_in_doubt_is_decided_by_itself(begin: Begin, designer: User, owner: User, driver: Steps):
    generation = twice(begin, designer, driver, lost())
    assert choices.not_came(generation, owner)
    assert (again(generation).status, again(generation).held) == (Status.UNKNOWN, 35_000)
    assert choices.came(again(generation), owner)
    found = again(generation)
    assert (found.status, found.held, found.charged) == (Status.FAILED, 0, 35_000)
    assert not list(money.audit())


def test_whichever_of_the_two_was_charged_the_end_says_so(begin: Begin, designer: User, owner: User, driver: Steps):
    generation = twice(begin, designer, driver, lost())
    assert choices.came(generation, owner)
    assert choices.not_came(again(generation), owner)
    assert (again(generation).status, again(generation).charged) == (Status.FAILED, 35_000)


def test_a_refused_second_try_leaves_the_first_in_doubt(begin: Begin, designer: User, driver: Steps):
    generation = twice(begin, designer, driver, refuse(faults.WORDS))
    assert (generation.status, sentence(generation), generation.held) == (Status.UNKNOWN, EARLIER, 35_000)
    assert [attempt.charge for attempt in generation.attempts.order_by("number")] == [Charge.UNKNOWN, Charge.NO]


def test_a_second_try_that_is_stopped_in_line_leaves_the_first_in_doubt(begin: Begin, designer: User):
    generation = begin("gateway", lost())
    choices.send_again(generation, designer)
    assert choices.stop(again(generation), designer)
    found = again(generation)
    assert (found.status, sentence(found), found.held) == (Status.UNKNOWN, EARLIER, 35_000)
    assert not list(money.audit())


def test_a_second_try_that_was_stopped_is_not_taken_up_by_a_third(begin: Begin, designer: User, driver: Steps):
    generation = begin("gateway", lost())
    choices.send_again(generation, designer)
    choices.stop(again(generation), designer)
    choices.send_again(again(generation), designer)
    driver.settle()
    outcomes = generation.attempts.order_by("number").values_list("outcome", flat=True)
    assert list(outcomes) == [Outcome.UNKNOWN, Outcome.NOT_SENT, Outcome.ANSWERED]


@pytest.mark.parametrize("decided", [{"closed_at": "2026-01-01T00:00:00Z"}, {"engines": ["ark/seedream-4.0"]}])
def test_sent_again_it_is_asked_what_the_team_has_decided(decided: dict[str, object], begin: Begin, designer: User, driver: Steps):
    generation = begin("gateway", lost())
    Team.objects.update(**decided)
    with pytest.raises(rules.Against):
        choices.send_again(again(generation), designer)
    assert (again(generation).status, again(generation).held, generation.attempts.count()) == (Status.UNKNOWN, 35_000, 1)


@pytest.mark.parametrize(("by", "said"), [("designer", "You cannot make"), ("owner", "Dana Designer cannot make")])
def test_for_whoever_may_not_make_anything_any_more_nothing_is_sent_again(by: str, said: str, begin: Begin, designer: User, owner, request):
    generation = begin("gateway", lost())
    Membership.objects.filter(user=designer).update(role=Role.VIEWER)
    with pytest.raises(rules.Against, match=said):
        choices.send_again(again(generation), request.getfixturevalue(by))
    assert again(generation).held == 35_000


def test_two_people_who_send_it_again_send_it_once(begin: Begin, designer: User, owner: User):
    generation = begin("gateway", lost())
    other = again(generation)
    assert choices.send_again(generation, designer)
    assert not choices.send_again(other, owner)
    assert (generation.attempts.count(), again(generation).held) == (2, 70_000)


def test_two_people_who_decide_decide_once(begin: Begin, owner: User):
    generation = begin("gateway", lost())
    other = again(generation)
    assert choices.came(generation, owner)
    assert not choices.not_came(other, owner)
    assert (again(generation).charged, again(generation).status) == (35_000, Status.FAILED)


def test_the_answer_to_the_first_may_still_come_after_the_second_was_refused(begin, designer: User, team: Team, driver: Steps, provider):
    generation = stranded(driver, start(order(designer, team, "gateway")), provider)
    choices.send_again(generation, designer)
    provider.plans.append(refuse(faults.WORDS))
    driver.settle()
    rescue()
    driver.settle()
    assert again(generation).status == Status.DONE


def test_a_refusal_found_late_does_not_send_what_is_in_doubt_elsewhere(designer: User, team: Team, driver: Steps, provider: Provider):
    generation = stranded(driver, start(order(designer, team, "gateway")), provider, refuse(faults.BUSY))
    choices.send_again(generation, designer)
    provider.plans.append(lost())
    driver.settle()
    rescue()
    driver.settle()
    assert (again(generation).status, again(generation).held, len(provider.sent)) == (Status.UNKNOWN, 35_000, 2)
    assert [attempt.outcome for attempt in generation.attempts.order_by("number")] == [Outcome.NOT_SENT, Outcome.UNKNOWN]


@pytest.mark.parametrize("plan", [lost(), page(), fall])
def test_whatever_hides_an_answer_nothing_is_said_to_be_free(plan: Callable[..., object], begin: Begin):
    generation = begin("gateway", plan)
    assert (generation.status, newest(generation).charge, money.word(generation)) == (Status.UNKNOWN, Charge.UNKNOWN, "maybe")
