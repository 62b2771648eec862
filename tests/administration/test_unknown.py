"""The inbox of what nobody knows: who may look, what is shown, and what a decision does."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generations.administration import unknown
from generations.dialects.outcome import Next, Sent
from generations.models import Attempt, Charge, Generation, JournalLine, Membership, Outcome, Role, Status, Team, User
from generations.people import add_member
from generations.pipeline import money
from generations.pipeline.trouble import LINKS_GONE, STOPPED_SHORT, own, store
from tests.cast import client_of, person
from tests.made import asked, made, sandbox

pytestmark = pytest.mark.django_db

INBOX = "/administration/unknown/"
HTMX = {"hx-request": "true"}
HOSTILE = "<script>alert(1)</script>\"'</pre>\u202egnp.exe {{ settings }}"


def doubtful(user: User, team: Team, status: Status = Status.UNKNOWN, engine: str = "gateway/seedream-4.0", **fields: Any) -> Generation:
    """Sent, and never heard of again; its money is held."""
    generation = made(user, team, status, asked(engine=engine), price=35_000)
    outcome = Outcome.UNKNOWN if status == Status.UNKNOWN else Outcome.FAILED
    said = store(own(Next.ASK, Sent.UNKNOWN, STOPPED_SHORT, fields.pop("said", "")))
    usual = {"outcome": outcome, "charge": Charge.UNKNOWN, "sent_at": timezone.now(), "trouble": said}
    generation.attempts.update(**{**usual, **fields})
    with transaction.atomic():
        generation.write(**money.hold(generation, 35_000, generation.attempts.get()))
    return generation


@pytest.fixture
def case(designer: User, team: Team) -> Generation:
    return doubtful(designer, team)


def page(user: User, path: str = INBOX) -> str:
    return client_of(user).get(path).content.decode()


def decide(user: User, generation: Generation, choice: str, **told: str) -> Any:
    return client_of(user).post(f"{INBOX}{generation.attempts.first().pk}/{choice}/", told, headers=HTMX)


def deeds() -> list[str]:
    return list(JournalLine.objects.order_by("pk").values_list("deed", flat=True))


# --- who ---


@pytest.mark.parametrize("who", ["viewer", "designer", "reviewer", "admin", "stranger"])
def test_it_is_for_site_administrators_only(who: str, case: Generation, request: pytest.FixtureRequest):
    client, attempt = client_of(request.getfixturevalue(who)), case.attempts.get()
    paths = [INBOX, f"{INBOX}{attempt.pk}/answer.txt", "/administration/failures/"]
    assert [client.get(path).status_code for path in paths] == [403] * 3
    for choice in unknown.CHOICES:
        assert client.post(f"{INBOX}{attempt.pk}/{choice}/", {"accept": "on"}).status_code == 403
    assert Attempt.objects.get().charge == Charge.UNKNOWN


def test_somebody_of_another_team_decides_as_well_if_they_administrate_the_site(other_team: Team, owner: User, stranger: User):
    case = doubtful(stranger, other_team)
    assert "Sam Stranger" in page(owner)
    assert decide(owner, case, "came").status_code == 200


@pytest.mark.parametrize("path", ["999999/answer.txt", "999999/came/", "{pk}/forget/"])
def test_what_is_not_there_is_not_there(path: str, case: Generation, owner: User):
    client, path = client_of(owner), INBOX + path.format(pk=case.attempts.get().pk)
    assert (client.get(path) if "answer" in path else client.post(path)).status_code == 404


def test_looking_decides_nothing(case: Generation, owner: User):
    assert client_of(owner).get(f"{INBOX}{case.attempts.get().pk}/came/").status_code == 405


# --- what is shown ---


def test_a_case_tells_who_what_where_and_how_much(case: Generation, owner: User):
    case.attempts.update(task="task_9", request_id="req-77")
    told = page(owner)
    for word in [
        "$0.035 · Sandbox gateway · Dana Designer",
        "Studio North",
        "Seedream 4.0",
        "task_9",
        "req-77",
        "interrupted while sending",
    ]:
        assert word in told, word


def test_what_is_at_stake_is_summed(case: Generation, designer: User, team: Team, owner: User):
    doubtful(designer, team, Status.FAILED)
    assert "$0.07 at stake" in page(owner)


def test_an_empty_inbox_says_so(owner: User):
    assert "Nothing is open" in page(owner)


def test_it_is_counted_where_site_administrators_see_it(case: Generation, owner: User, admin: User):
    assert 'id="open-rail" class="count">1<' in page(owner, "/gallery/")
    assert "open-rail" not in page(admin, "/gallery/")


def test_decided_ones_are_gone(case: Generation, owner: User):
    case.attempts.update(charge=Charge.YES)
    assert "Dana Designer" not in page(owner)


def test_a_provider_cannot_speak_in_our_name(case: Generation, designer: User, team: Team, owner: User):
    doubtful(designer, team, said=HOSTILE, answer=HOSTILE.encode(), task=HOSTILE, sent={"prompt": HOSTILE})
    told = page(owner)
    assert "<script>alert" not in told
    assert "\u202e" not in told.split('id="inbox"')[1]
    assert "&lt;script&gt;alert(1)" in told
    assert "⟨U+202E⟩" in told


@pytest.mark.parametrize(
    "answer",
    [
        b'{"error": "Invalid key sk-abcdefghijklmnop"}',
        b"Authorization: Bearer abcdefghijklmnop",
        b'{"api_key": "abcdefghijklmnop"}',
        b"\xffsandbox-key abcdefghijklmnop",
    ],
)
def test_no_key_is_shown_that_a_provider_repeats(answer: bytes, designer: User, team: Team, owner: User):
    account = sandbox("gateway/seedream-4.0")
    account.keep_key("abcdefghijklmnop")
    account.save()
    case = doubtful(designer, team, answer=answer)
    told = page(owner) + page(owner, f"{INBOX}{case.attempts.get().pk}/answer.txt")
    assert "abcdefghijklmnop" not in told
    assert "•••" in told


def test_pictures_in_an_answer_are_left_out(designer: User, team: Team, owner: User):
    case = doubtful(designer, team, answer=b'{"b64_json": "' + b"QUJD" * 5000 + b'"}')
    assert client_of(owner).get(f"{INBOX}{case.attempts.get().pk}/answer.txt").content.decode() == '{"b64_json": "⟨20,000⟩"}'


def test_a_long_answer_is_cut_on_the_page_and_whole_in_the_file(designer: User, team: Team, owner: User):
    case = doubtful(designer, team, answer=b"word " * 2000)
    assert page(owner).count("word ") < 1000
    file = client_of(owner).get(f"{INBOX}{case.attempts.get().pk}/answer.txt")
    assert JournalLine.objects.filter(deed="export", actor=owner.pk, subject=f"generation/{case.pk}").count() == 1
    assert file.content.count(b"word ") == 2000
    assert file["Content-Type"] == "text/plain; charset=utf-8"
    assert "attachment" in file["Content-Disposition"]
    assert "sandbox" in file["Content-Security-Policy"]


def test_pages_go_on_where_the_last_one_ended(designer: User, team: Team, owner: User, monkeypatch):
    monkeypatch.setattr(unknown, "PAGE", 2)
    cases = [doubtful(designer, team) for _number in range(5)]
    seen, path = [], INBOX
    for _page in range(3):
        told = page(owner, path)
        seen += [case.pk for case in reversed(cases) if f">{case.pk}.1," in told]
        path = f"{INBOX}?before={cases[-len(seen)].attempts.get().pk}"
    assert seen == [case.pk for case in reversed(cases)]
    assert 'href="?before=' not in told


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "", "²"])
def test_a_page_that_is_none_is_the_first(before: str, case: Generation, owner: User):
    assert client_of(owner).get(INBOX, {"before": before}).status_code == 200


def test_more_cases_cost_no_more_questions(designer: User, team: Team, owner: User):
    client = client_of(owner)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(INBOX)
        return len(asked)

    for _number in range(2):
        doubtful(designer, team)
    few = questions()
    for _number in range(8):
        doubtful(designer, team)
    assert questions() == few


# --- what a decision does ---


@pytest.mark.parametrize(
    ("choice", "status", "charge", "sums", "deed"),
    [
        ("came", Status.FAILED, Charge.YES, (0, 35_000), "unknown.came"),
        ("not-came", Status.REFUSED, Charge.NO, (0, 0), "unknown.not_came"),
    ],
)
def test_what_the_bill_says_ends_it(choice: str, status: str, charge: str, sums: tuple[int, int], deed: str, case: Generation, owner: User):
    answer = decide(owner, case, choice)
    case.refresh_from_db()
    assert (answer.status_code, case.status, (case.held, case.charged)) == (200, status, sums)
    assert Attempt.objects.get().charge == charge
    assert JournalLine.objects.latest("pk").actor == owner.pk
    assert deeds()[-1] == deed
    assert "Nothing is open" in answer.content.decode()


def test_a_failed_one_keeps_its_status(designer: User, team: Team, owner: User):
    case = doubtful(designer, team, Status.FAILED)
    assert "Send again" not in page(owner)
    decide(owner, case, "not-came")
    case.refresh_from_db()
    assert (case.status, case.held) == (Status.FAILED, 0)


def test_sending_again_has_to_be_accepted(case: Generation, owner: User):
    assert "Send again · may be paid twice · $0.035" in page(owner)
    assert decide(owner, case, "send-again").status_code == 422
    case.refresh_from_db()
    assert case.status == Status.UNKNOWN
    assert decide(owner, case, "send-again", accept="on").status_code == 200
    case.refresh_from_db()
    assert (case.status, case.held, case.attempts.count()) == (Status.QUEUED, 70_000, 2)
    assert deeds()[-1] == "unknown.resend"


AGAINST = [
    ({"closed_at": "2026-01-01T00:00:00Z"}, 422, "Studio North is closed."),
    ({"engines": ["ark/seedream-4.0"]}, 422, "Your team does not use"),
    ({"ask_above": 1}, 403, "This costs more than $0.000001, so a team administrator has to do it."),
]


@pytest.mark.parametrize(("decided", "code", "said"), AGAINST)
def test_what_a_team_has_decided_holds_for_site_administrators_too(
    decided, code: int, said: str, case: Generation, owner: User, team: Team
):
    Membership.objects.filter(user=owner).delete()
    Team.objects.filter(pk=team.pk).update(**decided)
    answer = decide(owner, case, "send-again", accept="on")
    case.refresh_from_db()
    assert (answer.status_code, case.status, case.held, case.attempts.count()) == (code, Status.UNKNOWN, 35_000, 1)
    assert said in answer.content.decode()


def test_a_team_administrator_may_send_what_is_dear_again(case: Generation, owner: User, team: Team):
    add_member(owner, team, Role.ADMIN)
    Team.objects.filter(pk=team.pk).update(ask_above=1)
    assert decide(owner, case, "send-again", accept="on").status_code == 200


def test_for_somebody_who_has_left_nothing_is_sent_again(case: Generation, owner: User, designer: User):
    Membership.objects.filter(user=designer).delete()
    answer = decide(owner, case, "send-again", accept="on")
    assert answer.status_code == 422
    assert "Dana Designer cannot make anything in Studio North any more. Nothing was sent." in answer.content.decode()
    assert case.attempts.count() == 1


def test_while_the_studio_itself_asks_it_is_not_decided(case: Generation, owner: User):
    Generation.objects.update(status=Status.SENDING, due_at=timezone.now())
    answer = decide(owner, case, "came")
    assert answer.status_code == 409
    assert "The studio is asking the provider just now." in answer.content.decode()
    assert Attempt.objects.get().charge == Charge.UNKNOWN


def test_what_cannot_be_asked_says_so(case: Generation, owner: User):
    told = page(owner)
    assert "Cannot be checked." in told
    assert "Check again" not in told
    assert decide(owner, case, "check").status_code == 409


def test_who_knows_the_task_is_asked_again(designer: User, team: Team, owner: User):
    case = doubtful(designer, team, engine="apimart/seedream-5.0-lite", task="task_1")
    assert "Check again" in page(owner)
    assert decide(owner, case, "check").status_code == 200
    case.refresh_from_db()
    assert (case.status, case.held) == (Status.WAITING, 35_000)
    assert deeds()[-1] == "unknown.check"


@pytest.mark.parametrize("second", ["came", "not-came", "send-again"])
def test_whoever_comes_second_is_told(second: str, case: Generation, owner: User):
    other = person("Otto Owner", case.team, Role.ADMIN, administrator=True)
    decide(owner, case, "came")
    answer = decide(other, case, second, accept="on")
    assert answer.status_code == 409
    assert "Somebody decided this already." in answer.content.decode()
    case.refresh_from_db()
    assert (case.held, case.charged) == (0, 35_000)


def test_a_double_click_sends_once(case: Generation, owner: User):
    assert [decide(owner, case, "send-again", accept="on").status_code for _click in range(2)] == [200, 409]
    assert case.attempts.count() == 2


def test_the_second_of_two_open_attempts_waits_for_the_first(case: Generation, owner: User):
    """Or who is a moment late would decide the one they have never seen."""
    second = Attempt.objects.create(generation=case, number=2, account=case.account, outcome=Outcome.UNKNOWN, charge=Charge.UNKNOWN)
    assert "Decide that one first." in page(owner)
    late = client_of(owner).post(f"{INBOX}{second.pk}/came/", headers=HTMX)
    assert late.status_code == 409
    decide(owner, case, "not-came")
    assert Attempt.objects.undecided().get() == second


def test_without_htmx_one_comes_back_to_the_inbox(case: Generation, owner: User):
    answer = client_of(owner).post(f"{INBOX}{case.attempts.get().pk}/came/", follow=True)
    assert answer.redirect_chain == [(INBOX, 302)]
    assert "Noted: it was charged." in answer.content.decode()


# --- failures ---


def test_failures_are_shown_with_the_providers_own_words(designer: User, team: Team, owner: User):
    for status in (Status.REFUSED, Status.FAILED, Status.EXPIRED, Status.DONE):
        generation = made(designer, team, status, asked(f"{status} one"))
        generation.attempts.update(answer=f"their {status} answer".encode())
    told = page(owner, "/administration/failures/")
    assert [f"their {status} answer" in told for status in ("refused", "failed", "expired", "done")] == [True, True, True, False]
    assert told.index("their expired") < told.index("their failed") < told.index("their refused")
    assert "popover" not in told.split('class="box cases"')[1]


def test_what_was_paid_and_never_came_says_what_happened(designer: User, team: Team, owner: User):
    made(designer, team, Status.EXPIRED, trouble=store(own(Next.REPORT, Sent.YES, LINKS_GONE)))
    assert LINKS_GONE in page(owner, "/administration/failures/")


def test_failures_are_found_by_account_and_team(designer: User, team: Team, other_team: Team, owner: User):
    made(designer, team, Status.PARTIAL)
    account = Generation.objects.get().account_id
    for query, count in ((f"team={team.pk}", 1), (f"team={other_team.pk}", 0), (f"account={account}", 1), ("account=999999&team=x", 0)):
        assert page(owner, f"/administration/failures/?{query}").count("<article") == count, query


def test_failures_have_pages_too(designer: User, team: Team, owner: User, monkeypatch):
    monkeypatch.setattr(unknown, "PAGE", 2)
    found = [made(designer, team, status) for status in (Status.REFUSED, Status.FAILED, Status.REFUSED)]
    first = page(owner, "/administration/failures/")
    assert f"?before={found[1].pk}" in first
    second = page(owner, f"/administration/failures/?before={found[1].pk}")
    assert f">{found[0].pk}.1," in second
    assert f">{found[1].pk}.1," not in second
