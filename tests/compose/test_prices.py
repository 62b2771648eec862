"""Nobody pays more than they saw: a price that has risen since a form was drawn is said first."""

import re

import pytest

from generations.models import EngineChoice, Generation, Status, Team, User
from tests.cast import client_of
from tests.compose.form import HTMX, filled, text, value
from tests.compose.looking import look
from tests.made import ENGINE, asked, made, pictured, sandbox

pytestmark = pytest.mark.django_db


def cost(price: int) -> None:
    EngineChoice.objects.update_or_create(account=sandbox(), engine=ENGINE, defaults={"price": price})


def shown(page: str) -> dict[str, str]:
    """What the first button of a card sends along."""
    return dict(re.findall(r'<input type="hidden" name="(key|price)" value="([^"]*)"', page.split("<article")[1]))


@pytest.fixture
def form(designer: User) -> dict[str, object]:
    """As it was drawn while an image cost three cents."""
    cost(30_000)
    client_of(designer).post("/composer/", filled())
    return filled(price=value(client_of(designer).get("/"), "price"))


def test_a_price_that_has_risen_is_asked_about_first(designer: User, form: dict[str, object]):
    cost(200_000)
    answer = client_of(designer).post("/generate/", form, headers=HTMX)
    assert (answer.status_code, Generation.objects.count()) == (409, 0)
    assert "A price has changed: $0.20 now" in text(answer)
    again = {**form, "price": value(answer, "price"), "key": value(answer, "key")}
    assert client_of(designer).post("/generate/", again, headers=HTMX).status_code == 200
    assert Generation.objects.get().held == 200_000


def test_more_images_at_the_price_that_was_shown_need_no_question(designer: User, form: dict[str, object]):
    assert client_of(designer).post("/generate/", {**form, "images": "4"}).status_code == 302
    assert Generation.objects.get().held == 120_000


def test_a_price_that_has_fallen_is_nobodys_worry(designer: User, form: dict[str, object]):
    cost(10_000)
    client_of(designer).post("/generate/", form)
    assert Generation.objects.get().held == 10_000


def test_what_was_sent_before_the_price_rose_is_not_denied(designer: User, form: dict[str, object]):
    client_of(designer).post("/generate/", form)
    cost(200_000)
    assert client_of(designer).post("/generate/", form, headers=HTMX).status_code == 200
    assert Generation.objects.get().held == 30_000


def test_a_price_that_is_none_is_no_consent(designer: User, form: dict[str, object]):
    for price in ["", "0", "x", "-1", "9" * 40, "٣"]:
        assert client_of(designer).post("/generate/", {**form, "price": price}).status_code == 409, price
        assert not Generation.objects.exists(), price


@pytest.mark.parametrize("action", ["rerun", "missing"])
def test_a_card_takes_no_price_that_it_did_not_show(action: str, designer: User, team: Team):
    cost(30_000)
    one = made(designer, team, Status.PARTIAL if action == "missing" else Status.DONE, asked(images=2))
    pictured(one)
    client = client_of(designer)
    old = shown(look(client))
    cost(200_000)
    answer = client.post(f"/generations/{one.uid}/{action}/", old, headers=HTMX)
    assert (answer.status_code, answer["HX-Refresh"], Generation.objects.count()) == (409, "true", 1)
    assert "A price has changed: this costs $0." in text(client.get("/"))
    assert client.post(f"/generations/{one.uid}/{action}/", shown(look(client)), headers=HTMX).status_code == 200
