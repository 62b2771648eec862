"""The composer under a person's hands: quick ones, double ones, and some without a mouse or a script."""

import pytest
from playwright.sync_api import Page, expect

from generations.models import Generation, Role, Team, User
from generations.people import add_member
from tests.browser.conftest import OpenPage, let_in, sign_in
from tests.browser.sound import LOOKS, faults, in_both_languages, sound, speak, visit
from tests.made import asked, made, sandbox

pytestmark = pytest.mark.django_db(transaction=True)

OLD = "gateway/seedream-3.0-t2i"


@pytest.fixture
def studio(designer: User) -> User:
    """A designer where two sandbox accounts are on."""
    sandbox()
    sandbox(OLD)
    return designer


def open_composer(page: Page, user: User) -> Page:
    sign_in(page, user)
    expect(page.locator("#compose")).to_be_visible()
    return page


def settled(page: Page) -> None:
    """The answer to what was typed is there."""
    expect(page.locator("#draft")).to_have_text("Draft saved")


def engine(page: Page, name: str) -> None:
    page.get_by_role("button", name="Engine").click()
    page.get_by_role("menuitemradio", name=name).first.click()
    expect(page.locator("#engine-name")).to_have_text(name)


def ratio(page: Page, name: str) -> None:
    page.locator("#field-ratio label", has_text=name).click()


def test_a_request_goes_out_by_keys_and_its_card_appears(page: Page, studio: User):
    open_composer(page, studio)
    page.get_by_label("Prompt", exact=True).fill("A red kite")
    ratio(page, "16:9")
    page.get_by_role("button", name="One more").click()
    expect(page.locator("#pixels")).to_have_text("2848\xa0×\xa01600")
    with page.expect_response("**/generate/"):
        page.get_by_label("Prompt", exact=True).press("Control+Enter")
    expect(page.locator(".card").first).to_contain_text("A red kite")
    made_now = Generation.objects.get().asked()
    assert (made_now.prompt, made_now.ratio, made_now.images) == ("A red kite", "16:9", 2)
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("A red kite")


def test_a_double_click_is_one_request(page: Page, studio: User):
    open_composer(page, studio)
    page.get_by_label("Prompt", exact=True).fill("A red kite")
    settled(page)
    with page.expect_response("**/generate/"):
        page.locator("#go").dblclick(delay=20)
    expect(page.locator(".card")).to_have_count(1)
    settled(page)
    assert Generation.objects.count() == 1


def test_the_same_again_is_a_second_request(page: Page, studio: User):
    open_composer(page, studio)
    page.get_by_label("Prompt", exact=True).fill("A red kite")
    settled(page)
    for count in (1, 2):
        page.locator("#go").click()
        expect(page.locator(".card")).to_have_count(count)
        page.wait_for_function("(start) => performance.now() - start > 1000", arg=page.evaluate("performance.now()"))


def test_another_engine_says_what_it_left_out_and_undo_brings_it_back(page: Page, studio: User):
    open_composer(page, studio)
    engine(page, "Seedream 3.0")
    page.get_by_text("Advanced").click()
    page.get_by_label("Seed", exact=True).fill("42")
    settled(page)
    engine(page, "Seedream 5.0 Lite")
    expect(page.locator(".engine-note")).to_contain_text("Seed 42 left out: this engine does not take it.")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Seed", exact=True)).to_have_value("42")


def test_what_is_typed_while_an_answer_is_under_way_stays(page: Page, studio: User):
    open_composer(page, studio)
    field = page.get_by_label("Prompt", exact=True)
    for word in ("A ", "red ", "kite ", "above ", "tea ", "fields"):
        field.press_sequentially(word, delay=1)
        page.get_by_role("button", name="One more").click()
    settled(page)
    expect(field).to_have_value("A red kite above tea fields")
    expect(page.get_by_label("Images", exact=True)).to_have_value("7")


def test_a_draft_survives_the_tab(page: Page, studio: User):
    open_composer(page, studio)
    page.get_by_label("Prompt", exact=True).fill("half a thought")
    settled(page)
    other = page.context.new_page()
    page.close()
    other.goto("/")
    expect(other.get_by_label("Prompt", exact=True)).to_have_value("half a thought")


def test_whoever_was_signed_out_keeps_the_text(page: Page, studio: User):
    open_composer(page, studio)
    page.context.clear_cookies(name="session")
    page.get_by_label("Prompt", exact=True).fill("half a thought")
    expect(page.locator("#draft")).to_have_text("Not saved: you are signed out")
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("half a thought")


def test_a_studio_that_is_away_keeps_the_text(page: Page, studio: User):
    open_composer(page, studio)
    page.route("**/composer/", lambda route: route.abort())
    page.get_by_label("Prompt", exact=True).fill("half a thought")
    expect(page.locator("#draft")).to_have_text("Not saved: the studio cannot be reached")
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("half a thought")


def test_clearing_can_be_undone(page: Page, studio: User):
    open_composer(page, studio)
    page.get_by_label("Prompt", exact=True).fill("half a thought")
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("half a thought")


def test_every_reason_leads_to_its_field(page: Page, studio: User):
    open_composer(page, studio)
    engine(page, "Seedream 3.0")
    page.get_by_text("Advanced").click()
    page.get_by_label("Guidance", exact=True).fill("99")
    settled(page)
    page.get_by_text("Advanced").click()
    page.get_by_role("link", name="Guidance must be between 1 and 10.").click()
    expect(page.get_by_label("Guidance", exact=True)).to_be_focused()


def test_a_refusal_stays_loud_until_it_is_mended(page: Page, studio: User):
    open_composer(page, studio)
    page.get_by_label("Prompt", exact=True).press("Control+Enter")
    expect(page.locator(".reasons.bad")).to_contain_text("Please describe the image.")
    page.get_by_label("Prompt", exact=True).fill("A red kite")
    expect(page.locator(".reasons")).to_have_count(0)


def test_pixels_and_a_ratio_are_never_both(page: Page, studio: User):
    open_composer(page, studio)
    engine(page, "Seedream 3.0")
    page.get_by_label("Prompt", exact=True).fill("A red kite")
    page.get_by_text("Advanced").click()
    page.get_by_label("Width").fill("800")
    page.get_by_label("Height").fill("600")
    expect(page.locator("#pixels")).to_have_text("800\xa0×\xa0600")
    ratio(page, "1:1")
    expect(page.get_by_label("Width")).to_have_value("")
    expect(page.locator("#pixels")).to_have_text("1024\xa0×\xa01024")


def test_earlier_prompts_come_back_by_alt_and_arrows(page: Page, studio: User, team: Team):
    for words in ("one", "two"):
        made(studio, team, request=asked(words))
    open_composer(page, studio)
    field = page.get_by_label("Prompt", exact=True)
    field.fill("three")
    for keys, words in [("Alt+ArrowUp", "two"), ("Alt+ArrowUp", "one"), ("Alt+ArrowDown", "two"), ("Alt+ArrowDown", "three")]:
        field.press(keys)
        expect(field).to_have_value(words)


def test_an_earlier_prompt_is_found_and_put_in(page: Page, studio: User, team: Team):
    for words in ("two koi", "a red kite"):
        made(studio, team, request=asked(words))
    open_composer(page, studio)
    page.get_by_role("link", name="History").click()
    page.get_by_role("searchbox", name="Search prompts").fill("koi")
    expect(page.locator("#leaf .said")).to_have_count(1)
    page.locator("#leaf .said").click()
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("two koi")


def test_a_template_asks_for_its_words(page: Page, studio: User):
    open_composer(page, studio)
    page.get_by_role("link", name="Templates", exact=True).click()
    page.locator("#leaf").get_by_role("link", name="Pattern").click()
    page.get_by_label("motif").fill("swifts")
    page.get_by_role("button", name="Put it into the prompt").click()
    expect(page.get_by_label("Prompt", exact=True)).to_have_value(
        "Seamless pattern of swifts, cut paper, six inks, even spacing, no borders"
    )
    expect(page.locator("#leaf")).to_be_hidden()


def test_a_batch_asks_before_it_goes(page: Page, studio: User):
    open_composer(page, studio)
    page.get_by_label("Prompt", exact=True).fill("one\ntwo\nthree")
    page.get_by_label("One prompt per line").check()
    settled(page)
    page.locator("#go").click()
    expect(page.get_by_role("alertdialog")).to_contain_text("3 prompts × 1 = 3 images, $0.00")
    expect(page.locator("#agreed")).to_be_focused()
    page.wait_for_function("(start) => performance.now() - start > 1000", arg=page.evaluate("performance.now()"))
    page.locator("#agreed").click()
    expect(page.locator(".card")).to_have_count(3)


def test_what_will_be_sent_is_shown(page: Page, studio: User):
    open_composer(page, studio)
    page.get_by_label("Prompt", exact=True).fill("A red kite")
    settled(page)
    page.get_by_role("button", name="What will be sent").click()
    sheet = page.get_by_role("dialog", name="What will be sent")
    expect(sheet).to_contain_text("kept, from ratio")
    sheet.get_by_role("button", name="Generate").click()
    expect(page.locator(".card")).to_have_count(1)
    expect(sheet).to_be_hidden()


def test_the_menu_of_engines_works_by_keys(page: Page, studio: User):
    open_composer(page, studio)
    page.locator("#field-engine").press("Enter")
    expect(page.get_by_role("menuitemradio", checked=True)).to_be_focused()
    page.keyboard.press("ArrowDown")
    chosen = str(page.evaluate("document.activeElement.querySelector('.strong').textContent"))
    page.keyboard.press("Enter")
    expect(page.locator("#engine-name")).to_have_text(chosen)


def test_enter_in_a_field_sends_nothing(page: Page, studio: User):
    open_composer(page, studio)
    page.get_by_label("Prompt", exact=True).fill("A red kite")
    with page.expect_response("**/composer/"):
        page.get_by_label("Images", exact=True).press("Enter")
    assert not Generation.objects.exists()


def test_on_a_phone_it_is_a_sheet(open_page: OpenPage, studio: User):
    page = sign_in(open_page(390, has_touch=True), studio)
    expect(page.get_by_label("Prompt", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Edit").click()
    page.get_by_label("Prompt", exact=True).fill("A red kite")
    settled(page)
    page.locator("#go").click()
    expect(page.get_by_label("Prompt", exact=True)).to_be_hidden()
    expect(page.locator(".card")).to_have_count(1)


def test_it_works_without_a_script(open_page: OpenPage, studio: User):
    page = sign_in(open_page(java_script_enabled=False), studio)
    page.get_by_label("Prompt", exact=True).fill("A red kite")
    expect(page.locator("#go[aria-disabled=true]")).to_have_css("cursor", "pointer")
    page.get_by_role("button", name="Engine").click()
    page.get_by_role("menuitemradio", name="Seedream 3.0").click()
    expect(page.locator("#engine-name")).to_have_text("Seedream 3.0")
    page.locator("#go").click()
    expect(page.locator(".card")).to_contain_text("A red kite")
    assert Generation.objects.get().engine == OLD


@in_both_languages
def test_every_state_is_sound(language: str, page: Page, studio: User):
    speak(studio, language)
    for width, scheme in LOOKS[language]:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        sign_in(page, studio)
        if width < 768:
            page.locator(".sheet-peek button").click()
        page.locator("details[data-fold] summary").click()
        page.locator("#field-prompt").press("Control+Enter")
        expect(page.locator(".reasons.bad")).to_be_visible()
        sound(page, [(width, scheme)])
        for opener, opened in [("#field-engine", "#engines"), ("[popovertarget=sent]", "#sent"), ("[data-opens=templates]", "#leaf .said")]:
            page.locator(opener).first.click()
            expect(page.locator(opened).first).to_be_visible()
            sound(page, [(width, scheme)])
            page.keyboard.press("Escape")


def test_its_pages_without_a_script_are_sound(page: Page, studio: User):
    let_in(page, studio)
    visit(page, ["/templates/", "/templates/packshot/", "/prompts/"], [(1440, "light")])


def test_a_viewer_sees_the_page_and_no_form(page: Page, viewer: User, studio: User, other_team: Team):
    add_member(viewer, other_team, Role.VIEWER)
    sign_in(page, viewer)
    expect(page.locator("#composer")).to_contain_text("You are a viewer in Studio North")
    assert faults(page) == []


# --- leaving a field for Generate ---


def test_the_question_of_a_batch_stays_when_generate_is_tapped_right_after_typing(open_page: OpenPage, studio: User):
    page = open_composer(open_page(has_touch=True), studio)
    page.get_by_label("One prompt per line").check()
    settled(page)
    page.get_by_label("Prompt", exact=True).tap()
    page.get_by_label("Prompt", exact=True).fill("A red kite\nTwo koi")
    looks: list[str] = []
    page.on("request", lambda request: looks.append(request.url))
    with page.expect_response("**/generate/"):
        page.locator("#go").tap()
    expect(page.locator("#agreed")).to_be_visible()
    start = page.evaluate("performance.now()")
    page.wait_for_function("(start) => performance.now() - start > 1000", arg=start)  # what leaving the field waits, many times over
    expect(page.locator("#agreed")).to_be_visible()
    sent = next(place for place, look in enumerate(looks) if look.endswith("/generate/"))
    assert not any(look.endswith("/composer/") for look in looks[sent:])
    page.locator("#agreed").tap()
    expect(page.locator(".card")).to_have_count(2)


def test_what_is_written_under_a_question_takes_it_back(page: Page, studio: User):
    open_composer(page, studio)
    page.get_by_label("One prompt per line").check()
    page.get_by_label("Prompt", exact=True).fill("A red kite\nTwo koi")
    page.locator("#go").click()
    expect(page.locator("#agreed")).to_be_visible()
    page.get_by_label("Prompt", exact=True).fill("A red kite\nTwo koi\nA fox")
    expect(page.locator("#agreed")).to_be_hidden()


# --- two tabs ---


def test_the_older_of_two_tabs_is_told_and_takes_what_the_newer_one_wrote(page: Page, studio: User):
    open_composer(page, studio)
    other = page.context.new_page()
    other.goto("/")
    other.get_by_label("Prompt", exact=True).fill("a newer thought")
    settled(other)
    page.get_by_label("Prompt", exact=True).fill("an older thought")
    expect(page.locator("#composer")).to_contain_text("Changed in another tab")
    page.get_by_role("button", name="Take the other one").click()
    expect(page.get_by_label("Prompt", exact=True)).to_have_value("a newer thought")
