from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError
from django.template import Context, Template

from generations.models import Attempt, Budget, Entry, Generation, Purse, Status, Team, User
from generations.models.money import this_month
from generations.pipeline import money
from tests.catalogue.requests import asked, engine, photos
from tests.studio.start import refusal, setting

pytestmark = pytest.mark.django_db

PRO = engine("ark/seedream-5.0-pro")  # 0.045 an image, 0.09 a large one, 0.003 a reference beyond the first
OCTOBER, NOVEMBER = date(2020, 10, 1), date(2020, 11, 1)  # long over


def purse(team: Team, user: User | None = None, month: date | None = None) -> tuple[int, int]:
    found = Purse.objects.get(team=team, user=user, month=month or this_month())
    return found.held, found.spent


def entries(generation: Generation) -> list[tuple[str, int]]:
    return list(generation.entries.order_by("pk").values_list("kind", "amount"))


@pytest.fixture
def held(make_generation: Callable[..., Generation]) -> Generation:
    """A generation of four images for which the worst case is held."""
    generation = make_generation()
    with transaction.atomic():
        assert generation.write(**money.hold(generation, 112_000))
    return generation


# --- what it costs ---


def test_the_catalogues_own_price_counts_with_its_surcharges():
    large = asked(PRO.id, ratio="1:1", tier="2K", images=2, references=photos(3))
    assert money.worst(large, PRO, 45_000) == 2 * 90_000 + 2 * 3_000


@pytest.mark.parametrize(("price", "expected"), [(45_000, 186_000), (90_000, 372_000), (22_500, 93_000), (1, 6), (0, 0)])
def test_the_administrators_price_takes_the_surcharges_along_in_proportion(price: int, expected: int):
    large = asked(PRO.id, ratio="1:1", tier="2K", images=2, references=photos(3))
    assert money.worst(large, PRO, price) == expected


def test_an_engine_without_a_price_list_costs_what_the_administrator_says():
    assert money.worst(asked("gateway/seedream-4.0", images=3), engine("gateway/seedream-4.0"), 20_000) == 60_000


def test_where_nobody_has_said_a_price_nothing_is_held():
    assert money.worst(asked(PRO.id), PRO, None) == 0


@pytest.mark.parametrize(
    ("price", "told", "came", "expected"),
    [
        (28_000, {}, 3, 84_000),
        (28_000, {}, 0, 0),
        (28_000, {"billed": 4}, 3, 112_000),
        (28_000, {"billed": 30_000}, 3, 112_000),
        (28_000, {"billed": 0}, 3, 0),
        (28_000, {"cost": 99_000}, 3, 99_000),
        (28_000, {"cost": 0}, 3, 0),
        (0, {"cost": 99_000}, 4, 0),
        (None, {}, 4, 0),
        (None, {"cost": 99_000}, 4, 99_000),
    ],
)
def test_what_is_charged_follows_the_provider_or_what_came(price, told, came, expected, make_generation, make_attempt):
    generation = make_generation(price=price)
    assert money.due(generation, make_attempt(generation, **told), came) == expected


def test_a_figure_in_dollars_counts_only_in_a_studio_of_dollars(make_generation, make_attempt, settings):
    settings.CURRENCY = "CNY"
    generation = make_generation(price=200_000)
    assert money.due(generation, make_attempt(generation, cost=28_000), 4) == 800_000


def test_an_engine_that_left_the_catalogue_is_still_paid_for(make_generation):
    assert money.due(make_generation(engine="apimart/no-more"), None, 2) == 56_000


# --- held, charged, released ---


def test_money_is_held_for_the_team_and_for_the_person(held: Generation, team: Team, designer: User):
    assert purse(team) == purse(team, designer) == (112_000, 0)
    assert (held.held, money.balance(held), entries(held)) == (112_000, 112_000, [("hold", 112_000)])


def test_what_is_free_moves_nothing(make_generation):
    assert money.hold(make_generation(price=0), 0) == {}
    assert not Purse.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("charged", "moves"),
    [
        (112_000, [("settle", 112_000)]),
        (84_000, [("settle", 84_000), ("release", 28_000)]),
        (0, [("release", 112_000)]),
        (120_000, [("hold", 8_000), ("settle", 120_000)]),
    ],
)
def test_what_is_not_charged_comes_back(charged: int, moves: list[tuple[str, int]], held: Generation, team: Team, designer: User):
    assert held.write(**money.settle(held, charged))
    assert (held.held, held.charged, entries(held)[1:]) == (0, charged, moves)
    assert purse(team) == purse(team, designer) == (0, charged)


def test_what_was_surely_refused_costs_nothing(held: Generation, team: Team):
    assert money.release(held) == {"held": 0, "charged": 0}
    assert purse(team) == (0, 0)


def test_a_charge_nobody_held_for_is_written_down_too(make_generation, team: Team):
    generation = make_generation(price=None)
    assert money.settle(generation, 30_000) == {"held": 0, "charged": 30_000}
    assert (purse(team), entries(generation)) == ((0, 30_000), [("hold", 30_000), ("settle", 30_000)])


def test_each_attempt_has_money_of_its_own(make_generation, make_attempt, team: Team):
    generation = make_generation()
    first, second = make_attempt(generation), make_attempt(generation)
    money.hold(generation, 112_000, first)
    money.hold(generation, 112_000, second)  # the end of the first is unknown, and somebody sent it again
    assert money.settle(generation, 84_000, second) == {"held": 112_000, "charged": 84_000}
    assert money.release(generation, first) == {"held": 0, "charged": 84_000}
    assert purse(team) == (0, 84_000)


@pytest.mark.parametrize(("first", "second", "charged"), [(112_000, 84_000, 112_000), (84_000, 112_000, 112_000), (0, 84_000, 84_000)])
def test_an_attempt_is_charged_once(first, second, charged, make_generation, make_attempt, team: Team):
    """Whoever comes second with another figure for the same call."""
    generation = make_generation()
    attempt = make_attempt(generation)
    money.hold(generation, 112_000, attempt)
    money.settle(generation, first, attempt)
    assert money.settle(generation, second, attempt) == {"held": 0, "charged": charged}
    assert purse(team) == (0, charged)


def test_without_an_attempt_all_that_is_held_is_settled(make_generation, make_attempt, team: Team):
    generation = make_generation()
    for _time in range(2):
        money.hold(generation, 100, make_attempt(generation))
    assert money.settle(generation, 150) == {"held": 0, "charged": 150}
    assert purse(team) == (0, 150)


def test_the_next_attempt_takes_the_money_over(make_generation, make_attempt, team: Team):
    generation = make_generation()
    first, second = make_attempt(generation), make_attempt(generation)
    money.hold(generation, 112_000, first)
    money.carry(generation, first, second)
    assert purse(team) == (112_000, 0)
    assert money.settle(generation, 28_000, second) == {"held": 0, "charged": 28_000}


def test_what_was_held_last_month_is_charged_to_last_month(make_generation, make_attempt, team: Team):
    generation = make_generation()
    first, second = make_attempt(generation), make_attempt(generation)
    money.hold(generation, 100, first, OCTOBER)
    money.carry(generation, first, second)
    money.settle(generation, 120, second)
    assert purse(team, month=OCTOBER) == (0, 120)
    assert Purse.objects.values("month").distinct().count() == 1


def test_money_held_in_two_months_goes_back_to_each(make_generation, team: Team):
    generation = make_generation()
    money.hold(generation, 100, month=OCTOBER)
    money.hold(generation, 50, month=NOVEMBER)
    money.settle(generation, 120)
    assert (purse(team, month=OCTOBER), purse(team, month=NOVEMBER)) == ((0, 100), (0, 20))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("move", [lambda one: money.hold(one, 5), lambda one: money.settle(one, 5), money.release])
def test_outside_a_transaction_no_money_moves(move: Callable[[Generation], Any], make_generation):
    with pytest.raises(TransactionManagementError):
        move(make_generation())
    assert not Purse.objects.exists()


# --- budgets ---


def test_a_budget_holds_to_the_last_millionth(make_generation, team: Team):
    Budget.objects.create(team=team, hard=100)
    money.hold(make_generation(), 60)
    with pytest.raises(money.OverBudget):
        money.hold(make_generation(), 41)
    money.hold(make_generation(), 40)
    assert purse(team) == (100, 0)


def test_what_was_spent_counts_like_what_is_held(make_generation, team: Team):
    Budget.objects.create(team=team, hard=100)
    generation = make_generation()
    money.hold(generation, 60)
    money.settle(generation, 60)
    with pytest.raises(money.OverBudget):
        money.hold(generation, 41)


@pytest.mark.parametrize("hard", [0, 99])
def test_a_refusal_leaves_no_trace(hard: int, make_generation, team: Team, designer: User):
    Budget.objects.create(team=team, user=designer, hard=hard)
    with pytest.raises(money.OverBudget):
        money.hold(make_generation(), 100)
    assert sum(purse.held for purse in Purse.objects.all()) == 0
    assert not Entry.objects.exists()


def test_a_new_month_begins_with_a_full_budget(make_generation, team: Team):
    Budget.objects.create(team=team, hard=100)
    money.hold(make_generation(), 100, month=OCTOBER)
    money.hold(make_generation(), 100, month=NOVEMBER)
    assert (purse(team, month=OCTOBER), purse(team, month=NOVEMBER)) == ((100, 0), (100, 0))


def test_another_teams_budget_is_its_own(make_generation, team: Team, other_team: Team):
    Budget.objects.create(team=other_team, hard=0)
    money.hold(make_generation(), 100)
    assert purse(team) == (100, 0)


@pytest.mark.parametrize(
    ("hard", "own", "sentence"),
    [
        (300_000, None, "This would cost about $0.42; $0.30 is left in Studio North's budget until 1 Dec."),
        (None, 200_000, "This would cost about $0.42; $0.20 is left in your own budget until 1 Dec."),
        (300_000, 200_000, "This would cost about $0.42; $0.20 is left in your own budget until 1 Dec."),
        (300_000, 310_000, "This would cost about $0.42; $0.30 is left in Studio North's budget until 1 Dec."),
    ],
)
def test_the_refusal_says_what_is_left_of_the_tighter_budget(hard, own, sentence, make_generation, team: Team, designer: User):
    Budget.objects.create(team=team, hard=hard)
    Budget.objects.create(team=team, user=designer, hard=own)
    with pytest.raises(money.OverBudget) as refused:
        money.hold(make_generation(), 420_000, month=NOVEMBER)
    assert str(refused.value.problem) == sentence


def test_what_is_charged_is_charged_over_any_budget(held: Generation, team: Team, designer: User):
    Budget.objects.create(team=team, hard=1)
    money.settle(held, 200_000)
    assert purse(team) == (0, 200_000)
    assert money.left(team, designer).left == 0


def test_fifty_clicks_at_once_spend_what_is_there_for_ten(make_generation, team: Team, together):
    Budget.objects.create(team=team, hard=10 * 28_000 + 27_999)
    waiting = [make_generation() for _click in range(50)]

    def click() -> dict[str, int]:
        with transaction.atomic():
            generation = waiting.pop()
            changes = money.hold(generation, 28_000)
            assert generation.write(**changes)
            return changes

    found = together(50, click)
    assert [type(one) for one in found if type(one) is not dict] == [money.OverBudget] * 40
    assert purse(team) == (280_000, 0)
    assert list(money.audit()) == []


def test_whoever_settles_at_the_same_moment_settles_once(held: Generation, team: Team, together):
    def settle() -> bool:
        generation = Generation.objects.get(pk=held.pk)
        with transaction.atomic():
            changes = money.settle(generation, 84_000)
            if not generation.move(Status.SENDING, generation.due_at, **changes):
                transaction.set_rollback(True)
                return False
            return True

    assert sorted(together(8, settle)) == [False] * 7 + [True]
    assert purse(team) == (0, 84_000)
    assert list(money.audit()) == []


def test_a_purse_cannot_be_negative(held: Generation, team: Team):
    with pytest.raises(IntegrityError):
        Purse.objects.filter(team=team).update(held=-1)


# --- what is left ---


def test_without_budgets_there_is_no_limit(held: Generation, team: Team, designer: User):
    assert money.left(team, designer, NOVEMBER) == money.Left(None, None, False, 0, 0, date(2020, 12, 1))
    assert (money.left(team, designer).left, money.left(team, designer).held) == (None, 112_000)


def test_the_tighter_budget_is_what_is_left(held: Generation, team: Team, designer: User):
    Budget.objects.create(team=team, hard=500_000)
    Budget.objects.create(team=team, user=designer, hard=150_000)
    found = money.left(team, designer)
    assert (found.team_left, found.person_left, found.left) == (388_000, 38_000, 38_000)


@pytest.mark.parametrize(("soft", "passed"), [(111_999, True), (112_000, False), (None, False)])
@pytest.mark.parametrize("own", [True, False])
def test_the_warning_comes_when_more_than_the_soft_budget_is_used(own, soft, passed, held: Generation, team: Team, designer: User):
    Budget.objects.create(team=team, user=designer if own else None, soft=soft)
    assert money.left(team, designer).soft_passed is passed


def test_a_december_ends_in_january(team: Team, designer: User):
    assert money.left(team, designer, date(2026, 12, 1)).until == date(2027, 1, 1)


def test_what_is_left_takes_two_questions(held: Generation, team: Team, designer: User, django_assert_num_queries):
    with django_assert_num_queries(2):
        money.left(team, designer)


# --- words and figures ---


@pytest.mark.parametrize(
    ("status", "price", "held", "charged", "word"),
    [
        (Status.QUEUED, 28_000, 112_000, 0, "held"),
        (Status.COLLECTING, 28_000, 112_000, 0, "held"),
        (Status.DONE, 28_000, 0, 112_000, "charged"),
        (Status.PARTIAL, 28_000, 0, 84_000, "charged"),
        (Status.EXPIRED, 28_000, 0, 112_000, "charged"),
        (Status.REFUSED, 28_000, 0, 0, "released"),
        (Status.FAILED, 28_000, 0, 0, "released"),
        (Status.CANCELLED, 28_000, 0, 0, "released"),
        (Status.UNKNOWN, 28_000, 112_000, 0, "maybe"),
        (Status.FAILED, 28_000, 112_000, 0, "maybe"),
        (Status.DONE, 28_000, 112_000, 112_000, "maybe"),
        (Status.QUEUED, 0, 0, 0, "free"),
        (Status.DONE, 0, 0, 0, "free"),
        (Status.QUEUED, None, 0, 0, ""),
        (Status.DONE, None, 0, 0, "charged"),
        (Status.REFUSED, None, 0, 0, "released"),
        (Status.UNKNOWN, None, 0, 0, "maybe"),
        (Status.FAILED, None, 0, 0, "maybe"),
    ],
)
def test_the_card_has_one_word_for_the_money(status, price, held, charged, word):
    assert money.word(Generation(status=status, price=price, held=held, charged=charged)) == word


@pytest.mark.parametrize(
    ("micro", "shown"),
    [
        (None, "—"),
        (0, "$0.00"),
        (35_000, "$0.035"),
        (30_000, "$0.03"),
        (140_000, "$0.14"),
        (1_950, "$0.00195"),
        (585, "$0.000585"),
        (1, "$0.000001"),
        (29_250, "$0.02925"),
        (1_405_000, "$1.405"),
        (31_204_250, "$31.20"),
        (1_234_567_890, "$1,234.57"),
        (999_999, "$1.00"),
        (-300_000, "-$0.30"),
    ],
)
def test_money_has_cents_and_what_a_price_needs_beyond(micro, shown):
    assert Template("{{ micro|money }}").render(Context({"micro": micro})) == shown


@pytest.mark.parametrize(("currency", "shown"), [("CNY", "¥1.40"), ("EUR", "€1.40"), ("CHF", "CHF\N{NO-BREAK SPACE}1.40")])
def test_money_is_shown_in_the_studios_currency(currency, shown, settings):
    settings.CURRENCY = currency
    assert money.format_money(1_400_000) == shown


@pytest.mark.parametrize("wrong", ["dollars", "US", "U5D", "¥¥¥"])
def test_a_currency_is_three_letters(wrong, tmp_path):
    assert "STUDIO_CURRENCY must be three letters such as USD" in refusal(STUDIO_DATA=tmp_path, STUDIO_CURRENCY=wrong)


def test_the_currency_is_dollars_until_somebody_says_otherwise(tmp_path):
    assert setting("CURRENCY", STUDIO_DATA=tmp_path) == "USD"
    assert setting("CURRENCY", STUDIO_DATA=tmp_path, STUDIO_CURRENCY="cny") == "CNY"


# --- the audit ---


def test_sound_books_have_nothing_to_tell(held: Generation, make_generation, stranger: User, other_team: Team):
    other = make_generation(user=stranger, team=other_team)
    other.write(**money.hold(other, 50, month=OCTOBER))
    assert list(money.audit()) == []


def test_the_audit_names_a_generation_that_disagrees(held: Generation):
    Generation.objects.filter(pk=held.pk).update(held=1)
    assert list(money.audit()) == [f"Generation {held.pk} has 1 held and 0 charged; its entries say 112000 and 0."]


@pytest.mark.parametrize("own", [True, False])
def test_the_audit_names_a_purse_that_disagrees(own: bool, held: Generation, team: Team):
    wrong = Purse.objects.get(team=team, user__isnull=not own)
    Purse.objects.filter(pk=wrong.pk).update(spent=7)
    assert list(money.audit()) == [f"Purse {wrong.pk} has 112000 held and 7 spent; its entries say 112000 and 0."]


def test_the_audit_names_money_in_no_purse_and_a_purse_without_entries(held: Generation, team: Team, designer: User):
    Purse.objects.filter(team=team, user=designer).delete()
    empty = Purse.objects.create(team=team, month=OCTOBER, held=3)
    assert list(money.audit()) == [
        f"Purse {empty.pk} has 3 held and 0 spent; its entries say 0 and 0.",
        f"Entry {held.entries.get().pk} is in no purse.",
    ]


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_done_in_whatever_order_the_books_agree(seed, make_generation, make_attempt, stranger, other_team, team):
    dice = Random(seed)
    Budget.objects.create(team=team, hard=900)
    both = [make_generation(), make_generation(user=stranger, team=other_team)]
    attempts: dict[Generation, list[Attempt]] = {one: [make_attempt(one) for _time in range(3)] for one in both}
    for _step in range(30):
        generation = dice.choice(both)
        step(dice, generation, attempts[generation])
    assert list(money.audit()) == []
    assert all(one.held >= 0 and one.spent >= 0 for one in Purse.objects.all())
    assert all(money.balance(one) == one.held for one in both)


def step(dice: Random, generation: Generation, attempts: list[Attempt]) -> None:
    attempt, month = dice.choice([None, *attempts]), dice.choice([OCTOBER, NOVEMBER])
    doing = dice.choice(["hold", "hold", "settle", "release", "carry"])
    try:
        if doing == "hold":
            assert generation.write(**money.hold(generation, dice.randrange(1, 400), attempt, month))
        elif doing == "settle":
            assert generation.write(**money.settle(generation, dice.randrange(500), attempt))
        elif doing == "release":
            assert generation.write(**money.release(generation, attempt))
        else:
            money.carry(generation, *dice.sample(attempts, 2))
    except money.OverBudget:
        assert doing == "hold"
