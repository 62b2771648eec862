"""Collections."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generations import collecting
from generations.models import Collection, Image, Role, Share, Team, User
from tests.api.caller import called
from tests.api.library import shown
from tests.cast import person

pytestmark = pytest.mark.django_db

JSON = "application/json"


@pytest.fixture
def api(designer: User) -> Client:
    return called(designer)


@pytest.fixture
def autumn(designer: User, team: Team) -> Collection:
    return Collection.objects.create(team=team, user=designer, name="Autumn")


def lying(api: Client, collection: Collection) -> list[str]:
    return [one["id"] for one in api.get(f"/api/collections/{collection.uid}/images").json()["items"]]


def add(api: Client, collection: Collection, *images: Any):
    ids = [str(getattr(image, "uid", image)) for image in images]
    return api.post(f"/api/collections/{collection.uid}/images", {"images": ids}, content_type=JSON)


def test_one_is_made_and_listed(api: Client, designer: User):
    told = api.post("/api/collections", {"name": "  Autumn  "}, content_type=JSON)
    assert (told.status_code, told.json()["name"], told.json()["images"]) == (201, "Autumn", 0)
    assert [one["id"] for one in api.get("/api/collections").json()["items"]] == [told.json()["id"]]


def test_a_name_that_makes_no_sense(api: Client):
    for body in ({}, {"name": ""}, {"name": "   "}, {"name": "a" * 81}, {"name": 7}, {"name": None}, {"name": ["x"]}):
        assert api.post("/api/collections", body, content_type=JSON).json()["error"]["param"] == "name", body
    assert not Collection.objects.exists()


def test_it_is_renamed(api: Client, autumn: Collection):
    assert api.patch(f"/api/collections/{autumn.uid}", {"name": "Winter"}, content_type=JSON).json()["name"] == "Winter"


def test_only_its_owner_hides_it(api: Client, admin: User, autumn: Collection):
    address = f"/api/collections/{autumn.uid}"
    assert called(admin).patch(address, {"private": True}, content_type=JSON).status_code == 403
    assert api.patch(address, {"private": True}, content_type=JSON).json()["private"]
    assert called(admin).get(address).status_code == 404


def test_images_lie_in_their_order(api: Client, designer: User, team: Team, autumn: Collection):
    images = [shown(designer, team) for _each in range(3)]
    assert add(api, autumn, images[2], images[0]).json() == {"added": 2, "already": 0}
    assert add(api, autumn, images[0], images[1]).json() == {"added": 1, "already": 1}
    assert lying(api, autumn) == [str(images[n].uid) for n in (2, 0, 1)]
    assert api.get(f"/api/collections/{autumn.uid}").json()["images"] == 3


def test_all_of_them_or_none(api: Client, designer: User, admin: User, team: Team, autumn: Collection):
    hidden = shown(admin, team, private=True)
    answer = add(api, autumn, shown(designer, team), hidden, uuid4())
    assert (answer.status_code, len(answer.json()["error"]["problems"])) == (422, 2)
    assert lying(api, autumn) == []


def test_one_is_taken_out(api: Client, designer: User, team: Team, autumn: Collection):
    image = shown(designer, team)
    collecting.place(autumn.pk, [image.pk])
    for _each in range(2):
        assert api.delete(f"/api/collections/{autumn.uid}/images/{image.uid}").status_code == 204
    assert (lying(api, autumn), Image.objects.count()) == ([], 1)


def test_it_is_deleted_with_its_links_and_its_images_stay(api: Client, designer: User, team: Team, autumn: Collection):
    collecting.place(autumn.pk, [shown(designer, team).pk])
    share = Share.objects.create(team=team, user=designer, digest="0" * 64, collection=autumn, expires_at=timezone.now() + timedelta(1))
    assert api.delete(f"/api/collections/{autumn.uid}").status_code == 204
    share.refresh_from_db()
    assert (share.revoked_at is None, Image.objects.count()) == (False, 1)
    assert api.delete(f"/api/collections/{autumn.uid}").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("reviewer", 403), ("admin", 204), ("stranger", 404)])
def test_its_owner_and_administrators_delete_it(who: str, status: int, autumn: Collection, request: pytest.FixtureRequest):
    assert called(request.getfixturevalue(who)).delete(f"/api/collections/{autumn.uid}").status_code == status
    assert Collection.objects.exists() == (status != 204)


def test_what_is_private_in_it_is_shown_to_its_author_alone(api: Client, designer: User, team: Team, autumn: Collection):
    hidden = shown(designer, team, private=True)
    collecting.place(autumn.pk, [hidden.pk])
    assert lying(api, autumn) == [str(hidden.uid)]
    assert lying(called(person("Dora Designer", team, Role.DESIGNER)), autumn) == []


def test_its_pages_follow_one_another_at_the_same_cost(api: Client, designer: User, team: Team, autumn: Collection):
    images = [shown(designer, team) for _each in range(4)]
    collecting.place(autumn.pk, [image.pk for image in images])
    address = f"/api/collections/{autumn.uid}/images"
    first = api.get(f"{address}?limit=2").json()
    walked = first["items"] + api.get(first["next"]).json()["items"]
    assert [one["id"] for one in walked] == [str(image.uid) for image in images]
    with CaptureQueriesContext(connection) as two:
        api.get(f"{address}?limit=2")
    with CaptureQueriesContext(connection) as four:
        api.get(f"{address}?limit=4")
    assert len(two) == len(four)


def test_a_list_of_twice_as_many_is_the_same_queries(api: Client, designer: User, team: Team):
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            api.get("/api/collections")
        return len(caught)

    for number in range(2):
        Collection.objects.create(team=team, user=designer, name=f"C {number}")
    api.get("/api/collections")
    before = queries()
    for number in range(4):
        Collection.objects.create(team=team, user=designer, name=f"D {number}")
    assert queries() == before


def test_images_that_make_no_sense(api: Client, autumn: Collection):
    for body in ({}, {"images": []}, {"images": "x"}, {"images": ["x"]}, {"images": [7]}, {"images": [str(uuid4())] * 501}):
        assert api.post(f"/api/collections/{autumn.uid}/images", body, content_type=JSON).status_code == 422, str(body)[:40]


def test_a_viewer_changes_nothing(viewer: User, autumn: Collection):
    client = called(viewer)
    assert client.get(f"/api/collections/{autumn.uid}").status_code == 200
    assert client.post("/api/collections", {"name": "Mine"}, content_type=JSON).status_code == 403
    assert client.patch(f"/api/collections/{autumn.uid}", {"name": "Mine"}, content_type=JSON).status_code == 403
