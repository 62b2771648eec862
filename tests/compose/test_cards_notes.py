"""What happened, was it charged, what to do: on every card that did not end well."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from generations.dialects import faults
from generations.dialects.outcome import Next, Sent, Trouble
from generations.models import Attempt, Charge, EngineChoice, Generation, ImageStatus, Outcome, Status, Team, User
from generations.pipeline.trouble import LINKS_GONE, own, store
from generations.providers.client import NO_ANSWER
from tests.cast import client_of
from tests.compose.looking import buttons, cards, html, look, note, only, poll, tag, tones
from tests.made import asked, made, pictured, sandbox

pytestmark = pytest.mark.django_db

GATEWAY = "gateway/seedream-4.0"
LOST = own(Next.ASK, Sent.UNKNOWN, NO_ANSWER, "Server disconnected")


@pytest.fixture(autouse=True)
def _priced(db: None) -> None:
    for engine in ("apimart/seedream-5.0-lite", GATEWAY):
        EngineChoice.objects.create(account=sandbox(engine), engine=engine, price=35_000)


def ended(user: User, team: Team, status: Status, trouble: Trouble | None = None, images: int = 4, **fields: Any) -> Generation:
    engine = fields.pop("engine", "apimart/seedream-5.0-lite")
    attempt = fields.pop("attempt", {})
    usual = {"trouble": store(trouble) if trouble else None, "price": 35_000}
    generation = made(user, team, status, asked(engine=engine, images=images), **usual | fields)
    Attempt.objects.filter(generation=generation).update(**attempt)
    return generation


def unknown(user: User, team: Team, **fields: Any) -> Generation:
    doubt = {"outcome": Outcome.UNKNOWN, "charge": Charge.UNKNOWN, "sent_at": timezone.now()}
    return ended(user, team, Status.UNKNOWN, LOST, **{"held": 140_000, "attempt": doubt, "due_at": None} | fields)


def card(user: User) -> str:
    return only(look(client_of(user), "/feed/?whose=team"))


def test_a_refusal_says_what_to_change(designer: User, team: Team):
    ended(designer, team, Status.REFUSED, faults.refused(faults.SIZE, "size is not supported", "InvalidParameter"))
    said = note(card(designer))
    assert "The provider refused this size Nothing was charged. Pick another ratio or resolution." in said
    assert "The provider’s own words: size is not supported InvalidParameter" in said
    assert buttons(card(designer)) == ["Pick another size", "Run again · $0.14"]


@pytest.mark.parametrize(
    ("fault", "first"),
    [
        (faults.WORDS, "Edit the prompt"),
        (faults.PICTURE, "Change the references"),
        (faults.REQUEST, "Change the request"),
        (faults.GONE, "Pick another engine"),
        (faults.KEY, "Run again · $0.14"),
        (faults.FAILED, "Run again · $0.14"),
    ],
)
def test_the_first_way_on_fits_the_trouble(fault: faults.Fault, first: str, designer: User, team: Team):
    ended(designer, team, Status.REFUSED, faults.refused(fault))
    assert buttons(card(designer))[0] == first


def test_edits_lead_to_the_composer_filled_with_it(designer: User, team: Team):
    one = ended(designer, team, Status.REFUSED, faults.refused(faults.WORDS))
    assert f'href="/?from={one.uid}&amp;what=all"' in card(designer)


def test_a_failure_that_costs_nothing_says_so(designer: User, team: Team):
    ended(designer, team, Status.FAILED, faults.failed(faults.FAILED, free=True))
    assert "The provider failed to make the image Nothing was charged. Run it again." in note(card(designer))
    assert buttons(card(designer)) == ["Run again · $0.14", "Edit"]


def test_a_failure_that_may_cost_names_the_price_and_the_risk(designer: User, team: Team):
    doubt = {"outcome": Outcome.FAILED, "charge": Charge.UNKNOWN}
    ended(designer, team, Status.FAILED, faults.failed(faults.FAILED, free=False), held=140_000, attempt=doubt)
    assert "$0.14 stays held." in note(card(designer))
    assert buttons(card(designer)) == ["Run again · may be paid twice · $0.14"]
    assert "button small danger" in card(designer)


def test_a_failure_that_was_paid_says_so(designer: User, team: Team):
    ended(designer, team, Status.FAILED, own(Next.REPORT, Sent.YES, "What came cannot be used."), charged=140_000)
    assert "$0.14 was charged." in note(card(designer))


def test_an_unknown_end_shows_the_money_and_the_ways_out(designer: User, team: Team):
    unknown(designer, team)
    said = note(card(designer))
    assert "The connection broke after sending $0.14 stays held. It may have been charged." in said
    assert "It is not sent again by itself." in said
    assert buttons(card(designer)) == ["Check again", "Send again · may be paid twice · $0.14"]


def test_the_next_check_is_announced(designer: User, team: Team):
    due = timezone.now() + timedelta(minutes=3)
    unknown(designer, team, due_at=due)
    assert f"Next check {timezone.localtime(due):%H:%M}." in note(card(designer))


def test_what_nobody_can_answer_cannot_be_checked(designer: User, team: Team):
    unknown(designer, team, engine=GATEWAY)
    assert "Cannot be checked." in note(card(designer))
    assert buttons(card(designer)) == ["Send again · may be paid twice · $0.14"]


def test_sending_again_is_asked_for_once_more(designer: User, team: Team):
    unknown(designer, team)
    shown = card(designer)
    assert "I accept that up to $0.28 may be charged" in shown
    assert 'name="accept"' in shown
    assert "required" in shown


def test_a_site_administrator_can_say_what_the_bill_says(owner: User, team: Team):
    unknown(owner, team)
    assert buttons(card(owner)) == ["Check again", "Charged or not", "Send again · may be paid twice · $0.14"]
    assert "It was charged · $0.14" in card(owner)


def test_others_may_only_ask_again(designer: User, reviewer: User, team: Team):
    unknown(designer, team)
    assert buttons(card(reviewer)) == ["Check again"]


def test_a_viewer_reads_and_presses_nothing(viewer: User, designer: User, team: Team):
    unknown(designer, team)
    assert "stays held" in note(card(viewer))
    assert buttons(card(viewer)) == []


def test_what_is_missing_can_be_made_for_its_own_price(designer: User, team: Team):
    one = ended(designer, team, Status.PARTIAL, charged=105_000)
    pictured(one, 3)
    pictured(one, status=ImageStatus.MISSING, sha256="", trouble=store(faults.failed(faults.RESULT, free=True)))
    said = note(card(designer))
    assert "3 of 4 came The provider's content rules held the image back." in said
    assert "$0.105 charged, $0.035 released." in said
    assert buttons(card(designer)) == ["Generate the missing 1 · $0.035"]


def test_what_was_paid_and_lost_is_asked_for_by_its_task(designer: User, team: Team):
    task = {"task": "task_01JQ8Z", "outcome": Outcome.ANSWERED, "charge": Charge.YES}
    ended(designer, team, Status.EXPIRED, own(Next.REPORT, Sent.YES, LINKS_GONE), charged=140_000, attempt=task)
    said = note(card(designer))
    assert "$0.14 was charged." in said
    assert "Task at the provider: task_01JQ8Z" in said
    assert buttons(card(designer)) == ["Edit", "Generate again · paid again · $0.14"]


def test_what_was_cancelled_can_be_made_after_all(designer: User, team: Team):
    ended(designer, team, Status.CANCELLED)
    assert "It was cancelled before anything was sent Nothing was charged." in note(card(designer))
    assert buttons(card(designer))[0] == "Generate it after all · $0.14"


def test_an_earlier_attempt_that_may_be_charged_is_not_forgotten(owner: User, team: Team):
    doubt = {"outcome": Outcome.UNKNOWN, "charge": Charge.UNKNOWN}
    one = ended(owner, team, Status.DONE, held=140_000, charged=140_000, attempt=doubt)
    one.attempts.create(number=2, account=one.account, outcome=Outcome.ANSWERED, charge=Charge.YES)
    pictured(one, 4)
    assert "An earlier attempt may be charged too $0.14 stays held." in note(card(owner))
    assert buttons(card(owner)) == ["Charged or not"]


def test_all_is_well_needs_no_note(designer: User, team: Team):
    pictured(ended(designer, team, Status.DONE, charged=140_000), 4)
    assert note(card(designer)) == ""


@pytest.mark.parametrize("status", [status for status in Status if status not in (Status.QUEUED, Status.SENDING)])
def test_nothing_offers_more_than_three_ways_and_the_risky_one_is_last(status: Status, owner: User, team: Team):
    doubt = {"outcome": Outcome.UNKNOWN, "charge": Charge.UNKNOWN, "sent_at": timezone.now()}
    ended(owner, team, status, LOST, held=140_000, attempt=doubt)
    shown = card(owner)
    risky = ["danger" in tone for tone in tones(shown)]
    assert len(risky) <= 3
    assert not any(risky[:-1])


def test_an_engine_that_is_gone_cannot_be_run_again(designer: User, team: Team):
    ended(designer, team, Status.FAILED, faults.failed(faults.FAILED, free=True))
    EngineChoice.objects.update(enabled=False)
    assert buttons(card(designer)) == ["Edit"]


def test_a_provider_without_a_price_costs_no_figure(designer: User, team: Team):
    ended(designer, team, Status.FAILED, faults.failed(faults.FAILED, free=True))
    EngineChoice.objects.update(price=0)
    assert buttons(card(designer))[0] == "Run again · free"


@pytest.mark.parametrize("text", ["<b>x</b>", '"><script>alert(1)</script>', "{{ 7*7 }}", "a\u202eb", "y" * 9000])
def test_the_providers_words_are_only_text(text: str, designer: User, team: Team):
    ended(designer, team, Status.REFUSED, Trouble(Next.EDIT_PROMPT, Sent.NO, faults.WORDS.sentence, said=text, code="<i>"))
    shown = card(designer)
    assert "<b>x" not in shown
    assert "<script" not in shown
    assert "\u202e" not in shown
    assert "<i>" not in shown
    assert len(shown) < 6000


def test_a_trouble_without_words_still_has_a_note(designer: User, team: Team):
    ended(designer, team, Status.REFUSED)
    assert "The provider refused this" in note(card(designer))


# --- what was missing, asked for once more ---


def completing(one: Generation, status: Status = Status.DONE) -> Generation:
    return made(one.user, one.team, status, one.asked().with_(images=1), parent=one)


def test_what_was_missing_and_came_is_not_offered_again(designer: User, team: Team):
    one = made(designer, team, Status.PARTIAL, asked(images=4))
    pictured(one, 3)
    completing(one)
    card = cards(look(client_of(designer)))[str(one.uid)]
    assert "The missing 1 came at" in note(card)
    assert not any("Generate the missing" in button for button in buttons(card))


@pytest.mark.parametrize(
    ("status", "offered"), [(Status.WAITING, False), (Status.ASKING, False), (Status.FAILED, True), (Status.CANCELLED, True)]
)
def test_while_it_is_on_its_way_it_is_not_offered_and_after_it_failed_it_is(status: Status, offered: bool, designer: User, team: Team):
    one = made(designer, team, Status.PARTIAL, asked(images=4))
    pictured(one, 3)
    completing(one, status)
    card = cards(look(client_of(designer)))[str(one.uid)]
    assert any("Generate the missing" in button for button in buttons(card)) is offered
    assert ("The missing 1 is on its way." in note(card)) is not offered


def test_its_card_hears_of_it_by_the_next_poll(designer: User, team: Team):
    one = made(designer, team, Status.PARTIAL, asked(images=4))
    pictured(one, 3)
    again = completing(one, Status.WAITING)
    client = client_of(designer)
    seen = tag(look(client))
    again.move(Status.COLLECTING, timezone.now())
    again.move(Status.DONE)
    assert "The missing 1 came at" in note(cards(html(poll(client, seen)))[str(one.uid)])
