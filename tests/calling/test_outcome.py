"""What programs are told of a generation, in words that every dialect has."""

from typing import Any

import pytest
from django.utils import timezone, translation

from generations.calling.outcome import outcome
from generations.catalogue.sizes import Size
from generations.dialects import DIALECTS, faults
from generations.dialects.outcome import Finished, Item, Next, Pending, Sent, Trouble
from generations.models import Attempt, Charge, Generation, Image, ImageStatus, Status, Team, User
from generations.pipeline.trouble import GAVE_UP, LINKS_GONE, own, store
from tests.made import asked, made, pictured

pytestmark = pytest.mark.django_db


def link(image: Image) -> str:
    return f"https://studio.example/{image.index}"


@pytest.fixture
def make(designer: User, team: Team):
    def of(status: Status, trouble: Trouble | None = None, charge: str = "", **fields: Any) -> Generation:
        generation = made(designer, team, status, trouble=store(trouble) if trouble else None, **fields)
        Attempt.objects.filter(generation=generation).update(charge=charge or Charge.NO)
        return generation

    return of


def told(generation: Generation) -> Any:
    return outcome(generation, link, "seedream-4-5")


@pytest.mark.parametrize("status", [Status.ASKING, Status.QUEUED])
def test_what_was_not_sent_is_in_line(status: Status, make):
    assert told(make(status)) == Pending(running=False)


@pytest.mark.parametrize("status", [Status.SENDING, Status.WAITING, Status.COLLECTING])
def test_what_was_sent_is_being_made(status: Status, make):
    assert told(make(status)) == Pending(running=True)


def test_what_the_studio_itself_asks_about_again_is_not_over(make):
    assert told(make(Status.UNKNOWN, due_at=timezone.now())) == Pending(running=True)


def test_images_come_with_their_links_and_sizes(make):
    generation = make(Status.DONE, request=asked(images=2), charged=56_000)
    pictured(generation, 2)
    found = told(generation)
    assert found.items == (
        Item("https://studio.example/0", size=Size(2048, 2048)),
        Item("https://studio.example/1", size=Size(2048, 2048)),
    )
    assert (found.billed, found.cost, found.engine) == (2, 56_000, "seedream-4-5")


def test_the_providers_own_count_is_told(make):
    generation = make(Status.DONE)
    pictured(generation)
    generation.attempts.update(billed=3)
    assert told(generation).billed == 3


def test_a_figure_in_another_currency_is_nothing_for_a_field_in_dollars(make, settings):
    settings.CURRENCY = "CNY"
    assert told(make(Status.DONE, charged=56_000)).cost is None


def test_what_the_providers_filter_said_goes_on(make):
    generation = make(Status.DONE)
    pictured(generation)
    said = {"prompt_filter_results": {"violence": "safe"}, "data": [{"revised_prompt": "a very red kite"}]}
    generation.attempts.update(filters=said)
    found = told(generation)
    assert found.filters == {"prompt_filter_results": {"violence": "safe"}}
    assert found.items[0].filters == {"revised_prompt": "a very red kite"}


def test_an_image_that_did_not_come_says_why(make):
    generation = make(Status.PARTIAL, request=asked(images=2))
    pictured(generation)
    why = faults.failed(faults.RESULT, True, "Output blocked.", "OutputImageSensitiveContentDetected")
    pictured(generation, status=ImageStatus.MISSING, trouble=store(why))
    [came, missing] = told(generation).items
    assert (came.trouble, missing.trouble.next, missing.trouble.code) == (None, Next.RUN_AGAIN, "OutputImageSensitiveContentDetected")


def test_what_is_in_the_trash_is_not_handed_out(make):
    generation = make(Status.DONE)
    pictured(generation, trashed_at=timezone.now())
    [item] = told(generation).items
    assert (item.link, item.trouble.sentence) == ("", "This image was put into the trash of the studio.")


def test_what_the_provider_refused_is_refused_in_its_words(make):
    found = told(make(Status.REFUSED, faults.refused(faults.WORDS, "Say something else.", "InputTextSensitiveContentDetected")))
    assert (found.next, found.sent, found.said, found.charged) == (Next.EDIT_PROMPT, Sent.NO, "Say something else.", False)


@pytest.mark.parametrize("fault", [faults.KEY, faults.BALANCE, faults.FORBIDDEN, faults.LIMIT])
def test_what_a_provider_says_of_the_studios_key_is_not_about_the_programs_token(fault: faults.Fault, make):
    found = told(make(Status.REFUSED, faults.refused(fault, "Incorrect API key: sk-***", "invalid_api_key")))
    assert (found.said, found.code, found.sentence) == ("", "", fault.sentence)
    assert found.next in (Next.OPEN_ENGINE, Next.TOP_UP)


def test_what_failed_says_whether_it_cost_something(make):
    free = faults.failed(faults.FAILED, True, "It failed.")
    assert told(make(Status.FAILED, free)).charged is False
    assert told(make(Status.FAILED, faults.failed(faults.FAILED, False), Charge.UNKNOWN)).charged is None


def test_what_nobody_knows_may_have_been_charged_and_is_not_sent_again(make):
    generation = make(Status.UNKNOWN, faults.refused(faults.CUT_OFF), Charge.UNKNOWN)
    found = told(generation)
    assert (found.next, found.sent, found.charged) == (Next.ASK, Sent.UNKNOWN, None)
    assert "may have been charged. Do not send it again" in found.sentence
    assert str(generation.uid) in found.sentence


def test_it_is_said_in_the_language_of_whoever_asks(make):
    generation = make(Status.REFUSED, own(Next.RUN_AGAIN, Sent.NO, GAVE_UP))
    with translation.override("zh-hans"):
        assert told(generation).sentence != GAVE_UP


def test_what_was_withdrawn_cost_nothing(make):
    found = told(make(Status.CANCELLED))
    assert (found.sent, found.sentence) == (Sent.NO, "It was cancelled in the studio before it was sent. Nothing was charged.")


def test_links_that_ended_too_soon(make):
    assert told(make(Status.EXPIRED, own(Next.REPORT, Sent.YES, LINKS_GONE), Charge.YES)).sent is Sent.YES


ENDS = [Status.DONE, Status.PARTIAL, Status.REFUSED, Status.FAILED, Status.UNKNOWN, Status.EXPIRED, Status.CANCELLED]


@pytest.mark.parametrize("status", ENDS)
def test_every_end_can_be_said_in_every_dialect(status: Status, make):
    generation = make(status, faults.failed(faults.FAILED, False))
    if status in (Status.DONE, Status.PARTIAL):
        pictured(generation)
    found = told(generation)
    assert isinstance(found, Finished | Trouble)
    assert all(dialect.write_answer(None, found, 1_800_000_000).body for dialect in DIALECTS.values())
