"""The API's page in a real browser: read, copied from, on a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from generations.models import User
from tests.browser.conftest import OpenPage, sign_in
from tests.browser.sound import faults, sideways, sound, speak

pytestmark = pytest.mark.django_db(transaction=True)

SOME = {"exclude": [[".operation:nth-of-type(n + 3)"]]}  # two of each group: all are drawn alike, and each has been looked at on a desk


def test_examples_are_in_the_language_that_one_reads(open_page: OpenPage, designer: User):
    page = sign_in(open_page(), designer, "/api/docs")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sound(page, [(1440, "light")])
    section = page.locator("#create_generation")
    page.locator(".contents a", has_text="Create a generation").click()
    expect(page.locator(".contents [aria-current]")).to_contain_text("Create a generation")
    page.get_by_text("Python", exact=True).first.click()
    expect(section.locator(".code.curl")).to_be_hidden()
    section.locator(".code.python [data-code]").click()
    expect(section.locator(".code.python [data-code]")).to_have_class("text-button push good")
    assert page.evaluate("navigator.clipboard.readText()").startswith("import os\n\nimport requests\n")


def test_it_is_whole_on_a_phone_in_the_dark(open_page: OpenPage, designer: User):
    speak(designer, "zh-hans")
    page = sign_in(open_page(390, color_scheme="dark"), designer, "/api/docs")
    assert page.locator(".operation:nth-of-type(n + 3)").count()
    assert (faults(page, SOME), sideways(page)) == ([], False)
    page.locator(".menu-of-all summary").click()
    page.locator(".menu-of-all a[href='#check']").click()
    expect(page.locator("#check h3")).to_be_in_viewport()
