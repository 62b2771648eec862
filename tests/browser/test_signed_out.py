"""Whoever was signed out meanwhile is told so where they are, and can go on there."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Locator, Page, expect

from generations import search
from generations.models import Comment, Decision, Image, Mark, Team, User
from tests.browser.conftest import sign_in
from tests.browser.test_review import line_up
from tests.cast import PASSWORD
from tests.filed import filed
from tests.made import made, pictured

pytestmark = pytest.mark.django_db(transaction=True)

REMARK = "A long remark that took five minutes to write"


@pytest.fixture
def image(designer: User, team: Team) -> Image:
    (one,) = pictured(made(designer, team), 1)
    filed(one, size=(1600, 900))
    search.index(one.generation)
    return one


@pytest.fixture
def saying(page: Page, image: Image, designer: User) -> Locator:
    sign_in(page, designer, f"/images/{image.uid}/?in=gallery")
    field = page.locator(".saying textarea[name=text]")
    field.fill(REMARK)
    return field


def say(saying: Locator) -> None:
    saying.press("Control+Enter")


def end_session() -> None:
    Session.objects.all().delete()


def sign_in_anew(page: Page, user: User) -> None:
    """By the form: from then on pages that were open before carry an old token."""
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("/")


def told(page: Page) -> Locator:
    return page.locator(".toast.error", has_text="You are signed out.")


def test_a_remark_stays_where_it_is(page: Page, saying: Locator):
    end_session()
    say(saying)
    expect(told(page)).to_be_visible()
    expect(saying).to_have_value(REMARK)


def test_after_signing_in_in_another_tab_it_is_sent_from_there(page: Page, saying: Locator, designer: User):
    end_session()
    say(saying)
    with page.context.expect_page() as opened:
        told(page).get_by_role("link", name="Sign in").click()
    sign_in_anew(opened.value, designer)
    say(saying)
    expect(page.locator(".comment", has_text=REMARK)).to_be_visible()
    expect(page.locator(".toast.error")).to_have_count(0)
    assert Comment.objects.count() == 1


def test_a_page_older_than_the_last_sign_in_sends_by_itself(page: Page, saying: Locator, designer: User):
    end_session()
    sign_in_anew(page.context.new_page(), designer)
    say(saying)
    expect(page.locator(".comment", has_text=REMARK)).to_be_visible()
    assert Comment.objects.count() == 1


def test_a_page_of_somebody_else_sends_nothing(page: Page, saying: Locator, reviewer: User):
    end_session()
    sign_in_anew(page.context.new_page(), reviewer)
    say(saying)
    expect(page.locator(".toast.error")).to_contain_text("somebody else")
    expect(saying).to_have_value(REMARK)
    assert not Comment.objects.exists()


def test_a_star_goes_back(page: Page, saying: Locator):
    end_session()
    star = page.locator("form[data-mark] button[name=starred]").first
    star.click()
    expect(told(page)).to_be_visible()
    expect(star).to_have_attribute("aria-pressed", "false")
    assert not Mark.objects.exists()


def test_a_star_by_key_in_the_gallery_is_not_pretended(page: Page, image: Image, designer: User):
    sign_in(page, designer, "/gallery/")
    end_session()
    page.locator(f'#wall a[href^="/images/{image.uid}/"]').focus()
    page.keyboard.press("f")
    expect(told(page)).to_be_visible()
    expect(page.locator("#wall .badge.starred")).to_have_count(0)


def test_a_decision_is_not_taken_and_the_image_stays(page: Page, designer: User, reviewer: User, team: Team):
    line_up(designer, team, 2)
    sign_in(page, reviewer, "/review/")
    end_session()
    expect(page.locator("[data-large]")).to_be_visible()
    page.keyboard.press("a")
    expect(told(page)).to_be_visible()
    expect(page.locator("[data-large]")).to_be_visible()
    assert not Decision.objects.exists()
