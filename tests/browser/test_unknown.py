"""The inbox of what nobody knows, with mouse and keyboard, and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from generations.models import Attempt, Charge, Generation, Status, Team, User
from tests.administration.test_unknown import HOSTILE, doubtful
from tests.browser.conftest import OpenPage, let_in, sign_in
from tests.browser.sound import LOOKS, in_both_languages, sound, speak
from tests.made import made

pytestmark = pytest.mark.django_db(transaction=True)

INBOX = "/administration/unknown/"


@pytest.fixture
def case(designer: User, team: Team) -> Generation:
    return doubtful(designer, team, sent={"call": "POST /v1/images/generations"}, answer=b"<html>502 Bad Gateway</html>", answer_status=502)


def test_a_decision_takes_a_second_look_and_then_the_case_is_gone(page: Page, owner: User, case: Generation):
    sign_in(page, owner, INBOX)
    expect(page.locator("#open-rail")).to_contain_text("1")
    page.get_by_role("button", name="It was not charged").click()
    expect(page.get_by_role("dialog")).to_contain_text("It cannot be taken back.")
    page.get_by_role("dialog").get_by_role("button", name="It was not charged").click()
    expect(page.get_by_role("status")).to_have_text("Noted: it was not charged.")
    expect(page.get_by_role("heading", name="Nothing is open")).to_be_visible()
    expect(page.locator("#open-rail")).to_be_hidden()
    assert Attempt.objects.get().charge == Charge.NO


def test_who_was_too_late_is_told_and_sees_what_is_left(page: Page, owner: User, case: Generation, designer: User, team: Team):
    doubtful(designer, team)
    sign_in(page, owner, INBOX)
    Attempt.objects.filter(generation=case).update(charge=Charge.YES)  # somebody else
    page.get_by_role("listitem").last.get_by_role("button", name="It was not charged").click()
    page.get_by_role("dialog").get_by_role("button", name="It was not charged").click()
    expect(page.get_by_role("alert")).to_have_text("Somebody decided this already.")
    expect(page.get_by_role("article")).to_have_count(1)


def test_it_works_without_javascript(open_page: OpenPage, owner: User, case: Generation):
    page = sign_in(open_page(java_script_enabled=False), owner, INBOX)
    page.get_by_text("What came back").click()
    expect(page.get_by_text("<html>502 Bad Gateway</html>")).to_be_visible()
    page.get_by_role("button", name="Send again · may be paid twice · $0.035").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("I accept that it may be charged twice").check()
    dialog.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("It is sent again.")).to_be_visible()
    case.refresh_from_db()
    assert case.status == Status.QUEUED


def test_nothing_is_sent_before_it_is_accepted(page: Page, owner: User, case: Generation):
    sign_in(page, owner, INBOX)
    page.get_by_role("button", name="Send again").click()
    page.get_by_role("dialog").get_by_role("button", name="Send again").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    case.refresh_from_db()
    assert case.status == Status.UNKNOWN


@in_both_languages
def test_it_is_sound(language: str, page: Page, owner: User, case: Generation, team: Team):
    doubtful(owner, team, Status.FAILED, "apimart/seedream-5.0-lite", said=HOSTILE, answer=HOSTILE.encode(), task="task_" + "9" * 90)
    made(owner, team, Status.REFUSED)
    speak(owner, language)
    let_in(page, owner)
    for path in (INBOX, "/administration/failures/"):
        page.goto(path)
        for summary in page.locator("summary").all():
            summary.click()
        sound(page, LOOKS[language])
    page.goto(INBOX)
    page.locator(".acts .danger").click()
    sound(page, LOOKS[language])
