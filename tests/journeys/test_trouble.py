"""What people see when a provider does not deliver, and how it ends."""

import socket

from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import PATIENCE, Person, ask
from tests.servers.chromium import OpenPage
from tests.supervisor.studio import Studio


def note(made: Locator) -> Locator:
    expect(made.locator(".note")).to_be_visible(timeout=PATIENCE)
    return made.locator(".note")


def test_what_came_of_a_part_is_charged_and_a_refused_prompt_is_free_and_says_what_to_do(page: Page, designer: Person):
    designer.enter(page)
    page.get_by_role("button", name="One more").click()
    part = ask(page, "[drill:item-refused] A palace courtyard")
    page.get_by_role("button", name="One fewer").click()
    made = ask(page, "[drill:prompt-refused] Something that is not drawn")
    expect(note(part)).to_contain_text("1 of 2 came")
    expect(note(part)).to_contain_text("$0.035 charged, $0.035 released.")
    expect(note(part)).not_to_contain_text("Nothing was charged")
    note(part).get_by_role("button", name="Generate the missing 1 · $0.035").click()
    expect(page.locator(".card")).to_have_count(3)

    expect(note(made)).to_contain_text("The provider’s own words:")
    expect(made.locator(".state")).to_have_text("Refused")
    expect(made).to_contain_text("not charged")
    expect(note(made).get_by_role("button", name="Run again · $0.035")).to_be_visible()
    note(made).get_by_role("link", name="Edit the prompt").click()
    expect(page.locator("#field-prompt")).to_have_value("[drill:prompt-refused] Something that is not drawn")


def test_what_nobody_can_know_is_said_and_an_administrator_settles_it(open_page: OpenPage, designer: Person, owner: Person):
    page = designer.enter(open_page())
    made = ask(page, "[drill:504] Twilight over a bay")
    expect(note(made)).to_contain_text("It is not sent again by itself.")
    expect(made).to_contain_text("may be charged $0.035")
    expect(note(made).get_by_role("button", name="Send again · may be paid twice · $0.035")).to_be_visible()
    expect(page.locator(".sum")).to_contain_text("$9.965")

    inbox = owner.enter(open_page(), "/administration/unknown/")
    case = inbox.get_by_role("article").filter(has_text=designer.team)
    expect(case).to_contain_text("504")
    case.get_by_role("button", name="It was not charged").click()
    inbox.locator(":popover-open").get_by_role("button", name="It was not charged").click()
    expect(case).to_have_count(0)

    page.reload()
    expect(made).to_contain_text("not charged")
    expect(page.locator(".sum")).to_contain_text("$10.00")


def test_a_form_that_never_ends_is_answered_and_holds_nobody_up(studio: Studio, page: Page, designer: Person):
    """Row 75: sent in chunks, of which the last never comes."""
    host, port = studio.address.removeprefix("http://").split(":")
    head = f"POST /generate/ HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    with socket.create_connection((host, int(port)), timeout=60) as line:
        line.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n6\r\nprompt".encode())
        assert line.recv(12) == b"HTTP/1.1 403"
        designer.enter(page)
        expect(page.locator("#field-prompt")).to_be_visible()
