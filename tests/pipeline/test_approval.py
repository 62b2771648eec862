"""Dear requests: held once, sent when somebody has said so, and never before."""

from uuid import uuid4

import pytest

from generations import membership
from generations.dialects import faults
from generations.integrity import books, rows
from generations.models import Entry, Generation, JournalLine, Outcome, Purse, Role, Status, Team, User
from generations.people import add_member
from generations.pipeline import approval, choices, money, rules
from generations.pipeline.start import Refused, start, start_all
from tests.pipeline.provider import Provider, refuse
from tests.pipeline.steps import Steps, again, forward, newest
from tests.pipeline.studio import order

pytestmark = pytest.mark.django_db

LIMIT = 100_000  # an image is 35,000


@pytest.fixture(autouse=True)
def _limited(team: Team) -> None:
    Team.objects.filter(pk=team.pk).update(ask_above=LIMIT)


@pytest.fixture
def dear(designer: User, team: Team, driver: Steps) -> Generation:
    return start(order(designer, team, "ark", images=3))


def sound(generation: Generation) -> bool:
    return not [*money.audit(), *books.check_money(), *rows.check(generation.created_at)]


def test_above_the_limit_it_waits_with_its_money_held(dear: Generation):
    assert (dear.status, dear.held, dear.due_at, dear.sent_at) == (Status.ASKING, 105_000, None, None)
    assert (newest(dear).outcome, money.word(dear), sound(dear)) == (Outcome.PLANNED, "held", True)


@pytest.mark.parametrize("images", [1, 2])
def test_up_to_the_limit_nobody_is_asked(images: int, designer: User, team: Team):
    Team.objects.update(ask_above=70_000)
    assert start(order(designer, team, "ark", images=images)).status == Status.QUEUED


def test_a_team_without_a_limit_asks_nobody(designer: User, team: Team):
    Team.objects.update(ask_above=None)
    assert start(order(designer, team, "ark", images=15)).status == Status.QUEUED


def test_a_limit_of_nothing_asks_about_all_that_costs(designer: User, team: Team):
    Team.objects.update(ask_above=0)
    found = [start(order(designer, team, "ark", price=price)).status for price in (1, 0, None)]
    assert found == [Status.ASKING, Status.QUEUED, Status.QUEUED]


@pytest.mark.parametrize(("role", "status"), [(Role.REVIEWER, Status.ASKING), (Role.ADMIN, Status.QUEUED)])
def test_only_team_administrators_are_not_asked(role: Role, status: Status, designer: User, team: Team):
    add_member(designer, team, role)
    assert start(order(designer, team, "ark", images=3)).status == status


def test_what_is_sent_with_one_click_counts_together(designer: User, team: Team):
    made = start_all([order(designer, team, "ark", key=uuid4()) for _line in range(3)])
    assert [one.status for one in made] == [Status.ASKING] * 3


def test_nothing_is_sent_while_it_waits(dear: Generation, driver: Steps, provider: Provider):
    driver.settle()
    forward(hours=30)
    driver.settle()
    assert (provider.sent, again(dear).status) == ([], Status.ASKING)


def test_once_allowed_it_is_sent_and_paid_once(dear: Generation, admin: User, driver: Steps, provider: Provider):
    assert approval.allow(dear, admin)
    driver.settle()
    found = again(dear)
    assert (found.status, found.charged, found.held, len(provider.sent)) == (Status.DONE, 105_000, 0, 1)
    assert list(Entry.objects.values_list("kind", "amount")) == [("hold", 105_000), ("settle", 105_000)]
    assert JournalLine.objects.filter(deed="spend.allow", actor=admin.pk, details__held=105_000).exists()
    assert sound(found)


def test_declined_it_ends_with_the_reason_and_the_money_comes_back(dear: Generation, admin: User, driver: Steps, provider: Provider):
    assert approval.decline(dear, admin, "Take the {small} size.")
    driver.settle()
    found = again(dear)
    assert (found.status, found.held, found.charged, provider.sent) == (Status.CANCELLED, 0, 0, [])
    assert found.trouble
    assert found.trouble["values"] == {"name": "Ada Admin", "reason": "Take the {small} size."}
    assert (list(JournalLine.objects.values_list("deed", flat=True))[-1], sound(found)) == ("spend.decline", True)
    assert "small" not in str(list(JournalLine.objects.values("details")))


def test_its_author_withdraws_it(dear: Generation, designer: User):
    assert choices.stop(dear, designer)
    assert (again(dear).status, again(dear).held, sound(dear)) == (Status.CANCELLED, 0, True)


WAYS = [approval.allow, choices.stop, lambda one, user: approval.decline(one, user, "no")]


@pytest.mark.parametrize("first", WAYS)
@pytest.mark.parametrize("second", WAYS)
def test_who_comes_second_changes_nothing(first, second, dear: Generation, admin: User):
    stale = again(dear)
    assert first(dear, admin)
    before = (again(dear).status, again(dear).held)
    assert not second(stale, admin)
    assert ((again(dear).status, again(dear).held), sound(dear)) == (before, True)


@pytest.mark.parametrize("status", [status for status in Status if status != Status.ASKING])
def test_only_what_waits_can_be_allowed_or_declined(status: Status, make_generation, admin: User):
    one = make_generation(status)
    assert not approval.allow(one, admin)
    assert not approval.decline(one, admin, "no")
    assert again(one).status == status


@pytest.mark.django_db(transaction=True)
def test_ten_who_allow_it_at_once_send_it_once(together, designer: User, admin: User, team: Team):
    one = start(order(designer, team, "ark", images=3))
    found = together(10, lambda: approval.allow(again(one), admin))
    assert sorted(map(bool, found)) == [False] * 9 + [True]
    assert JournalLine.objects.filter(deed="spend.allow").count() == 1
    assert Purse.objects.get(team=team, user=None).held == 105_000


def test_what_waits_counts_against_the_budget(designer: User, team: Team):
    team.budgets.create(hard=150_000)
    start(order(designer, team, "ark", images=3))
    with pytest.raises(Refused, match=r"\$0.045 is left in Studio North's budget"):
        start(order(designer, team, "ark", images=3))


def test_something_that_was_to_be_sent_while_it_waits_is_found(dear: Generation):
    Generation.objects.update(due_at=dear.created_at)
    assert [finding.subject for finding in rows.check(dear.created_at)] == [f"generation/{dear.pk}"]


# --- what a team has decided ---


def test_a_closed_team_starts_nothing(designer: User, team: Team):
    Team.objects.update(closed_at="2026-01-01T00:00:00Z")
    with pytest.raises(Refused, match="Studio North is closed"):
        start(order(designer, team, "ark"))


def test_an_engine_that_the_team_does_not_use_is_refused(designer: User, team: Team):
    Team.objects.update(engines=["ark/seedream-4.5"])
    with pytest.raises(Refused, match=r"Your team does not use Seedream 4\.0"):
        start(order(designer, team, "ark"))
    assert not Generation.objects.exists()


def test_whoever_was_made_a_viewer_starts_nothing(designer: User, team: Team):
    add_member(designer, team, Role.VIEWER)
    with pytest.raises(Refused, match="cannot make anything"):
        start(order(designer, team, "ark"))


def test_what_was_turned_away_is_not_sent_again_for_somebody_who_is_out(begin, designer: User, admin: User, driver: Steps):
    generation = begin("ark", refuse(faults.BUSY))
    assert generation.status == Status.QUEUED
    membership.remove(rules.member(designer, generation.team), admin)
    assert again(generation).status == Status.CANCELLED


def test_what_is_turned_away_after_its_author_has_gone_ends(begin, designer: User, admin: User, driver: Steps, provider: Provider):
    generation = start(order(designer, designer.memberships.get().team, "ark"))
    provider.plans.append(refuse(faults.BUSY))
    driver.look()
    membership.remove(rules.member(designer, generation.team), admin)
    driver.work()
    driver.hear()
    found = again(generation)
    assert (found.status, found.held, found.due_at) == (Status.REFUSED, 0, None)
    assert found.trouble
    assert "has left the team" in found.trouble["sentence"]
