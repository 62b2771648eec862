"""People come, change and go, and what they may spend."""

from playwright.sync_api import Page, expect

from tests.cast import PASSWORD
from tests.journeys.conftest import Crew
from tests.journeys.steps import ask, card, pictures, prompt, write
from tests.servers.chromium import OpenPage


def choose(page: Page, name: str, role: str) -> None:
    page.get_by_label(f"Role of {name}").select_option(role)
    page.get_by_role("row", name=name).get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text=f"{name}: {role}.")).to_be_visible()


def test_an_invitation_leads_to_the_first_page(open_page: OpenPage, crew: Crew):
    page = crew.admin.enter(open_page(), "/team/")
    page.get_by_label("E-mail").fill(f"noor.{crew.admin.email}")
    page.get_by_role("button", name="Write an invitation").click()
    link = page.get_by_label("Invitation link").input_value()
    newcomer = open_page()
    newcomer.goto(link)
    newcomer.get_by_label("Name").fill("Noor Haddad")
    newcomer.get_by_label("Password").fill(PASSWORD)
    newcomer.locator("form .primary").click()
    newcomer.wait_for_url("/")
    expect(prompt(newcomer)).to_be_visible()
    page.goto("/team/")
    expect(page.get_by_role("row", name="Noor Haddad")).to_be_visible()
    expect(page.locator("#invitations")).to_contain_text("used on")
    assert open_page().goto(link).status == 410


def test_a_role_counts_from_the_next_click_on(open_page: OpenPage, crew: Crew):
    made, page = crew.designer.enter(open_page()), crew.admin.enter(open_page(), "/team/")
    write(made, "Snowy pines under a pale sun")
    choose(page, "Mei Lin", "Viewer")
    made.locator("#go").click()
    expect(made.get_by_role("alert").first).to_contain_text("needs the role: Designer")
    expect(prompt(made)).to_have_value("Snowy pines under a pale sun")
    made.goto("/")
    expect(made.locator("#composer")).to_contain_text("ask a team administrator for the role of designer")
    choose(page, "Mei Lin", "Designer")
    made.goto("/")
    expect(made.locator("#go")).to_be_visible()
    expect(made.locator(".card")).to_have_count(0)


def test_who_is_removed_is_out_at_once_and_the_pictures_stay(open_page: OpenPage, koi_crew: Crew):
    made, page = koi_crew.designer.enter(open_page()), koi_crew.admin.enter(open_page(), "/team/")
    page.get_by_role("link", name="Remove Mei Lin").click()
    expect(page.get_by_role("heading", name="Remove Mei Lin from")).to_be_visible()
    page.get_by_role("button", name="Remove Mei Lin").click()
    expect(page.get_by_role("status")).to_contain_text("Mei Lin is out of")
    made.get_by_role("link", name="Gallery", exact=True).click()
    expect(made.get_by_text("You are in no team")).to_be_visible()
    page.goto("/gallery/")
    expect(page.locator("#wall .tile")).to_have_count(3)


def test_at_the_limit_nothing_is_sent(open_page: OpenPage, crew: Crew):
    page = crew.admin.enter(open_page(), "/team/budgets/")
    page.get_by_label("Stop Mei Lin at").fill("0.05")
    page.get_by_label("Stop Mei Lin at").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Mei Lin may spend $0.05 a month.")
    made = crew.designer.enter(open_page())
    made.get_by_role("button", name="One more").click()
    write(made, "Two koi from above")
    expect(made.locator("#reasons")).to_contain_text("This would cost about $0.07; $0.05 is left in your own budget")
    made.locator("#go").click(force=True)
    expect(made.locator("#reasons .bad")).to_be_visible()
    expect(made.locator(".card")).to_have_count(0)
    made.get_by_role("button", name="One fewer").click()
    pictures(ask(made, "One koi from above"))


def test_what_is_dear_is_sent_when_an_administrator_has_allowed_it(open_page: OpenPage, crew: Crew):
    page, made = crew.admin.enter(open_page(), "/team/policies/"), open_page()
    page.get_by_label("Spend above this needs approval").fill("0.05")
    page.get_by_role("button", name="Save the policies").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    crew.designer.enter(made)
    made.get_by_role("button", name="One more").click()
    write(made, "White arches at noon")
    expect(made.locator("#go")).to_contain_text("Ask for approval")
    asked = ask(made, "White arches at noon")
    expect(asked).to_contain_text("Up to $0.07 is held; nothing has been sent.")
    page.goto("/team/spending/")
    expect(page.locator("#asking-tab")).to_contain_text("1")
    page.get_by_role("button", name="Allow · $0.07").click()
    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
    expect(page.locator("#asking-tab")).to_be_hidden()
    made.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    pictures(card(made, "White arches"), 2)
