import pytest
from django.core.management import CommandError, call_command

from generations.catalogue import ENGINES
from generations.demo.stage import PEOPLE
from generations.demo.wishes import WISHES
from generations.models import Generation, Role, Status, User
from generations.pipeline import money
from tests.cast import client_of

pytestmark = pytest.mark.django_db


def test_the_demo_has_a_person_for_each_role_who_can_sign_in(capsys: pytest.CaptureFixture[str], client):
    call_command("create_demo")
    line = next(line for line in capsys.readouterr().out.splitlines() if "designer@" in line)
    email, password = line.split()
    client.post("/account/login/", {"login": email, "password": password})
    assert client.get("/").status_code == 200
    assert set(User.objects.values_list("memberships__role", flat=True)) == set(Role.values)


def test_everything_the_demo_team_wishes_can_be_sent():
    call_command("create_demo")
    assert Generation.objects.count() == len(WISHES)
    assert {wish.who for wish in WISHES} <= set(PEOPLE)
    assert {wish.engine for wish in WISHES} <= set(ENGINES)
    assert Generation.objects.filter(status=Status.ASKING).count() == 1
    assert not list(money.audit())


def test_a_studio_in_use_is_not_filled(owner: User):
    with pytest.raises(CommandError, match="people already"):
        call_command("create_demo")
    assert client_of(owner).get("/").status_code == 200
