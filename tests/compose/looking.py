"""What a page of the feed says, taken from its HTML."""

import re
from html import unescape

from django.http import HttpResponse
from django.test import Client

from generations.models import Generation, Team, User
from tests.made import asked, made

CARD = re.compile(r'<article [^>]*id="card-([0-9a-f-]{36})"[^>]*data-state="([^"]*)"[^>]*>.*?</article>', re.DOTALL)
WINDOW = 24


def html(answer: HttpResponse) -> str:
    return answer.content.decode()


def cards(page: str) -> dict[str, str]:
    return {found[1]: found[0] for found in CARD.finditer(page)}


def order(page: str) -> list[str]:
    return list(cards(page))


def only(page: str) -> str:
    (card,) = cards(page).values()
    return card


def words(part: str) -> str:
    """As a person reads it."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", part)).replace("\xa0", " ").split())


def note(card: str) -> str:
    found = re.search(r'<div class="note.*', card, re.DOTALL)
    return words(found[0]) if found else ""


def buttons(card: str) -> list[str]:
    return [words(found) for found in ways(card)]


def tones(card: str) -> list[str]:
    return [re.search(r'class="([^"]*)"', found)[1] for found in ways(card)]


def ways(card: str) -> list[str]:
    """The buttons of its note, without those inside questions."""
    plain = re.sub(r'<div class="dialog.*?</footer>\s*</div>', "", card, flags=re.DOTALL)
    part = re.search(r'<div class="acts">(.*?)</article>', plain, re.DOTALL)
    return re.findall(r"<(?:button|a) .*?</(?:button|a)>", part[1], re.DOTALL) if part else []


def tag(page: str) -> str:
    """What static/js/feed.js says that the page shows."""
    shown = sorted((found for found in CARD.finditer(page)), key=lambda found: -int(found[2].split(".")[0]))
    newest, older = shown[:WINDOW], [found for found in shown[WINDOW:] if "data-live" in found[0]]
    tally = re.search(r'data-running="(\d+)" data-waiting="(\d+)"', page)
    count = f"{tally[1]}.{tally[2]}" if tally else ""
    return f'"{" ".join(found[2] for found in newest)};{" ".join(found[2] for found in older)};{count}"'


def look(client: Client, path: str = "/feed/") -> str:
    return html(client.get(path, headers={"HX-Request": "true"}))


def poll(client: Client, seen: str, path: str = "/feed/?whose=mine") -> HttpResponse:
    return client.get(path, headers={"HX-Request": "true", "If-None-Match": seen})


def history(user: User, team: Team, count: int, **fields: object) -> list[Generation]:
    return [made(user, team, request=asked(f"Study {n}"), **fields) for n in range(count)]
