"""Where prompts come from: templates and what was asked for before."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from generations.compose import prompts, templates
from generations.compose.patterns import fill, places
from generations.models import PromptTemplate, Team, User
from tests.cast import client_of
from tests.compose.form import HTMX, filled, prompt, text, value
from tests.made import asked, made, sandbox

pytestmark = pytest.mark.django_db

PACKSHOT = "{product} on a plinth, {light} light, {product} alone"


@pytest.fixture
def packshot(designer: User, team: Team) -> PromptTemplate:
    return PromptTemplate.objects.create(team=team, user=designer, name="Packshot", text=PACKSHOT, shared=True)


def post(user: User, path: str, **form: object) -> HttpResponse:
    return client_of(user).post(path, form)


# --- templates ---


def test_words_in_braces_are_asked_for_once_each():
    assert places(PACKSHOT) == ["product", "light"]
    assert places("{} {a\nb} plain {颜色}") == ["颜色"]


def test_what_was_left_empty_stays_to_be_seen():
    assert fill(PACKSHOT, {"product": "A tin", "light": ""}) == "A tin on a plinth, {light} light, A tin alone"


def test_a_template_is_kept(designer: User):
    assert post(designer, "/templates/", name="Koi", text="Koi in {water}", shared="on").status_code == 302
    kept = PromptTemplate.objects.get()
    assert (kept.name, kept.text, kept.shared, kept.user) == ("Koi", "Koi in {water}", True, designer)


@pytest.mark.parametrize(
    "form", [{"name": "", "text": "x"}, {"name": "x", "text": " "}, {"name": "x" * 81, "text": "x"}, {"name": "x", "text": "a\0b"}]
)
def test_a_template_without_words_is_none(designer: User, form: dict[str, str]):
    assert post(designer, "/templates/", **form).status_code == 422
    assert not PromptTemplate.objects.exists()


def test_a_name_is_one_template(designer: User, packshot: PromptTemplate):
    answer = post(designer, "/templates/", name="Packshot", text="other")
    assert answer.status_code == 422
    assert "There is a template of this name already." in text(answer)


def test_the_fields_of_a_template_are_asked_for(designer: User, packshot: PromptTemplate):
    page = text(client_of(designer).get(f"/templates/{packshot.pk}/"))
    assert 'name="place-0"' in page
    assert 'name="place-1"' in page


def test_a_filled_template_becomes_the_prompt(designer: User, packshot: PromptTemplate):
    sandbox()
    given = {"place-0": "A tin", "place-1": "north"}
    assert post(designer, f"/templates/{packshot.pk}/use/", **given)["Location"] == "/"
    assert prompt(client_of(designer).get("/")) == "A tin on a plinth, north light, A tin alone"


def test_the_rest_of_the_form_stays_and_undo_brings_the_prompt_back(designer: User, packshot: PromptTemplate):
    form = filled(prompt="half a thought", images="3")
    client = client_of(designer)
    used = client.post(f"/templates/{packshot.pk}/use/", {**form, "place-0": "A tin"}, headers=HTMX)
    assert (prompt(used).startswith("A tin on"), value(used, "images")) == (True, "3")
    back = client.post("/composer/", {**form, "before": value(used, "before"), "undo": "on"}, headers=HTMX)
    assert prompt(back) == "half a thought"


def test_there_are_some_to_begin_with(designer: User):
    sandbox()
    assert "Packshot" in text(client_of(designer).get("/templates/"))
    client_of(designer).post("/templates/pattern/use/", {"place-0": "swifts"})
    assert prompt(client_of(designer).get("/")).startswith("Seamless pattern of swifts")


def test_a_shared_template_is_the_teams(admin: User, reviewer: User, packshot: PromptTemplate):
    assert client_of(reviewer).get(f"/templates/{packshot.pk}/").status_code == 200
    assert post(reviewer, f"/templates/{packshot.pk}/", name="x", text="x").status_code == 404
    assert post(admin, f"/templates/{packshot.pk}/", name="Tin", text="x").status_code == 302
    assert PromptTemplate.objects.get().name == "Tin"


def test_a_template_of_ones_own_is_seen_by_nobody_else(admin: User, stranger: User, packshot: PromptTemplate):
    PromptTemplate.objects.update(shared=False)
    for other in (admin, stranger):
        assert client_of(other).get(f"/templates/{packshot.pk}/").status_code == 404
        assert post(other, f"/templates/{packshot.pk}/use/").status_code == 404


def test_its_author_deletes_it(designer: User, reviewer: User, packshot: PromptTemplate):
    assert post(reviewer, f"/templates/{packshot.pk}/delete/").status_code == 404
    assert post(designer, f"/templates/{packshot.pk}/delete/").status_code == 302
    assert not PromptTemplate.objects.exists()


def test_who_wrote_a_template_is_told(reviewer: User, packshot: PromptTemplate):
    assert "Written by Dana Designer, for the whole team." in text(client_of(reviewer).get(f"/templates/{packshot.pk}/"))


def test_a_template_is_taken_back_from_the_team(designer: User, reviewer: User, packshot: PromptTemplate):
    for shared in (True, False):
        post(designer, f"/templates/{packshot.pk}/", name="Tin sheet", text="x", **({"shared": "on"} if shared else {}))
        assert ("Tin sheet" in text(client_of(reviewer).get("/templates/"))) is shared


def test_a_team_administrator_removes_what_is_shared(admin: User, packshot: PromptTemplate):
    assert post(admin, f"/templates/{packshot.pk}/delete/").status_code == 302
    assert not PromptTemplate.objects.exists()


def test_many_templates_have_pages(designer: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(templates, "PAGE", 2)
    made = [PromptTemplate.objects.create(team=team, user=designer, name=f"Sheet {n}", text="x") for n in range(3)]
    first, second = (text(client_of(designer).get(f"/templates/{query}")) for query in ("", f"?after={made[1].pk}"))
    assert ("Sheet 2" in first, "Sheet 1" in second, "Sheet 2" in second) == (False, False, True)


@pytest.mark.parametrize("pk", ["0", "nonsense", "9" * 30, "-1"])
def test_a_template_that_is_none(designer: User, pk: str):
    assert client_of(designer).get(f"/templates/{pk}/").status_code == 404


# --- earlier prompts ---


def listed(user: User, **query: object) -> list[str]:
    page = client_of(user).get("/prompts/", query).content.decode()
    return [part.split("</bdi>")[0] for part in page.split('<bdi class="words">')[1:]]


def test_prompts_are_there_newest_first_and_once(designer: User, admin: User, team: Team):
    for author, words in [(designer, "koi"), (admin, "kite"), (designer, "koi")]:
        made(author, team, request=asked(words))
    assert listed(designer) == ["koi", "kite"]


def test_prompts_of_others_stay_with_them(designer: User, admin: User, stranger: User, team: Team, other_team: Team):
    made(admin, team, request=asked("secret"), private=True)
    made(stranger, other_team, request=asked("theirs"))
    assert listed(designer) == []


def test_prompts_can_be_searched(designer: User, team: Team):
    for words in ("a red kite", "two koi", "红色风筝在山上"):
        made(designer, team, request=asked(words))
    assert (listed(designer, q="KITE"), listed(designer, q="风筝"), listed(designer, q="100%")) == (["a red kite"], ["红色风筝在山上"], [])


def test_a_long_history_has_pages(designer: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(prompts, "PAGE", 2)
    rows = [made(designer, team, request=asked(f"prompt {number}")) for number in range(5)]
    assert listed(designer) == ["prompt 4", "prompt 3"]
    assert listed(designer, before=rows[3].pk) == ["prompt 2", "prompt 1"]


def test_a_search_goes_back_step_by_step(designer: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(prompts, "REACH", 3)
    rows = [made(designer, team, request=asked("koi" if number == 0 else "kite")) for number in range(5)]
    page = text(client_of(designer).get("/prompts/", {"q": "koi"}))
    assert "Search further back" in page
    assert listed(designer, q="koi", before=rows[2].pk) == ["koi"]


@pytest.mark.parametrize("path", ["/prompts/", "/templates/"])
def test_twice_the_rows_are_the_same_queries(designer: User, team: Team, path: str):
    client = client_of(designer)
    add(designer, team, "first")
    before = queries(client, path)
    add(designer, team, "second")
    assert queries(client, path) == before


def add(user: User, team: Team, words: str) -> None:
    for number in range(3):
        made(user, team, request=asked(f"{words} {number}"))
        PromptTemplate.objects.create(team=team, user=user, name=f"{words} {number}", text="x")


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)
