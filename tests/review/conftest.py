"""A queue: images of the designer's that wait."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from generations import reviewing
from generations.models import Image, Team, User
from tests.cast import client_of
from tests.made import asked, made, pictured

HTMX = {"HX-Request": "true"}
Queue = Callable[..., list[Image]]


@pytest.fixture
def queue(designer: User, team: Team) -> Queue:
    """So many requests with one image each, in the order they were asked about; fields are the images' own."""

    def line_up(count: int = 3, user: User | None = None, each: int = 1, private: bool = False, **fields: Any) -> list[Image]:
        found = []
        for number in range(count):
            author = user or designer
            generation = made(author, team, request=asked(f"Tea tin number {number}"), private=private)
            images = pictured(generation, each, **fields)
            reviewing.ask(Image.objects.filter(pk__in=[one.pk for one in images]), author, team)
            found += images
        return found

    return line_up


def look(who: User | Client, query: str = "", htmx: bool = False) -> str:
    client = who if isinstance(who, Client) else client_of(who)
    answer = client.get(f"/review/?{query}", headers=HTMX if htmx else {})
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def shown(page: str) -> str:
    """The number of the image that is large."""
    return re.search(r"/images/([0-9a-f-]{36})/1280\.webp", page)[1]


def strip(page: str) -> list[str]:
    return re.findall(r'class="tile[^>]*><a href="[^"]*image=([0-9a-f-]{36})"', page)


def uids(*images: Image) -> list[str]:
    return [str(one.uid) for one in images]


def decide(who: User | Client, *images: Image, seen: int = 0, query: str = "", htmx: bool = True, **fields: str) -> Any:
    client = who if isinstance(who, Client) else client_of(who)
    marks = [f"{one.uid}:{seen}" for one in images]
    told = {"current": marks[0], **({"image": marks} if len(marks) > 1 else {}), **(fields or {"approve": "1"})}
    return client.post(f"/review/decide/?{query}", told, headers=HTMX if htmx else {})
