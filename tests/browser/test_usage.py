"""The usage page with something to show: sound at every width, and on paper."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from generations.accounting import catch_up
from generations.models import Budget, Image, Status, Team, User
from tests.accounting.ledger import FOUR, ended
from tests.browser.conftest import let_in, sign_in
from tests.browser.sound import LOOKS, in_both_languages, sound, speak
from tests.made import asked

pytestmark = pytest.mark.django_db(transaction=True)

MILLION = 1_000_000
ENGINES = ("apimart/seedream-5.0-lite", "gateway/seedream-4.0", "ark/seedream-4.5", "apimart/seedream-5.0-pro")


@pytest.fixture
def work(designer: User, reviewer: User, owner: User, team: Team) -> None:
    Budget.objects.create(team=team, hard=200 * MILLION)
    for number in range(12):
        day = timezone.now() - timedelta(days=number)
        request = asked(engine=ENGINES[number % 4], images=4)
        who = (designer, reviewer, owner)[number % 3]
        ended(who, team, stored=4, charged=(number % 5 + 1) * MILLION, created_at=day, request=request)
    ended(designer, team, Status.EXPIRED, lost=4, charged=FOUR)
    Image.objects.filter(index=0).exclude(sha256="").update(review="approved")
    catch_up()


@pytest.mark.usefixtures("work")
@in_both_languages
def test_it_is_sound(language: str, page: Page, owner: User):
    speak(owner, language)
    let_in(page, owner)
    for query in ("?period=quarter", "?period=year&team=all"):
        page.goto(f"/usage/{query}")
        page.locator(".by-day summary").click()
        page.locator("[popovertarget=months]").click()
        expect(page.locator("#months")).to_be_visible()
        sound(page, LOOKS[language])


@pytest.mark.usefixtures("work")
def test_on_paper_there_is_nothing_to_press_and_no_table_is_folded(page: Page, admin: User):
    sign_in(page, admin, "/usage/?period=quarter")
    page.emulate_media(media="print")
    expect(page.locator(".rail")).to_be_hidden()
    expect(page.locator(".bar .segments")).to_be_hidden()
    expect(page.locator(".by-day tbody tr").first).to_be_visible()
    expect(page.locator(".only-print").first).to_be_visible()


@pytest.mark.usefixtures("work")
def test_the_evidence_comes_as_a_file(page: Page, admin: User):
    sign_in(page, admin, "/usage/?period=quarter")
    page.get_by_role("button", name="Download the pack").click()
    with page.expect_download() as coming:
        page.locator("#pack .primary").click()
    assert coming.value.suggested_filename.endswith(".zip")
