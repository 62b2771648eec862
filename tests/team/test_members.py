import pytest
from django.test import Client

from generations.models import Generation, Membership, Role, Status, Team, User
from generations.people import add_member
from generations.team import page
from tests.cast import client_of, person
from tests.made import made, pictured
from tests.team.pages import text

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def number(user: User) -> int:
    return user.memberships.get().pk


def change(by: User, who: User, role: str, was: str = "", **options: object):
    given = {"role": role, **({"was": was} if was else {})}
    return client_of(by).post(f"/team/members/{number(who)}/role/", given, **options)


def role(user: User) -> str:
    return user.memberships.get().role


# --- roles ---


def test_a_viewer_becomes_a_designer_and_may_generate(admin: User, viewer: User):
    assert client_of(viewer).get("/templates/").status_code == 403
    assert change(admin, viewer, "designer", "viewer")["Location"] == "/team/"
    assert role(viewer) == Role.DESIGNER
    assert client_of(viewer).get("/templates/").status_code == 200


def test_a_lowered_role_is_refused_at_the_next_click(admin: User, designer: User):
    client = client_of(designer)
    assert client.post("/composer/", {}, headers=HTMX).status_code == 200
    change(admin, designer, "viewer")
    answer = client.post("/composer/", {}, headers=HTMX)
    assert (answer.status_code, "needs the role: Designer" in answer.content.decode()) == (403, True)


def test_with_htmx_the_row_comes_back(admin: User, designer: User):
    answer = change(admin, designer, "reviewer", "designer", headers=HTMX)
    page = answer.content.decode()
    assert '<option value="reviewer" selected>' in page
    assert ("<html" in page, "Dana Designer: Reviewer." in page) == (False, True)


def test_who_saw_another_role_is_told(admin: User, designer: User):
    answer = change(admin, designer, "admin", "viewer")
    assert (answer.status_code, role(designer)) == (409, Role.DESIGNER)
    assert "Somebody was first. The role of Dana Designer is now: Designer." in text(answer)


@pytest.mark.parametrize("wanted", ["", "emperor", "ADMIN", "admin\x00"])
def test_a_role_that_is_none_is_refused(wanted: str, admin: User, designer: User):
    answer = change(admin, designer, wanted)
    assert (answer.status_code, role(designer)) == (422, Role.DESIGNER)
    assert "There is no such role." in text(answer)


def test_the_last_administrator_is_told_to_make_another_first(admin: User):
    answer = change(admin, admin, "designer")
    assert (answer.status_code, role(admin)) == (422, Role.ADMIN)
    assert "Ada Admin is the last team administrator of Studio North. Make somebody else one first." in text(answer)


def test_whoever_lowers_themselves_gets_the_page_that_is_theirs_now(admin: User, owner: User):
    assert change(admin, admin, "viewer", "admin", headers=HTMX)["HX-Redirect"] == "/team/"
    assert "Remove" not in text(client_of(admin).get("/team/"))


# --- going ---


def remove(by: User | Client, who: User):
    client = by if isinstance(by, Client) else client_of(by)
    return client.post(f"/team/members/{number(who)}/remove/")


def test_before_somebody_is_removed_it_says_what_that_does(admin: User, designer: User, team: Team):
    made(designer, team, Status.QUEUED, held=35_000)
    made(designer, team, Status.WAITING, private=True)
    page = text(client_of(admin).get(f"/team/members/{number(designer)}/remove/"))
    assert "Remove Dana Designer from Studio North?" in page
    assert "1 request that was not sent yet is cancelled, and $0.035 is released." in page
    assert "1 request that was sent already goes on, and its pictures stay with the team." in page
    assert "What is private can be seen by team administrators." in page
    assert role(designer) == Role.DESIGNER


def test_whoever_was_removed_is_out_with_the_next_click(admin: User, designer: User, team: Team):
    (image,) = pictured(made(designer, team))
    client = client_of(designer)
    assert client.get(f"/images/{image.uid}/").status_code == 200
    assert remove(admin, designer)["Location"] == "/team/"
    for path in ("/", "/gallery/", f"/images/{image.uid}/", f"/images/{image.uid}/320.webp", f"/images/{image.uid}/original", "/team/"):
        assert client.get(path).status_code == 403, path
    assert client.post("/generate/", {}).status_code == 403


def test_whoever_was_removed_goes_on_in_their_other_team(admin: User, designer: User, team: Team, other_team: Team):
    (image,) = pictured(made(designer, team))
    add_member(designer, other_team, Role.DESIGNER)
    client = client_of(designer)
    client.post("/team/switch/", {"team": "north"})
    client_of(admin).post(f"/team/members/{designer.memberships.get(team=team).pk}/remove/")
    assert "<h1>Studio South</h1>" in client.get("/team/").content.decode()
    assert client.get(f"/images/{image.uid}/").status_code == 404
    assert client.post("/team/switch/", {"team": "north"}).status_code == 404


def test_what_they_made_stays_and_what_was_private_is_the_administrators(admin: User, designer: User, reviewer: User, team: Team):
    shared, hidden = made(designer, team), made(designer, team, private=True)
    pictured(shared), pictured(hidden)
    remove(admin, designer)
    seen = [client_of(user).get(f"/images/{one.images.get().uid}/").status_code for user in (reviewer, admin) for one in (shared, hidden)]
    assert seen == [200, 404, 200, 200]


def test_one_removes_oneself_by_leaving(admin: User, owner: User):
    assert remove(admin, admin)["Location"] == "/team/leave/"
    assert role(admin) == Role.ADMIN


def test_who_leaves_is_out(designer: User, admin: User, team: Team):
    client = client_of(designer)
    assert "Leave Studio North?" in text(client.get("/team/leave/"))
    assert client.post("/team/leave/")["Location"] == "/"
    assert "You are in no team" in text(client.get("/"))
    assert not Generation.objects.exists()


def test_the_last_administrator_cannot_leave(admin: User, designer: User):
    answer = client_of(admin).post("/team/leave/")
    assert (answer.status_code, role(admin)) == (422, Role.ADMIN)
    assert "Ada Admin is the last team administrator" in text(answer)


# --- who may ---


@pytest.mark.parametrize("who", ["viewer", "designer", "reviewer"])
def test_nobody_else_changes_or_removes(who: str, request: pytest.FixtureRequest, admin: User):
    user = request.getfixturevalue(who)
    assert {change(user, admin, "viewer").status_code, remove(user, admin).status_code} == {403}
    assert role(admin) == Role.ADMIN
    assert "Remove" not in text(client_of(user).get("/team/"))


def test_a_member_of_another_team_is_not_there(admin: User, stranger: User):
    page = client_of(admin).get(f"/team/members/{number(stranger)}/remove/")
    assert {answer.status_code for answer in (change(admin, stranger, "viewer"), remove(admin, stranger), page)} == {404}
    assert role(stranger) == Role.ADMIN


def test_nothing_is_done_by_a_link(admin: User, designer: User):
    assert client_of(admin).get(f"/team/members/{number(designer)}/role/").status_code == 405
    client_of(admin).get(f"/team/members/{number(designer)}/remove/")
    client_of(designer).get("/team/leave/")
    assert role(designer) == Role.DESIGNER


# --- many of them ---


def test_a_large_team_has_pages(admin: User, team: Team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page, "PAGE", 2)
    for name in ("Bea", "Cy", "Cy2 x", "Dee"):
        person(f"{name} Same", team, Role.VIEWER)
    User.objects.filter(name__startswith="Cy").update(name="Cy Same")
    first, seen = page.members(team), []
    while True:
        seen += [member.user.name for member in first[0]]
        if first[1] is None:
            break
        first = page.members(team, first[1])
    assert seen == ["Ada Admin", "Bea Same", "Cy Same", "Cy Same", "Dee Same"]
    assert "?after=" in client_of(admin).get("/team/").content.decode()


@pytest.mark.parametrize("after", ["0", "-1", "abc", "9" * 30, "%00"])
def test_a_page_that_is_none_is_the_first(after: str, admin: User):
    assert "Ada Admin" in text(client_of(admin).get(f"/team/?after={after}&before={after}"))


@pytest.mark.parametrize("path", ["/team/", "/team/budgets/"])
def test_twice_the_members_cost_no_more_queries(path: str, admin: User, team: Team, django_assert_max_num_queries):
    client = client_of(admin)
    crowd(team, "a")
    client.get(path)
    with django_assert_max_num_queries(20) as first:
        client.get(path)
    crowd(team, "b")
    with django_assert_max_num_queries(len(first)):
        client.get(path)


def crowd(team: Team, letter: str) -> None:
    users = User.objects.bulk_create(User(email=f"{letter}{n}@example.com", name=f"{letter} {n}") for n in range(5))
    Membership.objects.bulk_create(Membership(user=user, team=team) for user in users)
