"""However a request ends, a program that polls sees it end, in its provider's words, and is told whether it was charged."""

from base64 import b64encode
from typing import Any

import pytest

from generations.dialects import faults
from generations.dialects.faults import Fault, refused
from generations.dialects.outcome import Finished, Pending, Trouble
from generations.models import EngineChoice, Generation, Image, ProviderAccount, Status, Team, User
from generations.pipeline import approval, choices
from tests.compat.program import Program, drawing, live, read, started, task_of
from tests.made import sandbox
from tests.pipeline.provider import Plan, Provider, dead, drawn, gone_wrong, lost, refuse, short
from tests.pipeline.steps import Steps

pytestmark = pytest.mark.django_db
both = pytest.mark.parametrize("dialect", ["tensorslab", "apimart"])

PRICE = 35_000
T2I = "anyfast/seedream-5.0-t2i"


def no(fault: Fault, words: str) -> Plan:
    return lambda window, asked: window.write(asked, refused(fault, words))


# what the provider does: when it is called, when it is asked, when its link is followed
ENDS: list[tuple[str, dict[str, Any], Status, bool, str]] = [
    (
        "refused words",
        {"usual": no(faults.WORDS, "sensitive content in the prompt")},
        Status.REFUSED,
        True,
        "content rules refused the prompt. Nothing was charged",
    ),
    ("refused size", {"usual": no(faults.SIZE, "resolution is not valid")}, Status.REFUSED, True, "refused this size. Nothing was charged"),
    ("empty balance", {"usual": refuse(faults.BALANCE)}, Status.REFUSED, True, "out of credit. Nothing was charged"),
    ("bad key", {"usual": refuse(faults.KEY)}, Status.REFUSED, True, "refused the studio's key. Nothing was charged"),
    ("engine gone", {"usual": refuse(faults.GONE)}, Status.REFUSED, True, "does not offer this engine now. Nothing was charged"),
    ("lost answer", {"usual": lost()}, Status.UNKNOWN, False, "it may have been charged"),
    ("failed", {"usual_answer": gone_wrong(free=False)}, Status.FAILED, False, "Whether this was charged is not known"),
    ("link gone", {"usual_file": dead}, Status.EXPIRED, False, "It was paid for, but the links stopped working"),
]


@pytest.fixture
def program(designer: User, team: Team) -> Program:
    """One account behind both doors."""
    account = sandbox("tensorslab/seedream-4.5")
    for name in ("4.5", "5.0-lite"):
        EngineChoice.objects.create(account=account, engine=f"tensorslab/seedream-{name}", price=PRICE)
    return Program(designer, team)


def end(program: Program, dialect: str, driver: Steps, **options: Any) -> tuple[Any, Any]:
    task = task_of(program.submit(dialect, **options))
    live(driver)
    answer = program.ask(dialect, task)
    return answer, read(dialect, task, answer)


def sentence(answer: Any) -> str:
    body = answer.json()
    data = body.get("data") or {}
    return str(data.get("error_message") or (data.get("error") or {}).get("message") or body.get("msg"))


@both
@pytest.mark.parametrize(("name", "does", "status", "free", "said"), ENDS, ids=[name for name, *_rest in ENDS])
def test_what_came_to_nothing_has_failed(
    dialect: str,
    name: str,
    does: dict[str, Any],
    status: Status,
    free: bool,
    said: str,
    program: Program,
    driver: Steps,
    provider: Provider,
) -> None:
    for plan, act in does.items():
        setattr(provider, plan, act)
    answer, found = end(program, dialect, driver)
    generation = started(answer)
    assert (generation.status, answer.status_code) == (status, 200)
    assert said in sentence(answer)
    assert isinstance(found, Trouble)
    if dialect == "apimart":  # what failed is free there; what was cancelled need not be
        assert answer.json()["data"]["status"] == ("failed" if free else "cancelled")
        assert found.charged is (False if free else None)


def test_tensorslab_tells_every_end_by_its_status(program: Program, driver: Steps, provider: Provider) -> None:
    provider.usual = refuse(faults.WORDS)
    assert end(program, "tensorslab", driver)[0].json()["data"]["image_status"] == 4


def test_tensorslab_tells_an_empty_balance_by_its_code(program: Program, driver: Steps, provider: Provider) -> None:
    provider.usual = refuse(faults.BALANCE)
    assert end(program, "tensorslab", driver)[0].json()["code"] == 9000


def test_apimart_tells_it_in_the_language_of_the_question(program: Program, driver: Steps, provider: Provider) -> None:
    provider.usual = refuse(faults.BALANCE)
    answer = program.submit("apimart")
    live(driver)
    chinese, english, other = (sentence(program.ask("apimart", f"{task_of(answer)}?language={word}")) for word in ("zh", "en", "ko"))
    assert "未扣费" in chinese
    assert english == other
    assert "Nothing was charged" in english


def first_is_gone(link: str) -> bytes:
    return dead(link) if link.endswith("/0.png") else drawn(link)


@both
@pytest.mark.parametrize("does", [{"usual": short(1)}, {"usual_file": first_is_gone}], ids=["one did not come", "one link is gone"])
def test_some_of_several_are_a_success_with_fewer(
    dialect: str, does: dict[str, Any], program: Program, driver: Steps, provider: Provider
) -> None:
    for plan, act in does.items():
        setattr(provider, plan, act)
    answer, found = end(program, dialect, driver, images=3)
    assert started(answer).status == Status.PARTIAL
    assert isinstance(found, Finished)
    assert len(found.items) == len(found.pictures) == 2


@both
def test_all_of_them_are_a_success(dialect: str, program: Program, driver: Steps) -> None:
    answer, found = end(program, dialect, driver, images=3)
    assert isinstance(found, Finished)
    assert (started(answer).status, len(found.pictures)) == (Status.DONE, 3)


@both
def test_what_was_stopped_in_the_studio_has_failed(dialect: str, program: Program, designer: User) -> None:
    answer = program.submit(dialect)
    assert choices.stop(started(answer), designer)
    told = program.ask(dialect, task_of(answer))
    assert "cancelled in the studio before it was sent. Nothing was charged" in sentence(told)


@both
def test_what_is_too_dear_waits_for_somebody_to_allow_it(dialect: str, program: Program, team: Team, admin: User) -> None:
    Team.objects.update(ask_above=PRICE - 1)
    task = task_of(answer := program.submit(dialect))
    assert started(answer).status == Status.ASKING
    assert read(dialect, task, program.ask(dialect, task)) == Pending(False, None if dialect == "tensorslab" else 0)
    approval.decline(started(answer), admin, "Use the smaller size.")
    assert "not approved. Nothing was sent and nothing was charged" in sentence(program.ask(dialect, task))


@both
def test_pictures_in_the_trash_are_not_handed_out(dialect: str, program: Program, driver: Steps) -> None:
    answer = program.submit(dialect)
    live(driver)
    Image.objects.update(trashed_at=started(answer).finished_at)
    assert "put into the trash" in sentence(program.ask(dialect, task_of(answer)))


# --- one long call ---

LONG = {"model": "doubao-seedream-5-0-260128", "prompt": "a red kite", "size": "2048x2048"}
NOS: list[tuple[str, Plan, int, str, str]] = [
    ("refused words", no(faults.WORDS, "sensitive content in the prompt"), 400, "sensitive_words_detected", "Nothing was charged"),
    ("refused size", no(faults.SIZE, "size is not valid"), 400, "InvalidParameter", "Nothing was charged"),
    ("empty balance", refuse(faults.BALANCE), 403, "provider_account", "Nothing was charged"),
    ("bad key", refuse(faults.KEY), 403, "provider_account", "Nothing was charged"),
    ("lost answer", lost(), 422, "outcome_unknown", "it may have been charged"),
]


@pytest.fixture
def caller(program: Program) -> Program:
    sandbox(T2I)
    return program


def long_call(program: Program, **more: Any) -> Any:
    return program.post("/anyfast/v1/images/generations", LONG | more)


@pytest.mark.parametrize(("name", "plan", "status", "code", "said"), NOS, ids=[name for name, *_rest in NOS])
def test_a_long_call_that_came_to_nothing(
    name: str, plan: Plan, status: int, code: str, said: str, caller: Program, provider: Provider, waited: None
) -> None:
    provider.usual = plan
    answer = long_call(caller)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["type"]) == (status, code, "new_api_error")
    assert said in error["message"]
    assert (answer["X-Should-Retry"], answer["X-Generation"]) == ("false", str(Generation.objects.get().uid))


def test_a_long_call_is_answered_with_what_came(caller: Program, provider: Provider, waited: None) -> None:
    provider.usual = short(1)
    sequence = {"sequential_image_generation": "auto", "sequential_image_generation_options": {"max_images": 3}}
    answer = long_call(caller, image=[f"data:image/png;base64,{b64encode(drawing().read()).decode()}"], **sequence)
    assert started(answer).status == Status.PARTIAL
    assert len(answer.json()["data"]) == 2


def test_a_long_call_that_is_too_dear_is_told_where_its_fate_is_decided(caller: Program, team: Team, waited: None) -> None:
    Team.objects.update(ask_above=PRICE - 1)
    EngineChoice.objects.update_or_create(account=ProviderAccount.objects.get(dialect="anyfast"), engine=T2I, defaults={"price": PRICE})
    answer = long_call(caller)
    generation = Generation.objects.get()
    assert (answer.status_code, generation.status, answer["X-Should-Retry"]) == (403, Status.ASKING, "false")
    assert str(generation.uid) in answer.json()["error"]["message"]
