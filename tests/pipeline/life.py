"""A studio's life as hypothesis makes it up: clicks, drivers, accidents, answers of every kind, decisions, and time that goes by.

After every step the rows, the money and the provider's own books are compared; at the end everything is brought to rest, and nothing
that the provider delivered may be missing.
"""

import os
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Q
from django.db.transaction import Atomic
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from generations.catalogue import ENGINES
from generations.dialects import DIALECTS, faults
from generations.dialects.dialect import Asked, Dialect
from generations.dialects.outcome import Finished
from generations.dialects.wire import Answer, Call
from generations.integrity import attempts as attempt_rules
from generations.integrity import rows as row_rules
from generations.media import derive, names, spool
from generations.media.store import store
from generations.models import (
    RUNNING,
    Attempt,
    Budget,
    Charge,
    Entry,
    Gate,
    Generation,
    Image,
    ImageStatus,
    ProviderAccount,
    Purse,
    Role,
    Status,
    Team,
)
from generations.offers import Offer
from generations.pipeline import choices, claim, gate, hand, money, send
from generations.pipeline.money import OverBudget
from generations.pipeline.start import KeyUsed, Order, Refused, start
from generations.pipeline.trouble import NEVER_DONE
from generations.providers.meter import Limits
from tests.cast import person
from tests.pipeline import provider as at
from tests.pipeline.steps import Steps, again, die, rescue, sentence
from tests.pipeline.studio import offer_of, order

SUBMITS = {
    "deliver": at.deliver,
    "fewer": at.short(1),
    "more": at.short(-1),
    "inline": at.inline(at.deliver),
    "refuse": at.refuse(faults.WORDS),
    "key": at.refuse(faults.KEY),
    "busy": at.refuse(faults.BUSY, 20),
    "lost": at.lost(),
    "lost refusal": at.lost(at.refuse(faults.WORDS)),
    "page": at.page(),
    "away": at.away,
    "fall": at.fall,
}
QUESTIONS = {
    "answer": at.answered,
    "pending": at.pending,
    "silent": at.silent,
    "free": at.gone_wrong(free=True),
    "failed": at.gone_wrong(free=False),
}
FILES = {"picture": at.drawn, "dead": at.dead, "late": at.late, "garbled": at.garbled, "broken off": at.broken_off, "full": at.full}
JUMPS = {"a moment": 3, "a minute": 70, "a quarter": 900, "a day": 25 * 3600, "a week": 7 * 24 * 3600, "back": -3600}
WEATHER = st.tuples(*(st.sampled_from(list(kinds)) for kinds in (SUBMITS, QUESTIONS, FILES)))
PRICE = 35_000
SPARES = ("ark/seedream-4.0", "apimart/seedream-5.0-lite")


def spare(wanted: Order, engine: str) -> dict[str, Any]:
    """Another account that could make the same, at another price."""
    request = wanted.request.with_(engine=engine, ratio="1:1", tier="2K")
    return {"engine": engine, "account": offer_of(engine).account.pk, "price": 2 * PRICE, "request": request.store()}


class Books(at.Provider):
    """It also knows which attempt each call was for."""

    def __init__(self) -> None:
        super().__init__()
        self.key = ""
        self.calls: Counter[str] = Counter()
        self.sold: dict[str, list[at.Sale]] = defaultdict(list)

    def client(self, account: ProviderAccount) -> Any:
        client = super().client(account)
        client.way.__class__ = Counted
        return client


class Counted(at.Window):
    def send(self, call: Call, limits: Limits) -> Answer:
        self.provider.calls[self.provider.key] += 1  # type: ignore[attr-defined]
        return super().send(call, limits)

    def take_on(self, asked: Asked) -> at.Sale:
        sale = super().take_on(asked)
        sold = self.provider.sold[self.provider.key]  # type: ignore[attr-defined]
        if sale not in sold:
            sold.append(sale)
        return sale


class Now:
    """All rows that matter, read once."""

    def __init__(self) -> None:
        self.generations = {one.pk: one for one in Generation.objects.all()}
        self.attempts = {one.pk: one for one in Attempt.objects.defer("answer", "sent").select_related("account")}
        self.purses = list(Purse.objects.all())
        self.open = {one.generation_id for one in self.attempts.values() if one.outcome in choices.OPEN and one.charge == Charge.UNKNOWN}
        self.held, self.charged, self.settled = Counter[int](), Counter[int](), Counter[int | None]()
        for entry in Entry.objects.all():
            self.settled[entry.attempt_id] += entry.kind == Entry.Kind.SETTLE
            self.held[entry.generation_id] += entry.amount if entry.kind == Entry.Kind.HOLD else -entry.amount
            self.charged[entry.generation_id] += entry.amount if entry.kind == Entry.Kind.SETTLE else 0

    def dialect(self, attempt: Attempt) -> Dialect:
        return DIALECTS[attempt.account.dialect]


class Life(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.folder = Path(tempfile.mkdtemp(dir=settings.DATA))
        self.world = transaction.atomic()
        self.world.__enter__()
        self.patch.setattr(settings, "DATA", self.folder)
        self.patch.setattr(settings, "STORAGE", self.folder / "media")
        settings.STORAGE.mkdir()
        self.patch.setattr(os, "fsync", lambda file: None)
        self.patch.setattr(derive, "SIDES", (320,))
        self.patch.setattr(derive, "LARGEST", 320)
        self.provider, self.failures = Books(), 0
        self.now, self.jumped = datetime(2020, 11, 20, 12, 0, tzinfo=UTC), 0.0
        self.patch.setattr(timezone, "now", lambda: self.now)
        self.patch.setattr(claim, "with_work", lambda now: WITH_WORK(now).order_by("pk"))
        self.patch.setattr(hand, "client_of", self.provider.client)
        self.patch.setattr(send, "monotonic", lambda: monotonic() + self.jumped)
        self.patch.setattr(send, "submit", self.submitted)
        self.patch.setattr(Atomic, "__exit__", self.leaving(Atomic.__exit__))
        self.drivers: list[Steps] = []
        self.orders: dict[UUID, Order] = {}
        self.consented: Counter[int] = Counter()
        self.decided: set[int] = set()
        self.ended: dict[int, str] = {}

    @initialize(budget=st.sampled_from([None, None, 40 * PRICE, 5 * PRICE]))
    def begin(self, budget: int | None) -> None:
        self.team = Team.objects.create(name="Studio North", slug="north")
        self.user = person("Dana Designer", self.team, Role.DESIGNER)
        self.owner = person("Olga Owner", self.team, Role.ADMIN, administrator=True)
        Budget.objects.create(team=self.team, hard=budget)
        self.drivers = [Steps("a/1/"), Steps("b/1/")]
        for dialect in ("apimart", "gateway", "tensorslab"):
            self.click(dialect, 2, True, 1)

    def submitted(self, submission: send.Submission) -> send.Submitted:
        self.provider.key = submission.key
        return SUBMIT(submission)

    def leaving(self, leave: Any) -> Any:
        """A commit that fails, when one is to fail; those of the test itself never do."""

        def exit(atomic: Atomic, kind: Any, value: Any, trace: Any) -> None:
            if kind is None and self.failures and atomic.savepoint and atomic is not self.world:
                self.failures -= 1
                leave(atomic, OperationalError, OperationalError(), None)
                raise OperationalError("disk I/O error")
            leave(atomic, kind, value, trace)

        return exit

    # --- people ---

    @rule(dialect=st.sampled_from(sorted(DIALECTS)), images=st.integers(1, 3), priced=st.booleans(), spares=st.integers(0, 2))
    def click(self, dialect: str, images: int, priced: bool, spares: int) -> None:
        engine = {"gateway": "gateway/seedream-4.0", "anyfast": "anyfast/seedream-5.0-t2i"}.get(dialect)
        more = {"engine": engine} if engine else {}
        count = 1 if dialect == "anyfast" else images
        wanted = order(self.user, self.team, dialect, f"boat {len(self.orders)}", images=count, price=PRICE if priced else None, **more)
        wanted = replace(wanted, spares=tuple(spare(wanted, engine) for engine in SPARES[:spares]))
        try:
            start(wanted)
            self.orders[wanted.key] = wanted
        except Refused:
            assert not Generation.objects.filter(request_key=wanted.key).exists()

    @precondition(lambda self: self.orders)
    @rule(data=st.data(), other=st.booleans())
    def click_again(self, data: st.DataObject, other: bool) -> None:
        wanted = data.draw(st.sampled_from(list(self.orders.values())))
        count = Generation.objects.count()
        if other:
            with pytest.raises(KeyUsed):
                start(Order(wanted.user, wanted.team, wanted.request.with_(prompt="other"), wanted.offer, wanted.key))
        else:
            assert start(wanted).request_key == wanted.key
        assert Generation.objects.count() == count

    @rule(data=st.data(), what=st.sampled_from(["stop", "check_again", "came", "not_came", "send_again", "rerun"]))
    def decide(self, data: st.DataObject, what: str) -> None:
        doubted = (Status.UNKNOWN, Status.SENDING, Status.FAILED, Status.PARTIAL)
        which = {"stop": Q(status__in=RUNNING), "rerun": Q()}.get(what, Q(status__in=doubted))
        if generation := self.any_of(data, Generation.objects.filter(which).order_by("pk")):
            if what == "rerun":
                self.rerun(generation)
            elif what in ("came", "not_came"):
                attempt = choices.unresolved(generation)
                if getattr(choices, what)(generation, self.owner) and attempt:
                    self.decided.add(attempt.pk)
            else:
                self.press(generation, what)

    def press(self, generation: Generation, what: str) -> None:
        try:
            with transaction.atomic():
                done = getattr(choices, what)(generation, self.user)
        except OverBudget:
            return
        self.consented[generation.pk] += done and what == "send_again"

    def rerun(self, generation: Generation) -> None:
        offer = Offer(ENGINES[generation.engine], generation.account, generation.price)
        wanted = Order(self.user, self.team, generation.asked(), offer, uuid4(), parent=generation)
        try:
            start(wanted)
            self.orders[wanted.key] = wanted
        except Refused:
            pass

    @rule(on=st.booleans(), dialect=st.sampled_from(["", *sorted(DIALECTS)]))
    def administer(self, on: bool, dialect: str = "") -> None:
        """One account, or all of them."""
        accounts = ProviderAccount.objects.filter(dialect__startswith=dialect)
        accounts.update(enabled=on)
        for account in accounts if on else ():
            gate.open_gate(account, timezone.now())

    # --- drivers ---

    @rule(which=st.integers(0, 1))
    def look(self, which: int) -> None:
        self.drivers[which].look()

    @precondition(lambda self: any(driver.crew.given for driver in self.drivers))
    @rule(data=st.data(), weather=WEATHER, heard=st.booleans(), failing=st.sampled_from([0, 0, 0, 1, 2]))
    def work(self, data: st.DataObject, weather: tuple[str, str, str], heard: bool, failing: int) -> None:
        """One of the things that threads have to do; what came of it is heard at once, or later."""
        driver = data.draw(st.sampled_from([one for one in self.drivers if one.crew.given]))
        self.usually(*weather)
        driver.work(data.draw(st.integers(0, len(driver.crew.given) - 1)))
        self.usually("deliver", "answer", "picture")
        if heard:
            with self.database_away(failing):
                driver.hear()

    @precondition(lambda self: not all(driver.crew.came.empty() for driver in self.drivers))
    @rule()
    def hear(self) -> None:
        for driver in self.drivers:
            driver.hear()

    @rule(which=st.integers(0, 1), weather=WEATHER)
    def go_on(self, which: int, weather: tuple[str, str, str]) -> None:
        """Everything it can do now, and all of it goes the same way."""
        self.usually(*weather)
        self.drivers[which].settle()
        self.usually("deliver", "answer", "picture")

    def usually(self, submit: str, question: str, file: str) -> None:
        self.provider.usual, self.provider.usual_answer, self.provider.usual_file = SUBMITS[submit], QUESTIONS[question], FILES[file]

    @contextmanager
    def database_away(self, times: int) -> Iterator[None]:
        self.failures = times
        try:
            yield
        finally:
            self.failures = 0

    @rule(failing=st.sampled_from([0, 0, 1]))
    def sweep(self, failing: int) -> None:
        with self.database_away(failing), suppress(OperationalError):
            rescue()

    @rule(which=st.integers(0, 1), gone=st.booleans())
    def lose(self, which: int, gone: bool) -> None:
        """It dies, or only sleeps too long and goes on without knowing."""
        die(self.drivers[which])
        if gone:
            self.drivers[which] = Steps("c/1/")

    @rule(jump=st.sampled_from(list(JUMPS)))
    def time_goes_by(self, jump: str) -> None:
        self.now += timedelta(seconds=JUMPS[jump])
        for driver in self.drivers:
            driver.row.renew()
        self.jumped += max(0, JUMPS[jump])  # the other clock never goes back
        self.provider.clock = self.jumped

    # --- what always holds ---

    @invariant()
    def all_is_well(self) -> None:
        if self.drivers:
            now = Now()
            self.nothing_is_paid_twice_without_asking(now)
            self.nothing_paid_is_said_to_be_free(now)
            self.the_books_agree(now)
            self.what_ended_stays_as_it_is(now)

    def nothing_is_paid_twice_without_asking(self, now: "Now") -> None:
        sales: Counter[int] = Counter()
        for attempt in now.attempts.values():
            key = str(attempt.key)
            assert len(self.provider.sold[key]) <= 1
            assert self.provider.calls[key] <= 1 or now.dialect(attempt).IDEMPOTENT
            sales[attempt.generation_id] += len(self.provider.sold[key])
        assert all(count <= 1 + self.consented[pk] for pk, count in sales.items())

    def nothing_paid_is_said_to_be_free(self, now: "Now") -> None:
        for attempt in now.attempts.values():
            for sale in self.provider.sold[str(attempt.key)]:
                honest = attempt.charge != Charge.NO or sale.free or attempt.pk in self.decided
                assert honest, (now.generations[attempt.generation_id].status, attempt.outcome, attempt.trouble)
                assert money.word(now.generations[attempt.generation_id]) != "released" or sale.free or attempt.pk in self.decided

    def the_books_agree(self, now: "Now") -> None:
        for pk, generation in now.generations.items():
            assert (generation.held, generation.charged) == (now.held[pk], now.charged[pk])
            assert generation.held >= 0
            assert generation.status not in row_rules.ENDED or pk in now.open or not generation.held
        assert all(times <= 1 for times in now.settled.values()), "an attempt was charged twice"
        team, person = ([purse for purse in now.purses if bool(purse.user_id) is alone] for alone in (False, True))
        for purses in (team, person):
            assert sum(purse.held for purse in purses) == sum(now.held.values())
            assert sum(purse.spent for purse in purses) == sum(now.charged.values())

    def what_ended_stays_as_it_is(self, now: "Now") -> None:
        for pk, generation in now.generations.items():
            if generation.status in row_rules.ENDED:
                assert self.ended.setdefault(pk, generation.status) == generation.status
                assert generation.due_at is None
                assert generation.driver is None

    # --- at the end ---

    def teardown(self) -> None:
        try:
            if self.drivers:
                self.come_to_rest()
                self.nothing_is_lost()
        finally:
            for driver in self.drivers:
                driver.hand.close()
            transaction.set_rollback(True)
            self.world.__exit__(None, None, None)
            self.patch.undo()
            shutil.rmtree(self.folder, ignore_errors=True)

    def come_to_rest(self) -> None:
        """Whoever was at work is gone, an administrator has opened everything, and from now on all goes well."""
        for driver in self.drivers:
            die(driver)
        self.administer(on=True)
        self.drivers.append(Steps("last/1/"))
        for _time in range(40):
            rescue()
            self.drivers[-1].settle()
            if not Generation.objects.filter(due_at__isnull=False).exists():
                return
            self.time_goes_by("a quarter")
        raise AssertionError([(one.status, one.due_at) for one in Generation.objects.filter(due_at__isnull=False)])

    def nothing_is_lost(self) -> None:
        self.all_is_well()
        assert list(money.audit()) == []
        assert [str(finding) for finding in chain(row_rules.check(timezone.now()), attempt_rules.check())] == []
        assert not Generation.objects.filter(status__in=RUNNING).exists()
        for attempt in Attempt.objects.select_related("generation"):
            self.delivered_is_kept(attempt)
        for image in Image.objects.filter(status=ImageStatus.STORED):
            assert store().size(names.original(image.sha256, image.format)) == image.bytes

    def delivered_is_kept(self, attempt: Attempt) -> None:
        generation = again(attempt.generation)
        if attempt.task or attempt.outcome == "answered":
            assert generation.status != Status.UNKNOWN or sentence(generation) == NEVER_DONE or choices.unresolved(generation) != attempt
        for sale in self.provider.sold[str(attempt.key)] if attempt.outcome == "answered" else ():
            assert isinstance(sale.state, Finished)
            assert attempt.images.count() == len(sale.state.items)
        if spool.place(str(attempt.key)).exists() and attempt.outcome == "unknown" and generation.status == Status.UNKNOWN:
            assert attempt.answer_status is not None, "an answer nobody has read"
        assert not Gate.objects.filter(wait_until__gt=timezone.now() + gate.PATIENCE).exists()

    def any_of(self, data: st.DataObject, found: Any) -> Any:
        rows = list(found)
        return data.draw(st.sampled_from(range(len(rows))).map(rows.__getitem__)) if rows else None


SUBMIT, WITH_WORK = send.submit, claim.with_work
