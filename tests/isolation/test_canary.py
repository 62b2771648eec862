"""What people type is shown on every page as they typed it, and is never a part of the page."""

from typing import Any

import pytest
from django.test import Client

from generations.models import Collection, Comment, Generation, Invitation, PromptTemplate, Share, Team, Token, Upload, User, Webhook
from tests.cast import client_of
from tests.isolation.table import OPEN, TABLE
from tests.isolation.test_matrix import EVERYTHING, call
from tests.isolation.things import things

pytestmark = pytest.mark.django_db

EVIL = "\"'><canary onerror=a><!--{{7*7}}"
TYPED = {
    Collection: "name",
    Comment: "text",
    Generation: "prompt",
    Invitation: "email",
    PromptTemplate: "name",
    Share: "title",
    Team: "name",
    Token: "name",
    Upload: "name",
    User: "name",
    Webhook: "url",
}


@pytest.fixture
def evil(designer: User, viewer: User, owner: User, team: Team) -> dict[str, Any]:
    found = things(designer, viewer, team)
    for model, field in TYPED.items():
        model.objects.update(**{field: EVIL})
    Generation.objects.update(trouble={"next": "report", "sent": "yes", "sentence": EVIL, "said": EVIL, "code": EVIL})
    return found


@pytest.mark.parametrize("more", [{}, {"HTTP_HX_REQUEST": "true"}], ids=["page", "fragment"])
def test_it_is_text_and_nothing_else(more: dict[str, str], evil: dict[str, Any], owner: User):
    signed_in = client_of(owner)
    signed_in.defaults |= more
    for name in [name for name, rule in EVERYTHING.items() if "GET" in rule.does]:
        answer = call(Client(**more) if TABLE[name].needs == OPEN else signed_in, name, "GET", evil)
        if answer.get("Content-Type", "").startswith("text/html"):
            text = answer.content.decode()
            assert "<canary" not in text, name
            assert "><!--{{" not in text, name
            assert answer.status_code < 500, name


def test_it_was_there_to_be_seen(evil: dict[str, Any], owner: User):
    for path in ("/", "/gallery/", "/collections/", "/team/", "/administration/people/"):
        assert "&lt;canary" in client_of(owner).get(path).content.decode()
