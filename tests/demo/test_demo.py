import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from generations import accounting
from generations.catalogue import ENGINES
from generations.demo import opinions
from generations.demo.stage import PEOPLE
from generations.demo.wishes import WISHES
from generations.models import Collection, Comment, Decision, Generation, Review, Role, Share, Status, Tally, Team, User, Verdict
from generations.pipeline import money
from tests.cast import client_of
from tests.made import pictured

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


@pytest.fixture
def pictures() -> list[Generation]:
    """The demo, when what goes well has come."""
    call_command("create_demo")
    now = timezone.now()
    found = Generation.objects.filter(pk__in=opinions.first())
    found.update(status=Status.DONE, due_at=None, sent_at=now, finished_at=now)
    for generation in found:
        pictured(generation, generation.images_asked)
    return list(found.order_by("pk"))


@pytest.mark.usefixtures("pictures")
def test_the_demo_has_reviews_comments_and_a_link_once_its_pictures_are_there():
    call_command("create_demo", opinions=True)
    given = [Decision.objects.filter(verdict=verdict).count() for verdict in (Verdict.APPROVED, Verdict.REJECTED, Verdict.CHANGE)]
    assert given == [4, 1, 1]
    team = Team.objects.get()
    assert team.images.filter(review=Review.WAITING).count() == 2
    assert Comment.objects.filter(mentions__isnull=False).count() == 1
    assert Share.objects.working().get().images.count() == 4
    assert [collection.placements.count() for collection in Collection.objects.order_by("pk")] == [4, 12]


def test_its_usage_is_that_of_two_weeks_and_its_books_agree(pictures: list[Generation]):
    opinions.form()
    days = {accounting.Day.of(row.team_id, row.created_at) for row in Generation.objects.all()}
    assert len(days) > 10
    assert set(Tally.objects.values_list("day", flat=True)) == {day.date for day in days}
    assert not any(accounting.differs(day) for day in days)
    assert [row.pk for row in Generation.objects.order_by("created_at")[: len(pictures)]] == [row.pk for row in pictures]


def test_pictures_that_do_not_come_are_not_waited_for_for_ever():
    call_command("create_demo")
    assert not opinions.form(patience=0)


def test_a_studio_in_use_is_not_filled(owner: User):
    with pytest.raises(CommandError, match="people already"):
        call_command("create_demo")
    assert client_of(owner).get("/").status_code == 200
