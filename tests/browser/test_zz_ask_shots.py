import pytest
from tests.browser.conftest import *
from tests.browser.conftest import sign_in, open_page
from tests.browser.test_usage import *
from tests.browser.test_usage import work
from tests.browser.test_unknown import case
from tests.made import made, pictured
from generations.models import *
pytestmark = pytest.mark.django_db(transaction=True)
OUT="/tmp/lead/tokens-shots"
def test_shots(open_page, owner, admin, work, case, designer, team):
    for width in (1440, 390):
        page=sign_in(open_page(width), owner)
        page.goto("/usage/?period=quarter"); page.get_by_role("button", name="Download the pack").click(); page.screenshot(path=f"{OUT}/pack-{width}.png")
        page.goto("/administration/unknown/"); page.locator("[popovertarget]:visible").last.click(); page.wait_for_timeout(300); page.screenshot(path=f"{OUT}/unknown-{width}.png")
        page.goto("/?whose=team"); page.locator("#feed [popovertarget^=ask], [popovertarget^=ask]").first.click(); page.screenshot(path=f"{OUT}/question-{width}.png")
        page.goto("/team/webhooks/"); page.screenshot(path=f"{OUT}/hooks-{width}.png")
def test_r(): pass
