"""Workers notice what happened, and the bell says so."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import Person, ask, looked_again


def test_a_person_is_told_that_a_request_has_ended(page: Page, designer: Person):
    ask(designer.enter(page), "A lantern that tells of itself")
    page.goto("/notices/")
    told = page.get_by_role("link", name="“A lantern that tells of itself” is done")
    looked_again(page, told.is_visible)
    expect(page.locator("#unseen-rail")).to_be_visible()
    told.click()
    page.wait_for_url("**/images/*/")
    looked_again(page, page.locator("#unseen-rail").is_hidden)  # it is said beside the way to the image
