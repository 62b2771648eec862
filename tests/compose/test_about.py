"""One request, all of it: also where no picture came and its card shows only the first words."""

import pytest
from django.utils import timezone

from generations.models import Attempt, Charge, Outcome, Status, Team, User
from tests.cast import client_of
from tests.compose.looking import html, look, only, words
from tests.made import asked, made

pytestmark = pytest.mark.django_db

LONG = "A lighthouse with many details, " * 40
HTMX = {"HX-Request": "true"}


def test_its_card_leads_to_it(designer: User, team: Team):
    one = made(designer, team, Status.REFUSED, asked(LONG))
    client = client_of(designer)
    assert f'href="/generations/{one.uid}/"' in only(look(client))
    page = words(html(client.get(f"/generations/{one.uid}/")))
    assert LONG.strip() in page
    assert "Refused" in page


def test_it_tells_what_was_asked_and_each_call(designer: User, team: Team):
    one = made(designer, team, Status.UNKNOWN, asked(images=3))
    trouble = {"sentence": "", "said": "quota " * 100}
    Attempt.objects.filter(generation=one).update(
        outcome=Outcome.UNKNOWN, charge=Charge.UNKNOWN, sent_at=timezone.now(), task="task-7", trouble=trouble
    )
    page = words(html(client_of(designer).get(f"/generations/{one.uid}/", headers=HTMX)))
    assert "Images 3" in page
    assert "unknown, may be charged" in page
    assert "task-7" in page
    assert ("quota " * 100).strip() in page


def test_a_fragment_is_no_page_and_a_page_works_without_a_script(designer: User, team: Team):
    one = made(designer, team, Status.FAILED)
    client = client_of(designer)
    assert "<html" not in html(client.get(f"/generations/{one.uid}/", headers=HTMX))
    assert f'action="/generations/{one.uid}/rerun/"' in html(client.get(f"/generations/{one.uid}/"))


def test_a_private_request_is_not_there(reviewer: User, designer: User, team: Team):
    assert client_of(reviewer).get(f"/generations/{made(designer, team, private=True).uid}/").status_code == 404
