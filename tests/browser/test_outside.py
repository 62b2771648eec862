"""Links for people outside, as they and the team see them."""

import re

import pytest
from playwright.sync_api import Page, expect

from generations import collecting
from generations.models import Collection, Image, Share, Team, User
from tests.browser.conftest import OpenPage, let_in, sign_in
from tests.browser.sound import LOOKS, in_both_languages, sound, speak, visit
from tests.filed import filed
from tests.made import made, pictured
from tests.outside.given import SECRET, front, given, page_of

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = [(640, 360), (360, 640), (480, 480), (640, 427), (427, 640)]


@pytest.fixture
def images(designer: User, team: Team) -> list[Image]:
    found = pictured(made(designer, team), 7)
    for number, image in enumerate(found):
        filed(image, size=SIZES[number % len(SIZES)])
    return found


@pytest.fixture
def talked(designer: User, team: Team, images: list[Image]) -> Share:
    return given(designer, team, images, commenting=True, prompt=True, originals=True)


SPOKEN = {"en": "en-GB", "zh-hans": "zh-CN"}


@in_both_languages
def test_what_visitors_see_is_sound(language: str, open_page: OpenPage, talked: Share, designer: User, team: Team, images: list[Image]):
    given(designer, team, images, token="locked", secret=SECRET)
    images[2].comments.create(share=talked, guest="Pia Client", text="The sky is too dark. " * 20)
    visit(open_page(locale=SPOKEN[language]), [front(), page_of(images[2]), front("locked"), front("nobody")], LOOKS[language])


@in_both_languages
def test_where_links_are_made_is_sound(language: str, page: Page, talked: Share, designer: User, images: list[Image]):
    speak(designer, language)
    let_in(page, designer)
    visit(page, ["/links/", f"/links/new/?image={images[0].uid}"], LOOKS[language])
    page.locator(".narrow-page .primary").click()
    expect(page.locator("#link")).to_be_visible()
    sound(page, LOOKS[language])


def test_arrow_keys_go_from_picture_to_picture(page: Page, talked: Share, images: list[Image]):
    page.goto(front())
    page.locator(".tile a").nth(1).click()
    page.wait_for_url(f"**{page_of(images[1])}")  # and until its script is there
    for key, number in (("ArrowRight", 2), ("ArrowLeft", 1)):
        page.keyboard.press(key)
        page.wait_for_url(f"**{page_of(images[number])}")
    page.locator("#id_text").press("ArrowRight")
    expect(page).to_have_url(re.compile(f"{images[1].uid}/$"))


def test_the_bar_of_the_gallery_leads_to_a_link(page: Page, designer: User, images: list[Image]):
    collecting.place(Collection.objects.create(team=images[0].team, user=designer, name="Spring").pk, [image.pk for image in images])
    sign_in(page, designer, f"/collections/{Collection.objects.get().uid}/")
    for number in (0, 2):
        page.locator("#wall .tile").nth(number).hover()
        page.locator("#wall .tile").nth(number).locator(".pick").click()
    page.get_by_role("toolbar").get_by_role("button", name="Share outside").click()
    expect(page).to_have_url(re.compile("/links/new/"))
    expect(page.get_by_text("2 images.")).to_be_visible()


def test_it_works_without_javascript(open_page: OpenPage, designer: User, team: Team, images: list[Image]):
    given(designer, team, images, secret=SECRET, commenting=True)
    page = open_page(java_script_enabled=False)
    page.goto(front())
    page.get_by_label("Password").fill(SECRET)
    page.get_by_role("button", name="Show the pictures").click()
    page.locator(".tile a").first.click()
    page.get_by_label("Your name").fill("Pia Client")
    page.get_by_label("Comment").fill("The sky is too dark")
    page.get_by_role("button", name="Send the comment").click()
    expect(page.locator(".said")).to_contain_text("The sky is too dark")
    page.get_by_role("link", name="Next image").click()
    expect(page.get_by_label("Your name")).to_have_value("Pia Client")
