"""A picture leaves the house by a link, and comes back as a comment."""

from playwright.sync_api import Page, expect

from tests.journeys.steps import Person, ask, pictures, shown
from tests.servers.chromium import OpenPage

SECRET = "three quiet herons"


def made_link(page: Page) -> str:
    """With a password, to the image that is open."""
    page.get_by_role("link", name="Share outside").click()
    page.get_by_label("Title").fill("Round two")
    page.get_by_label("Password").fill(SECRET)
    page.get_by_label("Visitors may comment").check()
    page.get_by_role("button", name="Make the link").click()
    return page.get_by_label("Link for people outside").input_value()


def enter(visitor: Page, link: str) -> None:
    visitor.goto(link)
    expect(visitor.get_by_role("heading", name="These pictures need a password")).to_be_visible()
    visitor.get_by_label("Password").fill(SECRET)
    visitor.get_by_role("button", name="Show the pictures").click()
    shown(visitor.locator(".room img"))


def test_somebody_outside_looks_and_says_something_until_the_link_is_revoked(open_page: OpenPage, designer: Person):
    page, visitor = open_page(), open_page()
    pictures(ask(designer.enter(page), "Heron in reeds at dawn")).first.click()
    link = made_link(page)
    enter(visitor, link)
    assert "Heron" not in visitor.content()
    picture = visitor.url
    visitor.get_by_label("Your name").fill("Pia Client")
    visitor.get_by_label("Comment").fill("The reeds are too dark")
    visitor.get_by_role("button", name="Send the comment").click()
    expect(visitor.locator(".said")).to_contain_text("The reeds are too dark")

    page.goto(f"/review/?image={picture.split('/')[5]}")
    expect(page.locator(".comment")).to_contain_text("Pia Client")
    expect(page.locator(".comment")).to_contain_text("The reeds are too dark")
    page.goto("/links/")
    expect(page.get_by_role("row", name="Round two")).to_contain_text("1")
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("Revoked")).to_be_visible()

    for address in (link, picture, f"{picture.partition('#')[0]}320.webp"):
        answer = visitor.goto(address)
        assert answer
        assert answer.status == 404, address
    expect(visitor.get_by_role("heading", name="This link does not work any more")).to_be_visible()
