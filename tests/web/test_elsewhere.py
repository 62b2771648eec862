"""Pages name the account that made it, and say who was asked before."""

import pytest

from generations.dialects import faults
from generations.models import Attempt, Generation, Outcome, ProviderAccount, Status, Team, User
from generations.pipeline.trouble import store
from generations.web.elsewhere import asked_before
from tests.cast import client_of
from tests.made import made, pictured

pytestmark = pytest.mark.django_db
SAID = "Main: The provider refused the studio&#x27;s key. So Second was asked."


@pytest.fixture
def generation(designer: User, team: Team) -> Generation:
    main, second = (ProviderAccount.objects.create(name=name, dialect="apimart", address="https://x.io") for name in ("Main", "Second"))
    generation = made(designer, team, Status.DONE, account=second)
    told = store(faults.refused(faults.KEY, "Invalid key."))
    generation.attempts.update(account=main, outcome=Outcome.NOT_SENT, trouble=told)
    Attempt.objects.create(generation=generation, number=2, account=second, outcome=Outcome.ANSWERED)
    pictured(generation)
    return generation


def test_the_card_says_so(generation: Generation, designer: User):
    page = client_of(designer).get("/").content.decode()
    assert "Second" in page
    assert SAID in page


def test_and_so_does_what_is_said_of_its_image(generation: Generation, designer: User):
    image = generation.images.get()
    assert SAID in client_of(designer).get(f"/images/{image.uid}/inspector/").content.decode()


def test_of_several_tries_with_one_account_the_last_is_said(generation: Generation):
    main = ProviderAccount.objects.get(name="Main")
    generation.attempts.filter(number=2).update(account=main, trouble=store(faults.refused(faults.BALANCE)))
    attempts = generation.attempts.select_related("account").order_by("number")
    assert asked_before(generation, attempts) == "Main: The studio's account at the provider is out of credit. So Second was asked."


def test_of_what_went_nowhere_else_nothing_is_said(designer: User, team: Team):
    generation = made(designer, team)
    assert asked_before(generation, generation.attempts.select_related("account")) == ""
