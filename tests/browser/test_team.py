"""The pages of a team, by mouse and keyboard, and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from generations.models import Budget, Generation, Purse, Role, Status, Team, User
from generations.models.money import this_month
from generations.pipeline.start import start
from tests.browser.conftest import OpenPage, let_in, sign_in
from tests.browser.sound import LOOKS, in_both_languages, sound, speak
from tests.pipeline.studio import order

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = ["/team/", "/team/policies/", "/team/budgets/", "/team/spending/", "/team/leave/"]
LONG = "An interminable description of a harbour at night, with " + "long reflections and neon signs, " * 12


@pytest.fixture
def dear(designer: User, admin: User, team: Team) -> Generation:
    Team.objects.filter(pk=team.pk).update(ask_above=50_000)
    Budget.objects.create(team=team, soft=2_000_000, hard=3_000_000)
    Budget.objects.create(team=team, user=designer, hard=1_000_000)
    Purse.objects.create(team=team, month=this_month(), spent=1_400_000)
    return start(order(designer, team, "ark", LONG, images=3))


def save(page: Page, name: str) -> None:
    page.get_by_role("row", name=name).get_by_role("button", name="Save").click()


def test_a_role_is_changed_where_it_stands(page: Page, admin: User, designer: User):
    sign_in(page, admin, "/team/")
    chosen = page.get_by_label("Role of Dana Designer")
    chosen.press("ArrowDown")
    expect(chosen).to_have_value("reviewer")
    page.get_by_label("Role of Ada Admin").focus()
    assert designer.memberships.get().role == Role.DESIGNER  # an arrow chooses, and saves nothing
    save(page, "Dana Designer")
    expect(page.get_by_role("status")).to_have_text("Dana Designer: Reviewer.")
    assert designer.memberships.get().role == Role.REVIEWER
    page.get_by_label("Role of Ada Admin").select_option("Viewer")
    save(page, "Ada Admin")
    expect(page.get_by_role("alert")).to_contain_text("is the last team administrator")
    expect(page.get_by_label("Role of Ada Admin")).to_have_value("admin")


def test_all_of_it_works_without_javascript(open_page: OpenPage, admin: User, designer: User, dear: Generation):
    page = sign_in(open_page(java_script_enabled=False), admin, "/team/")
    row = page.get_by_role("row", name="Dana Designer")
    row.get_by_role("combobox").select_option("Reviewer")
    row.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Dana Designer: Reviewer.")).to_be_visible()
    page.goto("/team/budgets/")
    page.get_by_label("Stop Dana Designer at").fill("7")
    page.get_by_label("Stop Dana Designer at").press("Enter")
    expect(page.get_by_text("Dana Designer may spend $7.00 a month.")).to_be_visible()
    page.goto("/team/spending/")
    page.get_by_text("Decline…").click()
    page.get_by_label("Reason, for its author to read").fill("Too large")
    page.get_by_role("button", name="Decline", exact=True).click()
    expect(page.get_by_text("Declined. What was held is released")).to_be_visible()
    assert Generation.objects.get().status == Status.CANCELLED


def test_a_bad_figure_stays_in_its_row(page: Page, admin: User, designer: User):
    sign_in(page, admin, "/team/budgets/")
    page.get_by_label("Stop Dana Designer at").fill("much")
    page.get_by_label("Stop Dana Designer at").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("“much” is no amount of money.")
    expect(page.get_by_label("Stop Dana Designer at")).to_have_value("much")


@in_both_languages
def test_they_are_sound(language: str, page: Page, admin: User, viewer: User, dear: Generation):
    speak(admin, language)
    let_in(page, admin)
    for path in [*PAGES, f"/team/members/{viewer.memberships.get().pk}/remove/", "/?whose=team"]:
        page.goto(path)
        for summary in page.locator("main summary").all():
            summary.click()
        sound(page, LOOKS[language])
