"""From the request to the verdict: every image of this team waits as soon as it has come."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Crew
from tests.journeys.steps import ask, pictures, shown
from tests.servers.chromium import OpenPage
from tests.supervisor.studio import Studio


@pytest.fixture
def queue(studio: Studio, crew: Crew, page: Page, open_page: OpenPage) -> Page:
    """Four tea tins that the designer has made, before the reviewer."""
    studio.query(f"UPDATE generations_team SET review = 'every' WHERE name = '{crew.designer.team}'")  # noqa: S608
    crew.designer.enter(page)
    for _more in range(3):
        page.get_by_role("button", name="One more").click()
    pictures(ask(page, "A tea tin on a plinth"), 4)
    return crew.reviewer.enter(open_page(), "/review/")


def stands(page: Page, place: str) -> None:
    expect(page.locator("[data-place]")).to_have_text(place)
    expect(page.locator("body")).not_to_have_attribute("aria-busy", "true")  # while it is, keys are for none


def test_a_queue_is_decided_by_keyboard_and_a_second_reviewer_is_told(queue: Page, crew: Crew, open_page: OpenPage):
    other = crew.admin.enter(open_page(), "/review/")
    shown(queue.locator("[data-large]"))
    stands(queue, "1 of 4")
    queue.keyboard.press("a")
    stands(queue, "1 of 3")
    other.keyboard.press("a")
    expect(other.locator(".toast.error")).to_contain_text("Already decided by Rui Costa at")
    stands(other, "1 of 3")

    queue.keyboard.press("r")
    expect(queue.locator("#rejecting")).to_be_visible()
    queue.keyboard.press("3")
    stands(queue, "1 of 2")
    queue.keyboard.press("ArrowRight")
    stands(queue, "2 of 2")
    queue.keyboard.press("n")
    expect(queue.locator("#changing")).to_be_visible()
    queue.keyboard.type("Crop the left edge")
    queue.keyboard.press("Control+Enter")
    stands(queue, "1 of 1")
    queue.keyboard.press("u")
    stands(queue, "2 of 2")
    queue.goto("/review/?list=decided")
    expect(queue.locator(".dock .tile")).to_have_count(2)
    expect(queue.locator(".decision")).to_contain_text("Words or letters are wrong")
