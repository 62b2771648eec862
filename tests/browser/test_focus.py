"""Whoever works by keyboard goes on where they were, though the form they sent has replaced itself."""

import pytest
from playwright.sync_api import Locator, Page, expect

from generations import commenting
from generations.models import Image, Membership, Status, Team, User
from tests.browser.conftest import OpenPage, sign_in
from tests.browser.test_gallery import hang
from tests.made import made

pytestmark = pytest.mark.django_db(transaction=True)


def press(control: Locator, key: str = "Enter") -> None:
    control.focus()
    control.press(key)


def budgets(page: Page, member: Membership) -> None:
    page.goto("/team/budgets/")
    row = page.locator(f"#budget-{member.pk}")
    row.locator("[name=hard]").fill("much")
    press(row.get_by_role("button", name="Save"))
    expect(row.locator("[name=hard]")).to_be_focused()
    expect(row.locator("[name=hard]")).to_have_attribute("aria-invalid", "true")
    row.locator("[name=hard]").fill("20")
    press(row.locator("[name=hard]"))
    expect(row.locator("[aria-invalid]")).to_have_count(0)
    expect(row.locator("[name=hard]")).to_be_focused()


def roles(page: Page, member: Membership) -> None:
    page.goto("/team/")
    row = page.locator(f"#member-{member.pk}")
    row.locator("[name=role]").select_option("reviewer")
    press(row.get_by_role("button", name="Save"))
    expect(page.locator(".toast").first).to_be_visible()
    expect(row.get_by_role("button", name="Save")).to_be_focused()


def comments(page: Page, image: Image) -> None:
    page.goto(f"/review/?image={image.uid}")
    page.get_by_label("Comment", exact=True).fill("Too dark")
    press(page.get_by_role("button", name="Say it"))
    said = page.locator(".comment", has_text="Too dark")
    expect(said).to_be_focused()
    press(said.get_by_role("button", name="Resolve"))
    expect(said.get_by_role("button", name="Reopen")).to_be_focused()
    page.get_by_label("Comment", exact=True).fill(" ")
    press(page.get_by_role("button", name="Say it"))
    expect(page.get_by_label("Comment", exact=True)).to_be_focused()


def removal(page: Page, image: Image, others: User) -> None:
    commenting.say(image, "Buy cheap watches", by=others)
    page.reload()
    spam = page.locator(".comment", has_text="watches")
    press(spam.get_by_role("button", name="Remove"))
    expect(spam.get_by_role("button", name="Not now")).to_be_focused()
    page.keyboard.press("Escape")
    expect(spam.get_by_role("button", name="Remove")).to_be_focused()
    page.keyboard.press("Enter")
    press(spam.get_by_role("dialog").get_by_role("button", name="Remove"))
    expect(spam).to_have_count(0)
    expect(page.locator("#talk")).to_be_focused()


def spending(page: Page) -> None:
    page.goto("/team/spending/")
    press(page.get_by_role("button", name="Allow").first)
    expect(page.locator("article.asked")).to_have_count(0)
    expect(page.locator("#asks")).to_be_focused()


def test_the_focus_stays_where_somebody_works(open_page: OpenPage, admin: User, designer: User, team: Team):
    (image,) = hang(designer, team, 1)
    made(designer, team, Status.ASKING)
    member = designer.memberships.get(team=team)
    page = sign_in(open_page(), admin, "/team/")
    comments(page, image)
    removal(page, image, designer)
    budgets(page, member)
    roles(page, member)
    spending(page)
