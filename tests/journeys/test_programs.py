"""A script works in the name of a person, for as long as that person lets it."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import Person, card, pictures

NAMED = "seedream-4.0"


def test_a_token_is_made_used_and_revoked(page: Page, designer: Person):
    from openai import AuthenticationError, OpenAI  # large, and every test process reads this file

    designer.enter(page, "/account/")
    page.get_by_role("row", name="Tokens").get_by_role("link", name="Manage").click()
    page.get_by_label("Name").fill("Poster script")
    page.get_by_role("button", name="Make the token").click()
    text, base = (page.get_by_role("textbox", name=name).input_value() for name in ("Token", "Base URL"))
    page.goto("/account/tokens/")
    expect(page.get_by_text("Poster script", exact=True)).to_be_visible()
    assert text not in page.content()

    with OpenAI(base_url=base, api_key=text) as script:
        assert script.images.generate(model=NAMED, prompt="A paper boat on still water").data
        page.goto("/")
        expect(pictures(card(page, "A paper boat"))).to_be_visible()

        page.goto("/account/tokens/")
        expect(page.get_by_role("row", name="Poster script")).not_to_contain_text("never used")
        page.get_by_role("button", name="Revoke").click()
        page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
        expect(page.get_by_text("does not work any more")).to_be_visible()
        with pytest.raises(AuthenticationError, match="revoked"):
            script.models.list()
