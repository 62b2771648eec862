"""What people do again and again on their way through the studio."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.cast import PASSWORD

EMPTY = 44  # teams that have made nothing yet: more than there are journeys
KOI = 8  # teams with three pictures
MANY = 2_000  # pictures of the team whose gallery is scrolled
MONTHS = 20  # in which they were made
PATIENCE = 40_000  # milliseconds, for what the workers do on a machine that is busy with other tests


def team_name(number: int) -> str:
    """No part of another one's: pages are searched for it."""
    return f"Studio {number:02}"


@dataclass(frozen=True)
class Person:
    email: str
    key: str  # of a session
    address: str
    team: str = ""  # its name

    def enter(self, page: Page, path: str = "/") -> Page:
        """Signed in already."""
        page.context.add_cookies([{"name": "session", "value": self.key, "url": self.address}])
        page.goto(path)
        return page

    def sign_in(self, page: Page) -> Page:
        page.goto("/account/login/")
        page.locator("#id_login").fill(self.email)
        page.locator("#id_password").fill(PASSWORD)
        page.locator("form .primary").click()
        page.wait_for_url("/")
        return page


def prompt(page: Page) -> Locator:
    return page.locator("#field-prompt")


def write(page: Page, words: str) -> None:
    """And wait until the studio has kept it."""
    prompt(page).fill(words)
    settled(page)


def settled(page: Page) -> None:
    expect(page.locator("#draft")).to_have_text("Draft saved")


def ask(page: Page, words: str) -> Locator:
    """The card of the request."""
    write(page, words)
    page.locator("#go").click()
    return card(page, words)


def card(page: Page, words: str) -> Locator:
    found = page.locator(".card", has_text=words).first
    expect(found).to_be_visible()
    return found


def pictures(card: Locator, count: int = 1) -> Locator:
    """By themselves, without anybody's click."""
    links = card.locator(".tile > a")
    expect(links).to_have_count(count, timeout=PATIENCE)
    return links


def looked_again(page: Page, done: Callable[[], bool]) -> None:
    """As often as it takes, at a page that does not bring itself up to date."""
    for _look in range(PATIENCE // 500):
        if done():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"It did not come: {page.url}")


def shown(image: Locator) -> None:
    """Not only there, but painted."""
    image.scroll_into_view_if_needed()
    image.page.wait_for_function("(one) => one.complete && one.naturalWidth > 0", arg=image.element_handle(), timeout=PATIENCE)


def lightbox(page: Page) -> Locator:
    return page.locator("[data-lightbox]")
