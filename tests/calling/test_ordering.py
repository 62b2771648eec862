"""From a program's call to a generation: once, whatever the network does."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from generations.calling import references
from generations.calling.caller import Caller, recognise
from generations.calling.ordering import answered, examine, order
from generations.calling.wish import Wish
from generations.models import Budget, Collection, Entry, Generation, JournalLine, ProviderAccount, Role, Status, Team, Upload, User
from generations.pipeline.start import KeyUsed, Refused
from tests.calling.wishes import caller_of, wish
from tests.cast import person
from tests.made import made, sandbox
from tests.pipeline.conftest import together  # noqa: F401  # a fixture
from tests.tokens.given import given

pytestmark = pytest.mark.django_db
ENGINE = "gateway/seedream-4.0"


@pytest.fixture
def account(db: None) -> ProviderAccount:
    return sandbox(ENGINE)


@pytest.fixture
def caller(designer: User, team: Team, account: ProviderAccount) -> Caller:
    return caller_of(designer, team)


def test_a_call_becomes_a_generation_of_its_tokens_person_and_team(caller: Caller):
    generation = order(caller, wish())
    assert (generation.user, generation.team, generation.token) == (caller.user, caller.team, caller.token)
    assert (generation.engine, generation.status, generation.width) == (ENGINE, Status.QUEUED, 2048)
    assert JournalLine.objects.filter(deed="generation.start", subject=f"generation/{generation.pk}").exists()


def test_it_is_seen_by_whom_the_team_has_decided_unless_the_program_says(caller: Caller, team: Team):
    assert not order(caller, wish()).private
    team.private = True
    team.save()
    later = caller_of(caller.user, team)
    assert order(later, wish()).private
    assert not order(later, wish(private=False)).private


def test_its_images_go_where_the_program_wants_them(caller: Caller, team: Team):
    collection = Collection.objects.create(team=team, user=caller.user, name="Posters")
    parent = made(caller.user, team)
    generation = order(caller, wish(collection=collection, parent=parent))
    assert (generation.collection, generation.parent) == (collection, parent)


def test_who_else_could_make_it_is_kept(caller: Caller):
    sandbox("ark/seedream-4.0")
    assert [one["engine"] for one in order(caller, wish()).spares] == ["ark/seedream-4.0"]


def test_what_is_wrong_is_refused_and_nothing_is_written(caller: Caller):
    with pytest.raises(Refused, match="Number of images must be 1 to 15"):
        order(caller, wish(images=40))
    assert not Generation.objects.exists()
    assert not Entry.objects.exists()


def test_a_budget_binds_programs_too(caller: Caller, team: Team, account: ProviderAccount):
    account.choices.create(engine=ENGINE, price=30_000)
    Budget.objects.create(team=team, hard=20_000)
    with pytest.raises(Refused, match="budget"):
        order(caller, wish())


def test_a_dear_request_waits_for_a_word(caller: Caller, team: Team, account: ProviderAccount):
    account.choices.create(engine=ENGINE, price=30_000)
    Team.objects.update(ask_above=20_000)
    assert order(caller_of(caller.user, Team.objects.get()), wish()).status == Status.ASKING


# --- with a key ---


def test_the_same_key_and_the_same_body_are_one_generation(caller: Caller):
    first = order(caller, wish(key="k-1"))
    assert order(caller, wish(key="k-1")) == first
    assert Generation.objects.count() == 1


def test_also_after_it_has_ended_and_was_told(caller: Caller):
    first = order(caller, wish(key="k-1"))
    Generation.objects.update(status=Status.DONE, due_at=None)
    answered(first)
    assert order(caller, wish(key="k-1")) == first


@pytest.mark.parametrize("other", [wish("a blue kite", key="k-1"), wish(images=2, key="k-1"), wish(inline=True, key="k-1")])
def test_the_same_key_with_another_body_is_no_repetition(other: Wish, caller: Caller):
    order(caller, wish(key="k-1"))
    with pytest.raises(KeyUsed):
        order(caller, other)
    assert Generation.objects.count() == 1


def test_a_key_is_ones_own_and_that_of_a_door(caller: Caller, team: Team, account: ProviderAccount):
    other = caller_of(person("Dora Designer", team, Role.DESIGNER), team)
    made = [order(caller, wish(key="1")), order(other, wish(key="1")), order(caller, wish(key="1", door="ark"))]
    assert len({one.pk for one in made}) == 3


def test_another_token_of_the_same_person_knows_the_key(caller: Caller, team: Team):
    """A script that was given a new token repeats what it began with the old one."""
    first = order(caller, wish(key="k-1"))
    assert order(caller_of(caller.user, team), wish(key="k-1")) == first


def test_a_reference_belongs_to_the_body(caller: Caller, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(references, "take", lambda caller, given: ())
    order(caller, wish(key="k-1", references=(b"one",)))
    assert order(caller, wish(key="k-1", references=(b"one",)))
    with pytest.raises(KeyUsed):
        order(caller, wish(key="k-1", references=(b"another",)))


def test_whoever_repeats_itself_need_not_send_its_references_anew(caller: Caller, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(references, "take", lambda caller, given: ())
    first = order(caller, wish(key="k-1", references=("https://pictures.example/koi.png",)))
    monkeypatch.setattr(references, "take", lambda caller, given: 1 / 0)
    assert order(caller, wish(key="k-1", references=("https://pictures.example/koi.png",))) == first


# --- without one ---


def test_two_of_the_same_are_two_generations(caller: Caller):
    assert order(caller, wish()) != order(caller, wish())


def test_a_program_that_says_that_it_repeats_itself_gets_what_it_began(caller: Caller):
    first = order(caller, wish())
    assert order(caller, wish(again=True)) == first


def test_of_several_the_first_whose_end_it_has_not_heard(caller: Caller):
    one, two, three = (order(caller, wish()) for _call in range(3))
    answered(one)
    assert order(caller, wish(again=True)) == two
    answered(two), answered(three)
    assert order(caller, wish(again=True)) == three


def test_what_was_told_a_while_ago_was_heard_and_this_is_another_that_was_turned_away(caller: Caller):
    """A second call for the same, refused with 429 before it was begun, comes again with a count of its own."""
    first = order(caller, wish())
    Generation.objects.update(answered_at=timezone.now() - timedelta(seconds=11))
    assert order(caller, wish(again=True)) != first


def test_what_it_never_began_is_begun(caller: Caller):
    order(caller, wish("something else"))
    assert order(caller, wish(again=True)).prompt == "a red kite"
    assert Generation.objects.count() == 2


def test_after_a_while_it_is_another_wish(caller: Caller):
    first = order(caller, wish())
    Generation.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    assert order(caller, wish(again=True)) != first


def test_nobody_gets_what_another_token_began(caller: Caller, team: Team):
    first = order(caller, wish())
    assert order(caller_of(caller.user, team), wish(again=True)) != first


def test_what_was_begun_while_references_were_fetched_is_not_begun_twice(caller: Caller, monkeypatch: pytest.MonkeyPatch):
    """The first try was still fetching when the second came, and both are done with it at last."""
    again = wish(again=True, references=(b"one",))

    def take(caller: Caller, given: object) -> tuple[()]:
        monkeypatch.setattr(references, "take", lambda caller, given: ())
        order(caller, again)
        return ()

    monkeypatch.setattr(references, "take", take)
    assert order(caller, again) == Generation.objects.get()


def test_the_last_look_comes_after_the_references_and_before_anything_is_written(caller: Caller, monkeypatch: pytest.MonkeyPatch):
    fetched: list[object] = []

    def look() -> None:
        assert fetched
        raise TimeoutError

    monkeypatch.setattr(references, "take", lambda caller, given: fetched.append(given) or ())
    with pytest.raises(TimeoutError):
        order(caller, wish(references=(b"one",)), look)
    assert not Generation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_tries_at_one_moment_are_one(designer: User, team: Team, together):  # noqa: F811
    sandbox(ENGINE)
    token, _text = given(designer, team)
    found = together(8, lambda: order(recognise(token), wish(again=True)))
    assert len(set(found)) == Generation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_at_one_moment_with_one_key_are_one(designer: User, team: Team, together):  # noqa: F811
    sandbox(ENGINE)
    token, _text = given(designer, team)
    found = together(50, lambda: order(recognise(token), wish(key="k-1")))
    assert [type(one) for one in found] == [Generation] * 50, found
    assert len({one.pk for one in found}) == Generation.objects.count() == 1


# --- before it is paid ---


def test_what_would_happen_is_said_and_nothing_is_written(caller: Caller, account: ProviderAccount):
    account.choices.create(engine=ENGINE, price=30_000)
    found = examine(caller, wish(images=2, seed=7))
    assert (found.problems, found.price) == ((), 60_000)
    assert found.offer
    assert (found.offer.engine.id, found.offer.account) == (ENGINE, account)
    assert [(field.name, field.fate) for field in found.fates if field.fate != "kept"] == [("seed", "left out")]
    assert found.call
    assert found.call["json"]["sequential_image_generation_options"] == {"max_images": 2}
    assert not Generation.objects.exists()


def test_and_what_is_wrong_with_it(caller: Caller):
    found = examine(caller, wish(images=40))
    assert ([problem.field for problem in found.problems], found.offer, found.call) == (["images"], None, None)


def test_a_closed_team_is_told_before_it_is_asked(caller: Caller):
    Team.objects.update(closed_at=timezone.now())
    again = recognise(type(caller.token).objects.get())
    for wanted, more in ((wish(), []), (wish(images=40), ["images"])):
        assert [problem.field for problem in examine(again, wanted).problems] == ["team", *more]
        with pytest.raises(Refused):
            order(again, wanted)


def test_a_price_that_nobody_said_is_none(caller: Caller, account: ProviderAccount):
    ProviderAccount.objects.update(sandbox=False, address="https://gateway.example")
    assert examine(caller, wish()).price is None


def test_a_door_that_gives_no_name_is_told(caller: Caller):
    found = examine(caller, replace(wish(), asked=replace(wish().asked, wire_id="")))
    assert [str(problem) for problem in found.problems] == ["Say which engine is to be used."]
    assert not Upload.objects.exists()
