"""A provider in memory: it stands where the way to a real one would begin, speaks the real dialects, and keeps its own books.

What it does to a call, a question, a download is a function from here: the next one of its kind, or the usual one.
"""

import json
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from typing import BinaryIO
from urllib.parse import quote

from PIL import Image as Picture

from generations.dialects import faults, get_asking, get_dialect
from generations.dialects.dialect import Asked, Dialect
from generations.dialects.faults import Fault, failed, refused
from generations.dialects.outcome import Accepted, Finished, Item, Pending, Trouble
from generations.dialects.wire import Answer, Call, Received, encode
from generations.models import ProviderAccount
from generations.providers.client import Client
from generations.providers.download import Fetched
from generations.providers.failure import Declined, NotSent, Unknown
from generations.providers.meter import Limits

NOW = 1_800_000_000
REMEMBERED = 24 * 3600
HTML = Answer(502, b"<html><h1>502 Bad Gateway</h1></html>", {"content-type": "text/html"})


@dataclass
class Sale:
    """A call that was taken on."""

    dialect: str
    asked: Asked
    task: str
    at: float = 0.0
    state: Finished | Pending | Trouble | None = None

    @property
    def free(self) -> bool:
        """It said so itself."""
        return isinstance(self.state, Trouble) and self.state.free


Plan = Callable[["Window", Asked], Answer]


@dataclass
class Provider:
    sales: list[Sale] = field(default_factory=list)
    sent: list[Asked] = field(default_factory=list)  # what was sent at all
    fetched: Counter[str] = field(default_factory=Counter)
    plans: deque[Plan] = field(default_factory=deque)
    questions: deque[Callable[["Window", Sale], Answer]] = field(default_factory=deque)
    files: deque[Callable[[str], bytes]] = field(default_factory=deque)
    usual: Plan = field(default=lambda window, asked: deliver(window, asked))
    usual_answer: Callable[["Window", Sale], Answer] = field(default=lambda window, sale: answered(window, sale))
    usual_file: Callable[[str], bytes] = field(default=lambda link: drawn(link))
    clock: float = 0.0  # seconds

    def client(self, account: ProviderAccount) -> Client:
        return Client(get_dialect(account.dialect), Window(self, get_dialect(account.dialect)))  # type: ignore[arg-type]


@dataclass
class Window:
    """Where one dialect is spoken; what a client takes for its way."""

    provider: Provider
    dialect: Dialect

    def send(self, call: Call, limits: Limits) -> Answer:
        asked = self.dialect.read_request(received(call))
        assert isinstance(asked, Asked), asked
        self.provider.sent.append(asked)
        plan = self.provider.plans.popleft() if self.provider.plans else self.provider.usual
        return plan(self, asked)

    def ask(self, call: Call, limits: Limits) -> Answer:
        task = get_asking(self.dialect.NAME).read_question(received(call))
        sale = next(sale for sale in self.provider.sales if sale.task == task)
        plan = self.provider.questions.popleft() if self.provider.questions else self.provider.usual_answer
        return plan(self, sale)

    def fetch(self, link: str, limits: Limits, into: BinaryIO) -> Fetched:
        self.provider.fetched[link] += 1
        plan = self.provider.files.popleft() if self.provider.files else self.provider.usual_file
        content = plan(link)
        into.write(content)
        return Fetched(len(content), "", "image/png", link)

    def write(self, asked: Asked | None, outcome: Accepted | Finished | Trouble) -> Answer:
        return self.dialect.write_answer(asked, outcome, NOW)

    def take_on(self, asked: Asked) -> Sale:
        """With an idempotency key only once, as long as it is remembered."""
        now = self.provider.clock
        known = [sale for sale in self.provider.sales if sale.asked.key == asked.key and now - sale.at < REMEMBERED]
        if self.dialect.IDEMPOTENT and known:
            return known[0]
        sale = Sale(self.dialect.NAME, asked, f"task_{len(self.provider.sales)}", now)
        self.provider.sales.append(sale)
        return sale

    def close(self) -> None:
        """Nothing is open."""


def received(call: Call) -> Received:
    headers = {name.lower(): text for name, text in call.headers.items()}
    fields = tuple((part.name, part.text) for part in call.form or () if not part.picture)
    body = json.loads(b"".join(encode(call.json)[1])) if call.json is not None else None
    return Received(call.method, call.path, headers, call.query, body, fields)


# --- what becomes of a call ---


def deliver(window: Window, asked: Asked, count: int | None = None) -> Answer:
    """A task, or all of its pictures at once."""
    sale = window.take_on(asked)
    sale.state = sale.state or made(sale, asked.request.images if count is None else count)
    return window.write(asked, Accepted(sale.task) if window.dialect.ASKS else finished(sale))


def short(count: int) -> Plan:
    """So many pictures less, or more."""
    return lambda window, asked: deliver(window, asked, max(1, asked.request.images - count))


def refuse(fault: Fault = faults.WORDS, wait: float | None = None) -> Plan:
    return lambda window, asked: window.write(asked, refused(fault, "No.", wait=wait))


def lost(plan: Plan = deliver) -> Plan:
    """It is done, and the answer is lost on its way."""

    def lose(window: Window, asked: Asked) -> Answer:
        plan(window, asked)
        raise Unknown("The connection was closed without an answer.")

    return lose


def page(plan: Plan = deliver) -> Plan:
    """It is done, and somebody in between shows a page instead."""

    def show(window: Window, asked: Asked) -> Answer:
        plan(window, asked)
        return HTML

    return show


def away(window: Window, asked: Asked) -> Answer:
    raise NotSent("Nobody is there.")


def fall(window: Window, asked: Asked) -> Answer:
    """A fault of ours, after it was taken on."""
    deliver(window, asked)
    raise RuntimeError("Something of ours has failed.")


def finished(sale: Sale) -> Finished | Trouble:
    assert isinstance(sale.state, Finished | Trouble)
    return sale.state


def made(sale: Sale, count: int) -> Finished:
    """Without a figure of its own for the money: the studio's price counts."""
    links = [f"https://pictures.example.com/{quote(sale.task)}/{index}.png" for index in range(count)]
    return Finished(tuple(Item(link) for link in links))


# --- what becomes of a question ---


def answered(window: Window, sale: Sale) -> Answer:
    return get_asking(window.dialect.NAME).write_status(sale.task, sale.state or Pending(running=True), NOW)


def pending(window: Window, sale: Sale) -> Answer:
    return get_asking(window.dialect.NAME).write_status(sale.task, Pending(running=True), NOW)


def silent(window: Window, sale: Sale) -> Answer:
    raise Unknown("The connection was closed without an answer.")


def gone_wrong(free: bool) -> Callable[[Window, Sale], Answer]:
    def end(window: Window, sale: Sale) -> Answer:
        sale.state = failed(faults.FAILED, free, "It failed.", "500" if free else "")
        return answered(window, sale)

    return end


# --- what becomes of a download ---


@cache
def drawn(link: str) -> bytes:
    """A picture of its own for each link."""
    colour = tuple(hash(link).to_bytes(8, "big", signed=True)[:3])
    made = BytesIO()
    Picture.new("RGB", (64, 64), colour).save(made, "PNG")
    return made.getvalue()


def dead(link: str) -> bytes:
    raise Declined("The link answers with {status}.", 404)


def late(link: str) -> bytes:
    raise Declined("The link answers with {status}.", 503)


def garbled(link: str) -> bytes:
    return b'{"error": "not ready"}'


def broken_off(link: str) -> bytes:
    raise Unknown("The answer broke off before its end.")


def full(link: str) -> bytes:
    raise OSError(28, "No space left on device")


def inline(plan: Plan) -> Plan:
    """The pictures themselves instead of links."""

    def carry(window: Window, asked: Asked) -> Answer:
        plan(window, asked)
        sale = next(sale for sale in window.provider.sales if sale.asked == asked)
        if isinstance(sale.state, Finished):
            sale.state = replace(sale.state, items=tuple(Item(content=drawn(item.link)) for item in sale.state.items))
        return window.write(asked, Accepted(sale.task) if window.dialect.ASKS else finished(sale))

    return carry
