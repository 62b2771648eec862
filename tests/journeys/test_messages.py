"""Workers notice what happened, and the bell says so."""

from time import monotonic

from playwright.sync_api import Page, expect

from tests.journeys.steps import PATIENCE, Person, ask


def test_a_person_is_told_that_a_request_has_ended(page: Page, designer: Person):
    ask(designer.enter(page), "A lantern that tells of itself")
    told, end = page.get_by_role("link", name="“A lantern that tells of itself” is done"), monotonic() + PATIENCE / 1000
    page.goto("/notices/")
    while not told.count() and monotonic() < end:
        page.wait_for_timeout(500)
        page.reload()
    with page.expect_response("**/seen/"):
        told.click()
    expect(page.locator("#unseen-rail")).to_be_hidden()
    page.wait_for_url("**/images/*/")
