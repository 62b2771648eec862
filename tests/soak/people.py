"""People at the studio's own pages: they sign in, fill in the composer, and click until somebody says that it arrived."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from uuid import uuid4

import httpx

from tests.soak.wishes import Wish

PASSWORD = "a long enough pass phrase"
PEOPLE = ("ada@example.com", "ben@example.com")
AGAIN = 0.3  # seconds
PATIENCE = 120.0
Going = Callable[[], bool]


@dataclass
class Click:
    who: str
    key: str
    wish: Wish
    at: float
    times: int = 0  # how often it was repeated
    arrived: bool = False
    said: list[int] = field(default_factory=list)


class Person:
    def __init__(self, address: str, email: str) -> None:
        self.email = email
        self.web = httpx.Client(base_url=address, timeout=30, trust_env=False)
        self.clicks: list[Click] = []
        self.refusals: list[str] = []  # pages that should never be seen

    def __enter__(self) -> "Person":
        """At the door."""
        page = self.look("/account/login/", patient())
        form = {"csrfmiddlewaretoken": value(page, "csrfmiddlewaretoken"), "login": self.email, "password": PASSWORD}
        answer = self.web.post("/account/login/", data=form)
        assert answer.status_code == 302, answer.text
        return self

    def __exit__(self, *_error: object) -> None:
        self.web.close()

    def look(self, path: str, going: Going) -> str:
        """The page, asked for again as long as nobody answers."""
        while going():
            try:
                answer = self.web.get(path)
                if answer.status_code == 200:
                    return answer.text
                self.refusals.append(f"GET {path} {answer.status_code}")
            except httpx.TransportError:
                pass
            time.sleep(AGAIN)
        return ""

    def order(self, *wishes: Wish) -> None:
        """In a studio that should be there; several at once, from as many windows."""
        page = self.look("/", patient())
        for wish in wishes:
            click = self.submit(wish, page, str(uuid4()), patient())
            assert click.arrived, self.refusals

    def ask(self, wish: Wish, going: Going) -> Click | None:
        """One form, one key, however often it has to be sent."""
        page = self.look("/", going)
        return self.submit(wish, page, value(page, "key"), going) if page else None

    def submit(self, wish: Wish, page: str, key: str, going: Going) -> Click:
        fields = wish.fields()
        form = {**fields, "engine": offer(page, fields["engine"]), "key": key}
        form["csrfmiddlewaretoken"] = value(page, "csrfmiddlewaretoken")
        click = Click(self.email, key, wish, time.time())
        self.clicks.append(click)
        while not click.arrived and going():
            self.send(click, form)
        return click

    def send(self, click: Click, form: dict[str, str]) -> None:
        click.times += 1
        try:
            answer = self.web.post("/generate/", data=form)
        except httpx.TransportError:
            time.sleep(AGAIN)
            return
        click.said.append(answer.status_code)
        click.arrived = answer.status_code == 302
        if not click.arrived:
            self.refusals.append(f"POST /generate/ {answer.status_code} {' '.join(answer.text.split())[:300]}")
            time.sleep(AGAIN)


def patient() -> Going:
    last = time.monotonic() + PATIENCE
    return lambda: time.monotonic() < last


def value(page: str, name: str) -> str:
    """Of a hidden field."""
    found = next(field for field in re.findall(r"<input [^>]*>", page) if f'name="{name}"' in field)
    return unescape(re.search(r'value="([^"]*)"', found)[1])


def offer(page: str, engine: str) -> str:
    """As the menu of engines names it: with its account."""
    return unescape(re.search(rf'value="({re.escape(engine)}@\d+)"', page)[1])
