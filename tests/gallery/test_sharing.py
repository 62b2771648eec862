import pytest
from django.db import transaction
from django.utils import timezone

from generations import search
from generations.dialects.outcome import Finished, Item
from generations.models import Generation, JournalLine, Status, Team, User
from generations.pipeline.announce import announce
from generations.search import facets
from generations.search.find import word
from tests.cast import client_of
from tests.made import made, pictured

pytestmark = pytest.mark.django_db


@pytest.fixture
def generation(designer: User, team: Team) -> Generation:
    generation = made(designer, team)
    pictured(generation, 2)
    search.index(generation)
    return generation


def share(user: User, generation: Generation, private: str):
    return client_of(user).post(f"/generations/{generation.uid}/share/", {"private": private, "next": "/gallery/"})


def hidden(generation: Generation) -> list[bool]:
    generation.refresh_from_db()
    return [generation.private, *generation.images.values_list("private", flat=True)]


@pytest.mark.parametrize("who", ["designer", "admin"])
def test_the_author_and_an_administrator_decide_and_the_images_follow(who: str, generation: Generation, request: pytest.FixtureRequest):
    user = request.getfixturevalue(who)
    share(user, generation, "on")
    assert hidden(generation) == [True, True, True]
    share(user, generation, "off")
    assert hidden(generation) == [False, False, False]


@pytest.mark.parametrize("who", ["reviewer", "viewer"])
def test_nobody_else_decides(who: str, generation: Generation, request: pytest.FixtureRequest):
    assert share(request.getfixturevalue(who), generation, "on").status_code == 403
    assert not any(hidden(generation))


def test_a_stranger_finds_nothing_to_decide_about(stranger: User, generation: Generation):
    assert share(stranger, generation, "on").status_code == 404


def test_somebody_elses_private_one_is_not_there(designer: User, reviewer: User, generation: Generation):
    share(designer, generation, "on")
    assert share(reviewer, generation, "off").status_code == 404
    assert all(hidden(generation))


def test_it_is_written_down_once(designer: User, generation: Generation):
    for _time in range(2):
        share(designer, generation, "on")
    line = JournalLine.objects.get(deed="image.share")
    assert (line.actor, line.subject, line.details) == (designer.pk, f"generation/{generation.pk}", {"private": True})


def test_its_card_shows_the_change(designer: User, generation: Generation):
    before = generation.version
    share(designer, generation, "on")
    generation.refresh_from_db()
    assert generation.version == before + 1


def test_the_team_no_longer_finds_it(designer: User, team: Team, generation: Generation):
    shared = [[word(facets.shared(team.pk))]]
    assert len(search.find(shared, 10)) == 2
    share(designer, generation, "on")
    assert search.find(shared, 10) == []


@pytest.mark.parametrize("private", ["", "yes", "true"])
def test_an_answer_that_means_nothing_changes_nothing(private: str, designer: User, generation: Generation):
    assert share(designer, generation, private).status_code == 400
    assert not any(hidden(generation))


def test_what_is_still_coming_is_hidden_too(designer: User, team: Team):
    running = made(designer, team, Status.WAITING)
    held = Generation.objects.get(pk=running.pk)  # by its driver, from before
    share(designer, running, "on")
    with transaction.atomic():
        announce(held, held.attempts.get(), Finished((Item(link="https://example.com/1.png"),)), timezone.now())
    assert hidden(running) == [True, True]


def test_htmx_gets_the_switch_as_it_is_now(designer: User, generation: Generation):
    answer = client_of(designer).post(f"/generations/{generation.uid}/share/", {"private": "on"}, headers={"hx-request": "true"})
    page = answer.content.decode()
    assert 'value="on" aria-pressed="true"' in page
    assert "Only its author and team administrators see it now." in page


def test_a_link_changes_nothing(designer: User, generation: Generation):
    assert client_of(designer).get(f"/generations/{generation.uid}/share/?private=on").status_code == 405
