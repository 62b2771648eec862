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


@pytest.mark.parametrize("name", [name for name in EVERYTHING if "GET" in TABLE[name].does])
@pytest.mark.parametrize("bare", [False, True], ids=["page", "fragment"])
def test_it_is_text_and_nothing_else(name: str, bare: bool, evil: dict[str, Any], owner: User):
    client = Client() if TABLE[name].needs == OPEN else client_of(owner)
    client.defaults |= {"HTTP_HX_REQUEST": "true"} if bare else {}
    answer = call(client, name, "GET", evil)
    text = getattr(answer, "content", b"").decode(errors="replace")
    if answer.get("Content-Type", "").startswith("text/html"):
        assert "<canary" not in text
        assert "><!--{{" not in text
        assert answer.status_code < 500


def test_it_was_there_to_be_seen(evil: dict[str, Any], owner: User):
    for path in ("/", "/gallery/", "/collections/", "/team/", "/administration/people/"):
        assert "&lt;canary" in client_of(owner).get(path).content.decode()
