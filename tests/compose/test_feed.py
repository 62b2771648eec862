import pytest

from generations.models import Status, Team, User
from tests.cast import client_of
from tests.compose.looking import history, html, look, order, poll, words
from tests.made import made, pictured

pytestmark = pytest.mark.django_db


def test_the_newest_request_stands_on_top(designer: User, team: Team):
    old, new = history(designer, team, 2)
    assert order(look(client_of(designer))) == [str(new.uid), str(old.uid)]


def test_designers_begin_with_their_own(designer: User, reviewer: User, team: Team):
    mine, _others = made(designer, team), made(reviewer, team)
    assert order(look(client_of(designer))) == [str(mine.uid)]


def test_viewers_begin_with_the_teams(viewer: User, designer: User, team: Team):
    made(designer, team)
    assert len(order(look(client_of(viewer)))) == 1


def test_whose_requests_were_looked_at_is_remembered(designer: User, reviewer: User, team: Team):
    made(reviewer, team)
    client = client_of(designer)
    assert not order(look(client))
    assert len(order(look(client, "/feed/?whose=team"))) == 1
    assert len(order(look(client))) == 1


def test_a_poll_remembers_nothing(designer: User, team: Team):
    client = client_of(designer)
    poll(client, '";"', "/feed/?whose=team")
    assert "whose" not in client.session


def test_private_requests_are_their_authors_and_the_administrators(designer: User, reviewer: User, admin: User, team: Team):
    made(designer, team, private=True)
    assert len(order(look(client_of(designer), "/feed/?whose=team"))) == 1
    assert len(order(look(client_of(admin), "/feed/?whose=team"))) == 1
    assert not order(look(client_of(reviewer), "/feed/?whose=team"))


def test_other_teams_are_not_there(stranger: User, designer: User, team: Team):
    made(designer, team)
    assert not order(look(client_of(stranger), "/feed/?whose=team"))


def test_older_pages_leave_no_gap_and_repeat_nothing(designer: User, team: Team):
    made_uids = [str(one.uid) for one in history(designer, team, 55)]
    client, path, found = client_of(designer), "/feed/?whose=mine", []
    while path:
        page = look(client, path)
        found += order(page)
        before = [part.split('"')[0] for part in page.split("before=")[1:2]]
        path = f"/feed/?whose=mine&before={before[0]}" if before else ""
    assert found == made_uids[::-1]


def test_older_requests_have_a_real_address(designer: User, team: Team):
    history(designer, team, 30)
    client = client_of(designer)
    page = html(client.get("/"))
    before = page.split("before=")[1].split('"')[0]
    assert len(order(html(client.get(f"/?whose=mine&before={before}")))) == 6


def test_a_strange_place_is_the_first_page(designer: User, team: Team):
    made(designer, team)
    for before in ["abc", "-1", "9" * 40, "١٢", "1e3", ""]:
        assert len(order(look(client_of(designer), f"/feed/?before={before}"))) == 1, before


def test_twice_the_rows_cost_the_same_queries(designer: User, team: Team, django_assert_num_queries, django_assert_max_num_queries):
    def fill() -> None:
        for status in Status:
            pictured(made(designer, team, status, batch="0b5c1d6e-7a57-4b0c-9a56-6b0c6f1b2a11"), 2)

    client = client_of(designer)
    fill()
    look(client)
    with django_assert_max_num_queries(16) as first:
        assert len(order(look(client))) == len(Status)
    fill()
    with django_assert_num_queries(len(first)):
        assert len(order(look(client))) == 2 * len(Status)


@pytest.mark.parametrize(
    ("states", "line"),
    [
        ([], "Nothing is running"),
        ([Status.DONE, Status.UNKNOWN], "Nothing is running"),
        ([Status.SENDING, Status.WAITING, Status.QUEUED], "2 running, 1 waiting"),
        ([Status.COLLECTING], "1 running"),
        ([Status.QUEUED, Status.QUEUED], "2 waiting"),
    ],
)
def test_one_line_says_what_runs(states: list[Status], line: str, designer: User, team: Team):
    for status in states:
        made(designer, team, status)
    page = look(client_of(designer))
    assert words(page.split('role="status">')[1].split("</p>")[0]).startswith(line)


def test_without_a_script_the_feed_is_refreshed_by_a_link(designer: User, team: Team):
    client = client_of(designer)
    assert "<noscript>" not in html(client.get("/"))
    made(designer, team, Status.WAITING)
    assert '<noscript><a href="/">Refresh</a></noscript>' in html(client.get("/"))


def test_the_bare_feed_is_no_page(designer: User):
    assert client_of(designer).get("/feed/?whose=team")["Location"] == "/?whose=team"


def test_nothing_yet_is_said(designer: User):
    assert "You have asked for nothing yet" in words(look(client_of(designer), "/feed/?whose=mine"))
