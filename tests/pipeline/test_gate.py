from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from generations.dialects import faults
from generations.dialects.faults import refused
from generations.dialects.outcome import Next, Sent, Trouble
from generations.models import Attempt, Gate, Generation, Outcome, ProviderAccount, Status
from generations.pipeline import gate
from generations.pipeline.trouble import STALE, STOPPED_SHORT, own, store
from generations.providers.client import NO_ANSWER, NOT_REACHED

pytestmark = pytest.mark.django_db

NOON = datetime(2020, 5, 1, 12, 0, tzinfo=UTC)
UNREACHED = Trouble(Next.WAIT, Sent.NO, NOT_REACHED)
LOST = Trouble(Next.ASK, Sent.UNKNOWN, NO_ANSWER)
BUSY = refused(faults.BUSY)
HELD_UP = own(Next.WAIT, Sent.NO, STALE)

Call = Callable[..., None]


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def longest(_least: float, most: float) -> float:
    return most


def shortest(least: float, _most: float) -> float:
    return least


def admitted(account: ProviderAccount, now: datetime, wanted: int = 10) -> int:
    with transaction.atomic():
        return gate.admit(account, wanted, now)


def said(account: ProviderAccount, now: datetime) -> str:
    found = gate.reason(ProviderAccount.objects.get(pk=account.pk), now)
    return str(found[0]) if found else ""


def shut_until(account: ProviderAccount) -> datetime | None:
    return Gate.objects.get(account=account).closed_until


@pytest.fixture
def call(account: ProviderAccount, make_generation, make_attempt) -> Call:
    """A paid call that ended so, as the pipeline writes it down."""

    def end(outcome: Outcome, trouble: Trouble | None, now: datetime, *, sent_at: datetime | None = None, **options: Any) -> None:
        told = {"outcome": outcome, "trouble": store(trouble) if trouble else None}
        make_attempt(make_generation(Status.DONE), **told, sent_at=sent_at or now, answered_at=now)
        gate.note(account, outcome, trouble, now, sent_at=sent_at or now, chance=longest, **options)

    return end


@pytest.fixture
def closed(account: ProviderAccount, call: Call) -> ProviderAccount:
    """Five calls without an answer at noon."""
    for _call in range(5):
        call(Outcome.UNKNOWN, LOST, NOON)
    return account


# --- limits ---


def test_no_more_go_out_than_are_wanted_or_free(account: ProviderAccount, make_generation):
    assert [admitted(account, NOON, wanted) for wanted in (0, 3, 10)] == [0, 3, 4]
    for status in (Status.SENDING, Status.WAITING, Status.QUEUED, Status.COLLECTING, Status.DONE):
        make_generation(status)
    assert admitted(account, NOON) == 2


def test_tasks_that_are_stuck_at_their_provider_keep_nobody_waiting(account: ProviderAccount, make_generation):
    """What is being sent counts however long ago it was first sent; what nobody has sent yet is not at the provider."""
    for status, minutes in ((Status.WAITING, 31), (Status.WAITING, 29), (Status.SENDING, 31)):
        make_generation(status, sent_at=after(-60 * minutes))
    assert admitted(account, NOON) == 2


def test_another_accounts_work_does_not_count(account: ProviderAccount, make_generation):
    other = ProviderAccount.objects.create(name="Other", dialect="apimart", address="https://api.example.com")
    make_generation(Status.SENDING, account=other)
    assert admitted(account, NOON) == 4


def test_a_limit_that_was_lowered_below_what_is_at_work_admits_nothing(account: ProviderAccount, make_generation):
    for _row in range(3):
        make_generation(Status.WAITING)
    ProviderAccount.objects.update(in_flight=2)
    assert admitted(account, NOON) == 0


@pytest.mark.parametrize(("ago", "expected"), [(0, 1), (59, 1), (61, 4), (-5, 1), (-3600, 4), (3600, 4)])
def test_what_was_sent_in_the_last_minute_counts(ago: float, expected: int, account, make_generation, make_attempt):
    """-5: by a node whose clock is ahead; -3600: before a clock was set back."""
    ProviderAccount.objects.update(per_minute=4)
    for _sent in range(3):
        make_attempt(make_generation(Status.DONE), sent_at=after(-ago))
    assert admitted(account, NOON) == expected


def test_outside_a_transaction_nothing_is_admitted(transactional_db: None, account: ProviderAccount):
    with pytest.raises(TransactionManagementError):
        gate.admit(account, 1, NOON)


def test_an_account_that_is_switched_off_admits_nothing(account: ProviderAccount):
    stale = ProviderAccount.objects.get(pk=account.pk)
    ProviderAccount.objects.update(enabled=False)
    assert admitted(stale, NOON) == 0
    assert said(account, NOON) == "Main is switched off. Nothing is sent until an administrator switches it on."


def test_threads_that_admit_at_once_never_exceed_the_limit(account: ProviderAccount, make_generation, together):
    waiting = [make_generation() for _row in range(40)]
    most = []

    def drive() -> None:
        for _turn in range(5):
            with transaction.atomic():
                count = gate.admit(account, 3, timezone.now())
                for one in [waiting.pop() for _place in range(count)]:
                    assert one.move(Status.SENDING, timezone.now())
                most.append(Generation.objects.filter(status=Status.SENDING).count())

    assert together(6, drive) == [None] * 6
    assert max(most) == 4


@pytest.mark.postgres
def test_whoever_finds_the_gate_taken_goes_on_at_once(account: ProviderAccount, together):
    counts: list[int] = []
    admitted(account, NOON)
    with transaction.atomic():
        assert gate.admit(account, 1, NOON) == 1
        together(2, lambda: counts.append(admitted(account, NOON)))
    assert counts == [0, 0]
    assert admitted(account, NOON) == 4


# --- patience ---


def test_a_busy_provider_is_left_alone_as_long_as_it_asks(account: ProviderAccount, call: Call):
    call(Outcome.NOT_SENT, refused(faults.BUSY, wait=90), NOON)
    assert said(account, NOON) == "Main is busy and is asked again at 12:01. Nothing is sent meanwhile."
    assert [admitted(account, after(seconds)) for seconds in (98, 100)] == [0, 4]
    assert said(account, after(100)) == ""


@pytest.mark.parametrize(("wait", "tries", "seconds"), [(0, 0, 1), (1e9, 0, 600), (None, 0, 2), (None, 3, 16), (None, 9, 60)])
def test_patience_stays_within_limits(wait, tries, seconds, account: ProviderAccount, call: Call):
    call(Outcome.NOT_SENT, refused(faults.BUSY, wait=wait), NOON, tries=tries)
    assert Gate.objects.get().wait_until == after(seconds)


def test_a_wish_for_patience_counts_whatever_else_was_said(account: ProviderAccount, call: Call):
    call(Outcome.UNKNOWN, refused(faults.CUT_OFF, wait=60), NOON)
    assert admitted(account, after(30)) == 0


def test_the_longest_wish_counts(account: ProviderAccount, call: Call):
    for wait in (10, 90, 20):
        call(Outcome.NOT_SENT, refused(faults.BUSY, wait=wait), NOON)
    call(Outcome.ACCEPTED, None, after(1))
    assert Gate.objects.get().wait_until == after(99)


@pytest.mark.parametrize("trouble", [UNREACHED, HELD_UP])
def test_what_never_reached_the_provider_is_no_wish_of_its(trouble: Trouble, account: ProviderAccount, call: Call):
    call(Outcome.NOT_SENT, trouble, NOON)
    assert admitted(account, NOON) == 4


def test_the_wait_grows_with_the_tries_and_is_never_all_the_same():
    assert [gate.backoff(tries, None, longest) for tries in (0, 1, 2, 4, 5, 30_000)] == [2, 4, 8, 32, 60, 60]
    assert gate.backoff(4, None, shortest) == 1
    assert (gate.backoff(4, 100, shortest), gate.backoff(4, 100, longest)) == (100, pytest.approx(110))
    assert len({gate.backoff(4, None) for _time in range(20)}) > 1


# --- what only an administrator can mend ---


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (faults.KEY, "The studio's key for Main was refused."),
        (faults.BALANCE, "The studio's credit at Main is used up."),
        (faults.LIMIT, "A limit set at Main is reached."),
    ],
)
def test_what_an_administrator_must_mend_stops_everything_until_then(fault, sentence, account: ProviderAccount, call: Call):
    call(Outcome.NOT_SENT, refused(fault), NOON)
    assert said(account, after(9e6)).startswith(sentence)
    assert admitted(account, after(9e6)) == 0
    gate.open_gate(account, after(9e6))
    assert (admitted(account, after(9e6)), said(account, after(9e6))) == (4, "")


def test_a_late_refusal_of_the_old_key_does_not_close_the_gate_again(account: ProviderAccount, call: Call):
    gate.open_gate(account, after(10))
    call(Outcome.NOT_SENT, refused(faults.KEY), after(20), sent_at=after(5))
    assert admitted(account, after(20)) == 4


@pytest.mark.parametrize("fault", [faults.FORBIDDEN, faults.WORDS, faults.REQUEST, faults.SIZE, faults.GONE])
def test_what_concerns_one_request_stops_no_other(fault, account: ProviderAccount, call: Call):
    for _time in range(9):
        call(Outcome.NOT_SENT, refused(fault), NOON)
    assert (admitted(account, NOON), said(account, NOON)) == (4, "")


# --- the breaker ---

GOOD, BAD, AWAY, NO, OWN, CRASH = (
    (Outcome.ANSWERED, None),
    (Outcome.UNKNOWN, LOST),
    (Outcome.NOT_SENT, UNREACHED),
    (Outcome.NOT_SENT, refused(faults.WORDS)),
    (Outcome.NOT_SENT, HELD_UP),
    (Outcome.UNKNOWN, own(Next.ASK, Sent.UNKNOWN, STOPPED_SHORT)),
)


@pytest.mark.parametrize(
    ("ends", "open"),
    [
        ([BAD] * 4, True),
        ([BAD] * 5, False),
        ([AWAY] * 5, False),
        ([BAD, AWAY] * 2 + [BAD], False),
        ([GOOD] * 3 + [BAD] * 2, True),
        ([GOOD] * 3 + [BAD] * 3, False),
        ([NO] * 3 + [BAD] * 3, False),
        ([NO] * 4 + [BAD] * 3, True),
        ([OWN] * 9 + [BAD] * 4, True),
        ([OWN] * 9 + [BAD] * 5, False),
        ([GOOD] * 30 + [BAD] * 9, True),
        ([GOOD] * 30 + [BAD] * 10, False),
        ([NO] * 30, True),
        ([CRASH] * 20, True),
    ],
)
def test_the_gate_closes_when_half_of_the_last_calls_went_wrong(ends, open, account: ProviderAccount, call: Call):
    for second, (outcome, trouble) in enumerate(ends):
        call(outcome, trouble, after(second))
    assert (shut_until(account) is None) is open
    assert (admitted(account, after(len(ends))) > 0) is open


def test_a_closed_gate_says_when_it_tries_again(closed: ProviderAccount):
    assert said(closed, after(59)) == "Too much went wrong at Main; the next try is at 12:01. Nothing is sent meanwhile."
    assert admitted(closed, after(59)) == 0
    assert "The next request tries whether that is over" in said(closed, after(61))


def test_then_exactly_one_request_tries(closed: ProviderAccount):
    assert [admitted(closed, after(seconds)) for seconds in (61, 62, 200)] == [1, 0, 0]


def test_a_try_without_an_answer_freezes_nothing(closed: ProviderAccount):
    assert [admitted(closed, after(seconds)) for seconds in (61, 242, 243)] == [1, 1, 0]


def test_a_try_that_succeeds_opens_the_gate(closed: ProviderAccount, call: Call):
    admitted(closed, after(61))
    call(Outcome.ANSWERED, None, after(70), sent_at=after(61))
    assert (admitted(closed, after(70)), said(closed, after(70))) == (4, "")
    for _call in range(4):  # what went wrong before is forgiven
        call(Outcome.UNKNOWN, LOST, after(80))
    assert shut_until(closed) is None


def test_a_try_that_fails_closes_it_again(closed: ProviderAccount, call: Call):
    admitted(closed, after(61))
    call(Outcome.NOT_SENT, UNREACHED, after(70), sent_at=after(61))
    assert [admitted(closed, after(seconds)) for seconds in (129, 131)] == [0, 1]


def test_a_refused_try_opens_it_too_for_somebody_is_there(closed: ProviderAccount, call: Call):
    call(Outcome.NOT_SENT, refused(faults.WORDS), after(70), sent_at=after(61))
    assert shut_until(closed) is None


def test_a_try_that_we_stopped_ourselves_decides_nothing(closed: ProviderAccount, call: Call):
    admitted(closed, after(61))
    call(Outcome.NOT_SENT, HELD_UP, after(70), sent_at=after(61))
    assert shut_until(closed) == after(61) + gate.PROBE


@pytest.mark.parametrize("end", [GOOD, BAD])
def test_late_answers_to_what_was_sent_before_decide_nothing(end, closed: ProviderAccount, call: Call):
    call(*end, after(30), sent_at=after(-30))
    assert shut_until(closed) == after(60)


def test_no_room_is_no_try(closed: ProviderAccount, make_generation):
    for _row in range(4):
        make_generation(Status.WAITING)
    assert admitted(closed, after(61)) == 0
    Generation.objects.update(status=Status.DONE)
    assert admitted(closed, after(62)) == 1


@pytest.mark.parametrize("jump", [3600, -3600])
def test_a_clock_that_jumps_releases_one_and_freezes_nothing(jump: float, closed: ProviderAccount, call: Call):
    assert [admitted(closed, after(jump + seconds)) for seconds in (0, 1)] == [1, 0]
    call(Outcome.ANSWERED, None, after(jump + 5), sent_at=after(jump))
    assert admitted(closed, after(jump + 6)) == 4


@pytest.mark.parametrize("jump", [3600, -3600])
def test_a_clock_that_jumps_while_the_provider_is_busy_keeps_the_limits(jump: float, account: ProviderAccount, call: Call):
    call(Outcome.NOT_SENT, refused(faults.BUSY, wait=500), NOON)
    assert admitted(account, after(jump)) == 4
    call(Outcome.NOT_SENT, refused(faults.BUSY, wait=10), after(jump))
    assert admitted(account, after(jump + 10)) == 0


# --- how it is used ---


def test_a_quiet_gate_costs_the_cards_one_question(account: ProviderAccount, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert gate.reason(account, NOON) is gate.reason(account, NOON) is None
    chosen = ProviderAccount.objects.select_related("gate")
    with django_assert_num_queries(1):
        assert gate.reason(chosen.get(pk=account.pk), NOON) is None


def test_times_are_told_in_the_studios_zone(closed: ProviderAccount, settings):
    with timezone.override("Asia/Shanghai"):
        assert "20:01" in said(closed, NOON)


def test_good_news_writes_nothing(account: ProviderAccount, django_assert_num_queries):
    gate.open_gate(account, NOON)
    with django_assert_num_queries(1):
        gate.note(account, Outcome.ANSWERED, None, after(1), sent_at=after(1))


# --- trying again ---


@pytest.fixture
def tried(make_generation, make_attempt) -> Callable[..., Generation]:
    """A generation whose calls ended so, ten seconds apart; the last has just come back and is not written down yet."""

    def make(*troubles: Trouble | None) -> Generation:
        generation = make_generation(Status.SENDING)
        for place, trouble in enumerate(troubles):
            told = {"outcome": Outcome.NOT_SENT, "trouble": store(trouble)} if trouble else {"outcome": Outcome.UNKNOWN}
            make_attempt(generation, **told, sent_at=after(10 * place))
        make_attempt(generation, outcome=Outcome.SENDING, sent_at=after(10 * len(troubles)))
        return generation

    return make


@pytest.mark.parametrize(
    ("before", "now", "seconds", "expected"),
    [
        ([], UNREACHED, 1, True),
        ([UNREACHED] * 3, UNREACHED, 100, True),
        ([UNREACHED] * 4, UNREACHED, 100, False),
        ([UNREACHED], UNREACHED, 899, True),
        ([UNREACHED], UNREACHED, 900, False),
        ([BUSY] * 9, BUSY, 3599, True),
        ([BUSY], BUSY, 3600, False),
        ([BUSY] * 9, UNREACHED, 100, True),
        ([UNREACHED] * 9, BUSY, 1000, True),
        ([UNREACHED] * 4 + [None], UNREACHED, 100, True),
        ([HELD_UP] * 9, HELD_UP, 100, True),
    ],
)
def test_what_could_not_be_sent_is_not_tried_for_ever(before, now, seconds, expected, tried):
    assert gate.may_retry(tried(*before), after(seconds), now) is expected


def test_without_being_told_the_last_reason_that_was_written_down_counts(tried):
    generation = tried(*[UNREACHED] * 4)
    assert not gate.may_retry(generation, after(100))
    Attempt.objects.filter(generation=generation, outcome=Outcome.SENDING).update(outcome=Outcome.NOT_SENT, trouble=store(BUSY))
    assert gate.may_retry(generation, after(100))


def test_the_same_gate_serves_threads_that_find_none(account: ProviderAccount, together):
    assert sum(together(6, lambda: admitted(account, NOON, 1))) >= 1
    assert Gate.objects.count() == 1
