"""With the real sandbox: keys that it refuses, and one that it takes."""

from pathlib import Path

import pytest

from generations.calling.ordering import answered, order
from generations.calling.outcome import outcome
from generations.dialects.outcome import Finished, Next, Trouble
from generations.models import Gate, Generation, ProviderAccount, Status, Team, User
from generations.pipeline import money
from tests.calling.wishes import caller_of, wish
from tests.made import sandbox
from tests.pipeline.studio import hurrying, ledger, paid, work

pytestmark = pytest.mark.django_db


def account(engine: str, key: str, place: int) -> ProviderAccount:
    found = sandbox(engine, place=place)
    found.keep_key(key)
    found.save()
    return found


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path: Path, port: int) -> None:
    settings.DATA, settings.STORAGE, settings.SANDBOX_PORT = tmp_path, tmp_path / "media", port
    settings.STORAGE.mkdir()


def driven(designer: User, team: Team) -> Generation:
    generation = order(caller_of(designer, team), wish(tier="1K", ratio="1:1"))
    with hurrying():
        work()
    generation.refresh_from_db()
    return generation


def test_two_that_refuse_and_one_that_makes_it_are_one_line_in_the_ledger(designer: User, team: Team, port: int):
    account("gateway/seedream-4.0", "sandbox-bad-key", 1)
    account("ark/seedream-4.0", "sandbox-broke-key", 2)
    last, before = account("apimart/seedream-4.0", "sandbox-good-key", 3), paid(port)
    generation = driven(designer, team)
    assert (generation.status, generation.account, generation.engine) == (Status.DONE, last, "apimart/seedream-4.0")
    assert [line["dialect"] for line in ledger(port) if line["n"] > before] == ["apimart"]
    assert [attempt.outcome for attempt in generation.attempts.order_by("number")] == ["not_sent", "not_sent", "answered"]
    found = outcome(generation, lambda image: f"https://studio.example/{image.uid}")
    assert isinstance(found, Finished)
    assert (len(found.pictures), list(money.audit())) == (1, [])


def test_where_all_refuse_the_program_is_told_nothing_of_keys(designer: User, team: Team, port: int):
    account("gateway/seedream-4.0", "sandbox-bad-key", 1)
    account("ark/seedream-4.0", "sandbox-bad-key", 2)
    before, generation = paid(port), driven(designer, team)
    found = outcome(generation, str)
    assert (generation.status, paid(port)) == (Status.REFUSED, before)
    assert isinstance(found, Trouble)
    assert (found.next, found.charged, found.said) == (Next.OPEN_ENGINE, False, "")


def test_the_next_call_goes_where_something_can_be_sent(designer: User, team: Team):
    account("gateway/seedream-4.0", "sandbox-bad-key", 1)
    open_one = account("ark/seedream-4.0", "sandbox-good-key", 2)
    answered(driven(designer, team))
    assert Gate.objects.exclude(paused="").get().account.dialect == "gateway"
    second = order(caller_of(designer, team), wish())
    assert (second.account, [one["engine"] for one in second.spares]) == (open_one, ["gateway/seedream-4.0"])
