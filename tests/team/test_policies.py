import json

import pytest
from django.http import HttpResponse

from generations.compose import drafts
from generations.compose.filled import Filled
from generations.models import JournalLine, Reviewing, Role, Team, User
from tests.cast import client_of, person
from tests.made import ENGINE, sandbox
from tests.team.pages import field, text

pytestmark = pytest.mark.django_db

AS_IT_IS = {"private": "", "review": "asked", "prompt_travels": "on", "ask_above": ""}


def look(user: User) -> HttpResponse:
    return client_of(user).get("/team/policies/")


def save(user: User, seen: str | None = None, **changes: object) -> HttpResponse:
    """`changes`: None leaves a box empty."""
    wanted = {name: value for name, value in {**AS_IT_IS, **changes}.items() if value is not None}
    return client_of(user).post("/team/policies/", {"seen": field(look(user), "seen") if seen is None else seen, **wanted})


def lines() -> list[dict]:
    return list(JournalLine.objects.filter(deed="policy.change").values_list("details", flat=True))


def test_all_of_them_are_kept(admin: User, team: Team):
    sandbox()
    wanted = {"private": "on", "review": "every", "sealed": "on", "prompt_travels": None, "watermark": "on", "ask_above": "$0.50"}
    assert save(admin, **wanted, engines=[ENGINE])["Location"] == "/team/policies/"
    team.refresh_from_db()
    assert (team.private, team.review, team.sealed, team.prompt_travels) == (True, Reviewing.EVERY, True, False)
    assert (team.watermark, team.ask_above, team.engines) == (True, 500_000, [ENGINE])
    assert field(look(admin), "ask_above") == "0.50"


def test_who_changed_what_is_shown_where_it_is_changed(admin: User, team: Team):
    save(admin, ask_above="0.5", review="every")
    assert "Changed lately Ada Admin changed what is reviewed, what needs approval" in text(look(admin))


def test_what_changed_is_written_down_and_nothing_else(admin: User, team: Team):
    save(admin, ask_above="0.5")
    save(admin, ask_above="0.5")
    assert lines() == [{"changed": ["ask_above"], "ask_above": 500_000}]


def test_originals_are_closed_only_where_something_is_reviewed(admin: User, team: Team):
    answer = save(admin, review="off", sealed="on")
    assert answer.status_code == 422
    assert "Where nothing is reviewed, nothing is ever opened." in text(answer)
    team.refresh_from_db()
    assert not team.sealed


def test_bad_input_is_told_and_what_was_typed_stays(admin: User, team: Team):
    for changes, sentence in [
        ({"ask_above": "much"}, "“much” is no amount of money."),
        ({"ask_above": "-1"}, "“-1” is no amount of money."),
        ({"ask_above": "2000000"}, "$2,000,000.00 is too much"),
        ({"review": "sometimes"}, "not one of the available choices"),
        ({"review": None}, "required"),
        ({"engines": ["nobody/nothing"]}, "not one of the available choices"),
    ]:
        answer = save(admin, **changes, private="on")
        assert (answer.status_code, lines()) == (422, []), sentence
        assert sentence in text(answer), sentence
        assert '<option value="on" selected>' in answer.content.decode(), sentence
        assert field(answer, "ask_above") == changes.get("ask_above", ""), sentence


def test_the_later_of_two_is_told_and_overwrites_nothing(admin: User, owner: User, team: Team):
    seen = field(look(admin), "seen")
    save(owner, private="on", watermark="on")
    answer = save(admin, seen, ask_above="0.5")
    assert answer.status_code == 409
    assert "Olga Owner changed who sees what is made, the watermark at" in text(answer)
    assert (field(answer, "ask_above"), '<option value="on" selected>' in answer.content.decode()) == ("0.50", True)
    again = save(admin, field(answer, "seen"), ask_above="0.5", private="on", watermark="on")
    team.refresh_from_db()
    assert (again.status_code, team.private, team.ask_above) == (302, True, 500_000)


@pytest.mark.parametrize("seen", ["", "[]", "{}", "null", "nonsense", json.dumps({"private": 7})])
def test_who_says_nothing_true_about_what_they_saw_is_asked_to_look(seen: str, admin: User):
    assert save(admin, seen, private="on").status_code == 409
    assert lines() == []


def test_an_engine_that_is_away_for_a_day_stays_chosen(admin: User, team: Team):
    Team.objects.update(engines=["apimart/seedream-0.1"])
    assert "not switched on now" in text(look(admin))
    save(admin, engines=["apimart/seedream-0.1"], private="on")
    team.refresh_from_db()
    assert team.engines == ["apimart/seedream-0.1"]


def test_what_requests_begin_with_changes_where_one_is_being_written(admin: User, designer: User, team: Team):
    drafts.keep(designer, team, Filled(engine="ark/seedream-4.0@1", prompt="half a thought"))
    drafts.keep(admin, team, Filled(engine="tensorslab/seedream-4.5@1"))
    save(admin, private="on", watermark="on")
    found = [drafts.find(user, team) for user in (designer, admin)]
    assert [(one.prompt, one.private, one.watermark) for one in found if one] == [("half a thought", "on", "on"), ("", "on", "")]


@pytest.mark.parametrize("path", ["policies/", "budgets/", "spending/"])
@pytest.mark.parametrize("role", [Role.VIEWER, Role.DESIGNER, Role.REVIEWER])
def test_they_are_the_administrators(path: str, role: Role, admin: User, team: Team):
    user = person("Some Body", team, role)
    assert client_of(user).get(f"/team/{path}").status_code == 403
    assert client_of(user).post("/team/policies/", AS_IT_IS).status_code == 403
    assert path not in client_of(user).get("/team/").content.decode()
    assert client_of(admin).get(f"/team/{path}").status_code == 200
