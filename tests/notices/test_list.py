from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from generations.models import Event, Notice, Role, Status, Team, User
from generations.people import add_member
from generations.telling import watch
from tests.cast import client_of
from tests.made import asked, made, pictured
from tests.telling.conftest import told

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert(1)</script>{{ 7|add:7 }}"><img src=x onerror=alert(1)>'


def notify(user: User, team: Team | None, count: int = 1, **fields: Any) -> list[Notice]:
    first = Notice.objects.count()
    usual = {"event": Event.MENTIONED, "details": {"by": "Rui", "text": "Look"}, **fields}
    return [Notice.objects.create(user=user, team=team, key=f"key/{first + number}", **usual) for number in range(count)]


def page(user: User, query: str = "") -> str:
    return client_of(user).get(f"/notices/{query}").content.decode()


def test_a_person_finds_what_they_are_told_newest_first(designer: User, team: Team):
    watch()
    made(designer, team, Status.FAILED, asked("First"))
    watch()
    made(designer, team, Status.REFUSED, asked("Second"))
    watch()
    shown = page(designer)
    assert shown.index("“Second” was refused.") < shown.index("“First” failed.")
    assert told(designer) == [Event.FAILED] * 2


def test_nobody_finds_the_messages_of_others(designer: User, admin: User, team: Team):
    notify(designer, team)
    assert "mentions you" not in page(admin)
    assert "Nothing to tell you" in page(admin)


def test_what_people_wrote_is_shown_as_they_wrote_it(designer: User, team: Team):
    notify(designer, team, details={"by": HOSTILE, "text": HOSTILE})
    assert "<script>alert" not in page(designer)
    assert "{{ 7|add:7 }}" in page(designer)


@pytest.mark.parametrize(("count", "shown"), [(0, None), (1, "1"), (99, "99"), (100, "99+"), (150, "99+")])
def test_the_bell_says_how_many_are_unseen(count: int, shown: str | None, designer: User, team: Team):
    notify(designer, team, count)
    found = client_of(designer).get("/gallery/").content.decode()
    assert (f'id="unseen-rail" class="count">{shown}<' in found) is (shown is not None)


def test_a_page_is_followed_by_the_next(designer: User, team: Team):
    notify(designer, team, 45)
    first = page(designer)
    oldest = Notice.objects.order_by("-pk")[39].pk
    assert f"?before={oldest}" in first
    assert page(designer, f"?before={oldest}").count('id="notice-') == 5


def test_twice_the_messages_cost_the_same_queries(designer: User, team: Team, django_assert_num_queries):
    client = client_of(designer)

    def fill() -> None:
        for image in pictured(made(designer, team), 6):
            notify(designer, team, image=image, generation=image.generation)

    fill()
    client.get("/notices/")
    with django_assert_num_queries(6):  # session, person, teams; messages, whether any is unseen, how many
        client.get("/notices/")
    fill()
    with django_assert_num_queries(6):
        assert client.get("/notices/").content.decode().count('id="notice-') == 12


def test_one_is_marked_as_seen(designer: User, team: Team):
    one, _other = notify(designer, team, 2)
    assert client_of(designer).post(f"/notices/{one.pk}/seen/")["Location"] == "/notices/"
    assert Notice.objects.unseen().count() == 1


def test_htmx_gets_the_line_and_the_bells(designer: User, team: Team):
    one, _other = notify(designer, team, 2)
    found = client_of(designer).post(f"/notices/{one.pk}/seen/", headers={"HX-Request": "true"}).content.decode()
    assert found.count('id="notice-') == 1
    assert 'id="unseen-rail" hx-swap-oob="true" class="count">1<' in found


def test_all_are_seen_as_far_as_the_page_showed_them(designer: User, viewer: User, team: Team):
    *_others, last = notify(designer, team, 3)
    later, theirs = notify(designer, team)[0], notify(viewer, team)[0]
    client_of(designer).post("/notices/seen/", {"until": last.pk})
    assert set(Notice.objects.unseen()) == {later, theirs}


@pytest.mark.parametrize("until", ["", "x", "-1", "9" * 40, "١"])
def test_a_made_up_end_marks_nothing(until: str, designer: User, team: Team):
    notify(designer, team)
    assert client_of(designer).post("/notices/seen/", {"until": until}).status_code == 302
    assert Notice.objects.unseen().exists()


@pytest.mark.parametrize(("method", "path"), [("get", ""), ("post", "seen/")])
def test_a_message_of_somebody_else_is_not_there(method: str, path: str, designer: User, admin: User, stranger: User, team: Team):
    (one,) = notify(designer, team)
    for user in (admin, stranger):
        assert getattr(client_of(user), method)(f"/notices/{one.pk}/{path}").status_code == 404
    assert Notice.objects.unseen().exists()


@pytest.mark.parametrize("path", ["/notices/seen/", "/notices/1/seen/"])
def test_looking_marks_nothing(path: str, designer: User, team: Team):
    assert client_of(designer).get(path).status_code == 405


def test_a_visitor_signs_in_first():
    assert Client().get("/notices/").status_code == 302


def test_it_leads_to_what_it_is_about(designer: User, reviewer: User, admin: User, owner: User, team: Team):
    generation = made(designer, team, Status.FAILED)
    (image,) = pictured(generation)
    cases = [
        (designer, Event.DECIDED, {"image": image, "generation": generation}, f"/images/{image.uid}/"),
        (designer, Event.FAILED, {"generation": generation}, f"/?whose=mine&before={generation.pk + 1}#card-{generation.uid}"),
        (reviewer, Event.ASKED, {}, "/review/"),
        (admin, Event.SPENDING, {"generation": generation}, "/team/spending/"),
        (admin, Event.BUDGET, {}, "/usage/"),
        (admin, Event.OFF, {}, "/team/webhooks/"),
        (
            owner,
            Event.PAUSED,
            {"team": None, "details": {"account": generation.account_id}},
            f"/administration/accounts/{generation.account_id}/",
        ),
        (owner, Event.UNKNOWN, {"team": None}, "/administration/unknown/"),
    ]
    for user, event, fields, place in cases:
        (one,) = notify(user, **{"team": team, "event": event, **fields})
        assert client_of(user).get(f"/notices/{one.pk}/")["Location"] == place


def test_in_another_team_it_is_asked_first(designer: User, team: Team, other_team: Team):
    add_member(designer, other_team, Role.DESIGNER)
    (image,) = pictured(made(designer, other_team))
    (one,) = notify(designer, other_team, image=image, generation=image.generation)
    client = client_of(designer)
    answer = client.get(f"/notices/{one.pk}/").content.decode()
    assert "Go on in Studio South" in answer
    assert client.post("/team/switch/", {"team": "south", "next": f"/images/{image.uid}/"})["Location"] == f"/images/{image.uid}/"
    assert client.get(f"/images/{image.uid}/").status_code == 200


def test_the_feed_brings_the_bells_along(designer: User, team: Team):
    one = made(designer, team, Status.WAITING)
    notify(designer, team)
    answer = client_of(designer).get("/feed/", headers={"HX-Request": "true", "If-None-Match": f'"{one.pk}.99;;0.0"'}).content.decode()
    assert 'id="unseen-rail" hx-swap-oob="true" class="count">1<' in answer


def test_somebody_in_no_team_has_messages_too(owner: User, team: Team):
    notify(owner, None, event=Event.UNKNOWN, details={"account": "APIMart", "requests": 2, "held": 0})
    team.memberships.all().delete()
    assert "Nobody knows how 2 requests to APIMart ended." in page(owner)


def test_seen_messages_are_not_marked_as_new(designer: User, team: Team):
    notify(designer, team, seen_at=timezone.now())
    assert 'class="new"' not in page(designer)
    assert "All seen" not in page(designer)
