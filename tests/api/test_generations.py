"""Begun, looked at, stopped, done once more: by programs."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from generations.models import Budget, Collection, Generation, JournalLine, Scope, Status, Team, Token, User
from tests.api.caller import KITE, called, post
from tests.cast import person
from tests.isolation.things import state, uploaded
from tests.made import asked, made, pictured, sandbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(designer: User) -> Client:
    sandbox()
    return called(designer)


# --- begin ---


def test_a_request_is_in_line_and_has_an_address(client: Client, designer: User):
    answer = post(client, "/api/generations", KITE)
    made = Generation.objects.get()
    assert (answer.status_code, answer.json()["status"], answer["X-Generation"]) == (202, "queued", str(made.uid))
    assert client.get(answer["Location"]).json()["id"] == str(made.uid)
    assert (made.user, made.token, made.status) == (designer, Token.objects.get(), Status.QUEUED)


def test_sent_twice_with_a_key_it_is_made_once(client: Client):
    first, second = (post(client, "/api/generations", KITE, Idempotency_Key="kite-1") for _call in range(2))
    assert first.json()["id"] == second.json()["id"]
    assert Generation.objects.count() == 1


def test_a_key_is_for_one_request_only(client: Client):
    post(client, "/api/generations", KITE, Idempotency_Key="kite-1")
    answer = post(client, "/api/generations", KITE | {"images": 2}, Idempotency_Key="kite-1")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "key_used")


def test_nulls_are_as_good_as_nothing_and_what_is_unknown_is_named(client: Client):
    body = KITE | {"seed": None, "logo": {"position": 1, "shade": 2}, "references": None, "images": None, "style": "film"}
    assert post(client, "/api/generations", body).json()["ignored"] == ["style", "logo.shade"]


def test_its_images_go_where_the_program_says(client: Client, designer: User, team: Team):
    collection, parent = Collection.objects.create(team=team, user=designer, name="Kites"), made(designer, team)
    told = post(client, "/api/generations", KITE | {"collection": str(collection.uid), "parent": str(parent.uid), "private": True}).json()
    assert (told["collection"], told["parent"], told["private"]) == (str(collection.uid), str(parent.uid), True)


def test_an_uploaded_picture_is_named_by_its_hash(client: Client, designer: User, team: Team):
    upload = uploaded(designer, team)
    told = post(client, "/api/generations", KITE | {"references": [upload.sha256]}).json()
    assert [one["sha256"] for one in told["request"]["references"]] == [upload.sha256]


def test_another_teams_picture_cannot_be_named(client: Client, stranger: User, other_team: Team):
    answer = post(client, "/api/generations", KITE | {"references": [uploaded(stranger, other_team).sha256]})
    assert (answer.status_code, Generation.objects.count()) == (422, 0)


def test_what_the_engine_does_not_take_is_said_with_figures(client: Client):
    error = post(client, "/api/generations", KITE | {"images": 40}).json()["error"]
    assert (error["param"], error["code"]) == ("images", "refused")
    assert "15" in error["message"]


def test_nobody_spends_more_than_there_is(client: Client, designer: User, team: Team):
    sandbox().choices.create(engine=KITE["engine"], price=35_000)
    Budget.objects.create(team=team, hard=30_000)
    answer = post(client, "/api/generations", KITE)
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, "budget")
    assert not Generation.objects.exists()


def test_another_teams_engine_is_not_this_teams(client: Client, team: Team):
    Team.objects.update(engines=["gateway/seedream-4.0"])
    assert post(client, "/api/generations", KITE).json()["error"]["param"] == "engine"
    assert client.get(f"/api/engines/{KITE['engine']}").status_code == 404
    assert client.get("/api/engines").json()["items"] == []


# --- check ---


def test_a_check_writes_nothing_down(client: Client):
    client.get("/api/me")
    before = state()
    assert post(client, "/api/check", KITE).json()["ok"]
    assert state() == before


def test_a_check_says_what_becomes_of_every_field(client: Client):
    sandbox().choices.create(engine=KITE["engine"], price=35_000)
    told = post(client, "/api/check", KITE | {"seed": 7, "images": 2, "style": "film"}).json()
    assert {one["name"]: one["fate"] for one in told["fields"]}["seed"] == "left out"
    assert (told["price"]["micro"], told["size"], told["ignored"]) == (70_000, {"width": 2848, "height": 1600}, ["style"])
    assert told["call"]["json"]["prompt"] == KITE["prompt"]


def test_a_check_says_what_is_left_and_what_is_missing(client: Client, team: Team):
    sandbox().choices.create(engine=KITE["engine"], price=35_000)
    Budget.objects.create(team=team, hard=30_000)
    told = post(client, "/api/check", KITE | {"prompt": " "}).json()
    assert not told["ok"]
    assert told["left"]["micro"] == 30_000
    told = post(client, "/api/check", KITE).json()
    assert [problem["field"] for problem in told["problems"]] == ["budget"]


def test_a_check_says_no_where_a_generation_would_be_refused(client: Client):
    Team.objects.update(closed_at=timezone.now())
    told, refused = (post(client, path, KITE).json() for path in ("/api/check", "/api/generations"))
    assert not told["ok"]
    assert told["problems"] == refused["error"]["problems"]


def test_what_is_left_is_said_whatever_else_is_wrong(client: Client, team: Team):
    Budget.objects.create(team=team, hard=30_000)
    assert post(client, "/api/check", KITE | {"size": "big"}).json()["left"]["micro"] == 30_000


def test_a_check_says_what_somebody_has_to_allow(client: Client, team: Team):
    sandbox().choices.create(engine=KITE["engine"], price=35_000)
    Team.objects.update(ask_above=10_000)
    assert post(client, "/api/check", KITE).json()["asks"]
    answer = post(client, "/api/generations", KITE)
    assert (answer.status_code, answer.json()["status"], answer.json()["ended"]) == (202, "asking", False)


# --- look ---


def test_it_says_how_it_ended_what_it_cost_and_what_came(client: Client, designer: User, team: Team):
    generation = made(designer, team, request=asked(images=2), price=35_000, charged=70_000)
    images = pictured(generation, 2)
    told = client.get(f"/api/generations/{generation.uid}").json()
    assert (told["status"], told["ended"], told["money"]["word"]) == ("done", True, "charged")
    assert told["money"]["charged"] == {"micro": 70_000, "currency": "USD"}
    assert [image["id"] for image in told["images"]] == [str(image.uid) for image in images]


def test_what_lies_in_the_trash_has_no_address(client: Client, designer: User, team: Team):
    (image,) = pictured(made(designer, team))
    image.trashed_at = image.created_at
    image.save()
    (told,) = client.get(f"/api/generations/{image.generation.uid}").json()["images"]
    assert (told["trashed"], told["url"]) == (True, None)


def test_trouble_is_told_in_words(client: Client, designer: User, team: Team):
    why = {"next": "edit_prompt", "sent": "no", "sentence": "The prompt was refused.", "values": {}, "said": "policy", "code": "E7"}
    told = client.get(f"/api/generations/{made(designer, team, Status.REFUSED, trouble=why).uid}").json()
    assert told["trouble"] == {"message": "The prompt was refused.", "next": "edit_prompt", "said": "policy", "code": "E7"}


def test_what_a_provider_said_of_the_studios_key_is_not_told(client: Client, designer: User, team: Team):
    why = {"next": "mend_key", "sent": "no", "sentence": "The key was refused.", "values": {}, "said": "key sk-abc is bad", "code": "E1"}
    told = client.get(f"/api/generations/{made(designer, team, Status.REFUSED, trouble=why).uid}").json()
    assert (told["trouble"]["said"], told["trouble"]["code"]) == (None, None)


def test_the_list_takes_what_it_is_asked_for(client: Client, designer: User, reviewer: User, team: Team):
    made(designer, team, Status.DONE)
    made(designer, team, Status.FAILED)
    made(reviewer, team, Status.DONE, request=asked(engine="gateway/seedream-4.0"))
    counts = {query: len(client.get(f"/api/generations?{query}").json()["items"]) for query in QUERIES}
    assert counts == QUERIES


QUERIES = {"": 3, "mine=true": 2, "status=done": 2, "status=done&status=failed": 3, "status=queued": 0, "engine=gateway/seedream-4.0": 1}


def test_a_private_one_is_for_its_author(client: Client, reviewer: User, admin: User, team: Team):
    hidden = made(reviewer, team, private=True)
    assert client.get(f"/api/generations/{hidden.uid}").status_code == 404
    assert client.get("/api/generations").json()["items"] == []
    assert called(admin).get(f"/api/generations/{hidden.uid}").status_code == 200


def test_a_private_parent_is_not_told_of(client: Client, designer: User, reviewer: User, team: Team):
    child = made(designer, team, parent=made(reviewer, team, private=True))
    assert client.get(f"/api/generations/{child.uid}").json()["parent"] is None


# --- stop, and again ---


def test_what_waits_is_cancelled_and_costs_nothing(client: Client, designer: User, team: Team):
    waits = post(client, "/api/generations", KITE).json()["id"]
    told = post(client, f"/api/generations/{waits}/stop").json()
    assert (told["status"], told["ended"]) == ("cancelled", True)
    assert post(client, f"/api/generations/{waits}/stop").status_code == 409
    assert JournalLine.objects.filter(deed="generation.cancel").count() == 1


def test_only_its_author_or_an_administrator_stops_it(client: Client, team: Team, admin: User):
    waits = made(person("Dora Designer", team, "designer"), team, Status.WAITING)
    assert post(client, f"/api/generations/{waits.uid}/stop").status_code == 403
    assert post(called(admin), f"/api/generations/{waits.uid}/stop").status_code == 200


def test_it_is_run_again_as_it_was(client: Client, designer: User, team: Team):
    first = made(designer, team, request=asked("A blue kite", images=3))
    answer = post(client, f"/api/generations/{first.uid}/rerun", Idempotency_Key="again")
    again = Generation.objects.get(parent=first)
    assert (answer.status_code, answer.json()["parent"], again.request) == (202, str(first.uid), first.request)
    assert again.token
    post(client, f"/api/generations/{first.uid}/rerun", Idempotency_Key="again")
    assert Generation.objects.filter(parent=first).count() == 1


def test_what_is_not_offered_any_more_is_not_run_again(client: Client, designer: User, team: Team):
    first = made(designer, team)
    first.account.choices.create(engine=first.engine, enabled=False)
    answer = post(client, f"/api/generations/{first.uid}/rerun")
    assert (answer.status_code, answer.json()["error"]["param"]) == (422, "engine")


def test_a_token_that_only_makes_images_knows_its_own_alone(designer: User, team: Team):
    sandbox()
    maker = called(designer, scopes=(Scope.GENERATE,))
    mine = post(maker, "/api/generations", KITE).json()["id"]
    other = made(designer, team)
    assert maker.get(f"/api/generations/{mine}").status_code == 200
    assert maker.get(f"/api/generations/{other.uid}").status_code == 404
    assert post(maker, f"/api/generations/{other.uid}/rerun").status_code == 404
    assert post(maker, f"/api/generations/{other.uid}/stop").status_code == 404


def test_nobody_finds_what_never_was(client: Client):
    assert client.get(f"/api/generations/{uuid4()}").status_code == 404
    for deed in ("stop", "rerun"):
        assert post(client, f"/api/generations/{uuid4()}/{deed}").status_code == 404
