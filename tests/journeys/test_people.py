"""Who sees what, and in which language."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Crew
from tests.journeys.steps import Person, ask, card, lightbox, pictures, prompt
from tests.servers.chromium import OpenPage


def test_a_second_person_sees_the_picture_by_itself_and_another_tab_when_one_comes_back_to_it(open_page: OpenPage, crew: Crew):
    watching, page = open_page(own=True), open_page()
    watching.clock.install()  # a feed where nothing runs looks every quarter of a minute
    crew.reviewer.enter(watching, "/?whose=team")
    other = crew.designer.enter(page.context.new_page())
    made = ask(crew.designer.enter(page), "Lighthouse on a headland at dusk")
    other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    pictures(made)
    pictures(card(other, "Lighthouse"))
    watching.clock.fast_forward(16_000)
    theirs = card(watching, "Lighthouse")
    expect(theirs).to_contain_text("Mei Lin")
    pictures(theirs)


def test_what_is_private_is_not_there_for_anybody_else(open_page: OpenPage, crew: Crew):
    page = crew.designer.enter(open_page())
    page.get_by_label("Seen by").select_option("Only me and administrators")
    image = str(pictures(ask(page, "A secret garden")).get_attribute("href"))
    theirs = crew.reviewer.enter(open_page(), "/?whose=team")
    expect(theirs.locator(".card")).to_have_count(0)
    for end in ("", "320.webp", "original", "inspector/", "download/"):
        assert page.request.get(f"{image}{end}").status == 200, end
        assert theirs.request.get(f"{image}{end}").status == 404, end
    theirs.goto("/gallery/?q=garden")
    expect(theirs.locator("#wall .tile")).to_have_count(0)


def test_all_of_it_in_chinese(page: Page, designer: Person):
    designer.enter(page)
    page.get_by_role("button", name="Theme").click()
    page.locator("#looks").get_by_role("button", name="简体中文").click()
    expect(page.get_by_role("link", name="图库", exact=True)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    prompt(page).fill("一只锦鲤在荷塘里，水墨风格，留白")
    page.locator("#field-ratio label", has_text="4:3").click()
    prompt(page).press("Control+Enter")
    made = card(page, "一只锦鲤在荷塘里")
    pictures(made)
    expect(made).to_contain_text("已扣")
    page.get_by_role("link", name="图库", exact=True).click()
    for words, count in (("荷塘", 1), ("茶田", 0), ("水墨", 1)):
        page.locator("#q").fill(words)
        page.keyboard.press("Enter")
        expect(page.locator("#q")).to_have_value(words)
        expect(page.locator("#wall .tile")).to_have_count(count)
    page.locator("#wall .tile > a").click()
    expect(lightbox(page)).to_contain_text("一只锦鲤在荷塘里，水墨风格，留白")
    expect(lightbox(page).locator("[data-download]")).to_have_attribute("title", "下载原图")
