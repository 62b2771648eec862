"""The pages of those who hold keys, money and people, in real Chromium: on every width, in both languages, with and without scripts."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from generations import journal
from generations.dialects import faults
from generations.journal import Deed
from generations.models import (
    Budget,
    Dialect,
    EngineChoice,
    Gate,
    Heartbeat,
    Outcome,
    ProviderAccount,
    Purse,
    Role,
    Stock,
    Team,
    User,
)
from generations.models.money import this_month
from generations.pipeline import gate
from tests.administration.stock import answered
from tests.administration.test_unknown import doubtful
from tests.browser.conftest import OpenPage, let_in, sign_in
from tests.browser.sound import LOOKS, in_both_languages, speak, visit
from tests.cast import person

pytestmark = pytest.mark.django_db(transaction=True)

GB = 1000**3


@pytest.fixture
def busy(owner: User, designer: User, team: Team) -> ProviderAccount:
    """A studio with something on every page."""
    accounts = [ProviderAccount.objects.create(name=f"Sandbox {dialect.label}", dialect=dialect, sandbox=True) for dialect in Dialect]
    main = accounts[1]
    Gate.objects.create(account=accounts[2], closed_until=timezone.now() + timedelta(minutes=1))
    Gate.objects.create(account=accounts[3], paused=gate.PAUSED)
    EngineChoice.objects.create(account=main, engine="apimart/seedream-5.0-lite", price=35_000, priced_at=timezone.now())
    for hours in range(12):
        answered(designer, team, 1 + hours % 4, seconds=12 + hours, age=timedelta(hours=hours, minutes=5), account=main)
    answered(
        designer, team, 2, outcome=Outcome.UNKNOWN, trouble={"sentence": faults.CUT_OFF.sentence}, age=timedelta(hours=3), account=main
    )
    for _one in range(4):
        doubtful(designer, team)
    counts = {"delivered": 12_480, "stored": 12_480, "missing": 0, "sample": 5, "copies": 2 * GB, "uploads": GB, "spool": 0}
    Stock.objects.create(at=timezone.now() - timedelta(days=29), originals=30 * GB, **counts)
    Stock.objects.create(originals=35 * GB, teams=[[team.pk, 12_480, 35 * GB]], **counts)
    Heartbeat.stamp("node-1/4711/4712")
    Purse.objects.create(team=team, month=this_month() - timedelta(days=40), spent=1)
    Purse.objects.filter(team=team, user=None, month=this_month()).update(spent=3_200_000)
    Budget.objects.create(team=team, soft=3_000_000, hard=5_000_000)
    with transaction.atomic():
        journal.write(Deed.ENGINE_CHANGE, actor=owner, subject=main, engine="apimart/seedream-4.0", enabled=True, price=35_000)
    cache.clear()
    return main


def paths(account: ProviderAccount, team: Team, user: User) -> list[str]:
    tabs = ["", "teams/", "people/", "storage/", "health/", "journal/", f"accounts/{account.pk}/", "accounts/new/"]
    return [f"/administration/{tab}" for tab in (*tabs, f"teams/{team.pk}/", f"people/{user.pk}/")]


@in_both_languages
def test_every_page_is_sound(language: str, page: Page, owner: User, designer: User, team: Team, busy: ProviderAccount):
    speak(owner, language)
    let_in(page, owner)
    visit(page, paths(busy, team, designer), LOOKS[language])


def test_an_account_is_paused_and_opened_from_its_menu(page: Page, owner: User, busy: ProviderAccount):
    sign_in(page, owner, "/administration/")
    card = page.locator(f"#account-{busy.pk}")
    expect(card).to_contain_text("Working")
    card.get_by_role("button", name="more").click()
    card.get_by_role("button", name="Pause: requests wait").click()
    expect(page.get_by_role("status")).to_contain_text("is paused")
    page.goto("/administration/")
    expect(card).to_contain_text("Paused")
    card.get_by_role("button", name="more").click()
    card.get_by_role("button", name="Open again").click()
    page.goto("/administration/")
    expect(card).to_contain_text("Working")


def test_somebody_is_found_and_disabled_without_scripts(open_page: OpenPage, owner: User, designer: User, team: Team):
    person("Zoe Other", team, Role.VIEWER)
    page = sign_in(open_page(java_script_enabled=False), owner, "/administration/people/")
    page.get_by_role("searchbox").fill("dana")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Zoe Other")).to_have_count(0)
    page.get_by_role("link", name="Dana Designer").click()
    page.get_by_role("button", name="Disable").click()
    expect(page.get_by_text("cannot sign in any more")).to_be_visible()
    expect(page.get_by_role("button", name="Enable")).to_be_visible()


def test_a_link_to_a_waiting_case_leads_to_it(page: Page, owner: User, busy: ProviderAccount):
    sign_in(page, owner, "/administration/")
    page.get_by_role("link", name="Decide", exact=True).first.click()
    expect(page.get_by_role("button", name="It was not charged").first).to_be_visible()
