"""Evidence for a provider: all that was paid and did not come, and nothing that is none of its business."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generations.models import Generation, JournalLine, ProviderAccount, Status, Team, User
from generations.usage import dispute
from tests.accounting.ledger import FOUR, ended
from tests.cast import client_of
from tests.made import asked, sandbox

pytestmark = pytest.mark.django_db

PROMPT = "红色风筝 over the bay"


@pytest.fixture
def account(db: None) -> ProviderAccount:
    return sandbox()


def lost(user: User, team: Team, status: Status = Status.FAILED, **told: Any) -> Generation:
    how = {name: told.pop(name) for name in ("stored", "lost", "charged") if name in told}
    generation = ended(user, team, status, request=asked(PROMPT, images=4), **{"charged": FOUR, **how})
    usual = {"sent_at": timezone.now(), "answer": b'{"error": "nothing"}', "answer_status": 200, "request_id": "req-1", "task": "task-1"}
    generation.attempts.update(**{**usual, **told})
    return generation


def take(user: User, account: ProviderAccount, query: str = "", status: int = 200) -> zipfile.ZipFile:
    answer = client_of(user).get(f"/usage/dispute.zip?account={account.pk}&month={timezone.localdate():%Y-%m}{query}")
    assert answer.status_code == status
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def rows(pack: zipfile.ZipFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(pack.read("calls.csv").decode("utf-8-sig"))))


def everything(pack: zipfile.ZipFile) -> str:
    return "".join(pack.read(name).decode() for name in pack.namelist())


@pytest.mark.parametrize("who", ["viewer", "designer", "reviewer"])
def test_it_is_for_team_administrators(who: str, account: ProviderAccount, request: pytest.FixtureRequest):
    assert client_of(request.getfixturevalue(who)).get(f"/usage/dispute.zip?account={account.pk}").status_code == 403


def test_it_says_what_was_paid_and_what_was_answered(designer: User, admin: User, team: Team, account: ProviderAccount):
    generation = lost(designer, team)
    pack = take(admin, account)
    [row] = rows(pack)
    assert (row["Request"], row["Request number of the provider"], row["Task"]) == (f"{generation.pk}-1", "req-1", "task-1")
    assert (row["HTTP status"], row["Images asked for"], row["Images that came"]) == ("200", "4", "0")
    assert (row["Charged (USD)"], row["Of that for nothing (USD)"]) == ("0.112000", "0.112000")
    assert row["Idempotency key"] == str(generation.attempts.get().key)
    assert pack.read(f"answers/{generation.pk}-1.txt") == b'{"error": "nothing"}'


def test_of_a_part_that_did_not_come_the_part_is_named(designer: User, admin: User, team: Team, account: ProviderAccount):
    lost(designer, team, Status.PARTIAL, stored=3, lost=1)
    [row] = rows(take(admin, account))
    assert (row["Images paid"], row["Images that came"], row["Of that for nothing (USD)"]) == ("4", "3", "0.028000")


def test_what_came_or_cost_nothing_is_not_in_it(designer: User, admin: User, team: Team, account: ProviderAccount):
    lost(designer, team, Status.DONE, stored=4)
    lost(designer, team, Status.REFUSED, charged=0)
    lost(designer, team, Status.UNKNOWN, charged=None)
    pack = take(admin, account)
    assert (rows(pack), pack.namelist()) == ([], ["calls.csv"])


def test_other_teams_accounts_and_months_are_not_in_it(
    designer: User, admin: User, stranger: User, team: Team, other_team: Team, account: ProviderAccount
):
    lost(stranger, other_team)
    lost(designer, team, sent_at=datetime(2026, 1, 5, tzinfo=UTC))
    other = ended(designer, team, Status.FAILED, charged=FOUR, request=asked(engine="gateway/seedream-4.0", images=4))
    other.attempts.update(sent_at=timezone.now())
    assert rows(take(admin, account)) == []


def test_a_site_administrator_takes_all_teams_together(
    designer: User, stranger: User, team: Team, other_team: Team, owner: User, account: ProviderAccount
):
    lost(designer, team)
    lost(stranger, other_team)
    assert len(rows(take(owner, account, "&team=all"))) == 2
    assert len(rows(take(owner, account, "&team=south"))) == 1


@pytest.mark.parametrize("prompts", [True, False])
def test_that_somebody_took_it_is_written_down(prompts: bool, admin: User, team: Team, account: ProviderAccount):
    take(admin, account, "&prompts=on" if prompts else "")
    line = JournalLine.objects.get()
    assert (line.deed, line.actor, line.subject) == ("export", admin.pk, f"provideraccount/{account.pk}")
    assert line.details == {"format": "zip", "prompts": prompts}


@pytest.mark.parametrize("wanted", ["", "x", "-1", "0", "999999", "9" * 40, "²"])
def test_an_account_that_is_none_is_not_there(wanted: str, admin: User):
    assert client_of(admin).get("/usage/dispute.zip", {"account": wanted}).status_code == 404


def test_nobody_is_named_and_no_prompt_leaves_unless_somebody_wants_it(designer: User, admin: User, team: Team, account: ProviderAccount):
    answers = [PROMPT, json.dumps({"prompt": PROMPT}), json.dumps({"prompt": PROMPT}, ensure_ascii=False)]
    for text in answers:
        lost(designer, team, answer=text.encode(), trouble={"sentence": "", "said": f"no: {PROMPT}"})
    told = everything(take(admin, account))
    assert not any(word in told for word in ["红色风筝", "\\u7ea2", "over the bay", "Dana", "dana@", "Studio North"])
    assert PROMPT in everything(take(admin, account, "&prompts=on"))
    assert [row["Prompt"] for row in rows(take(admin, account, "&prompts=on"))] == [PROMPT] * 3


def test_no_key_is_in_it(designer: User, admin: User, team: Team, account: ProviderAccount):
    account.keep_key("abcdefghijklmnop")
    account.save()
    lost(designer, team, answer=b'{"error": "bad key abcdefghijklmnop"}')
    assert "abcdefghijklmnop" not in everything(take(admin, account))


def test_a_providers_words_are_no_formula(designer: User, admin: User, team: Team, account: ProviderAccount):
    lost(designer, team, request_id="=1+1", task="@SUM(A1)", trouble={"sentence": "", "said": "-1+1"})
    [row] = rows(take(admin, account))
    assert [row[name][0] for name in ("Request number of the provider", "Task", "The provider’s own words")] == ["'"] * 3


def test_it_is_read_a_page_at_a_time(designer: User, admin: User, team: Team, account: ProviderAccount, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dispute, "PAGE", 2)
    at = timezone.now()
    made = [lost(designer, team, sent_at=at) for _number in range(5)]
    pack = take(admin, account)
    assert [row["Request"] for row in rows(pack)] == [f"{one.pk}-1" for one in made]
    assert len(pack.namelist()) == 6


def test_more_calls_of_a_page_take_the_same_queries(designer: User, admin: User, team: Team, account: ProviderAccount):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            take(admin, account)
        return len(asked)

    lost(designer, team)
    few = queries()
    for _number in range(4):
        lost(designer, team)
    assert queries() == few
