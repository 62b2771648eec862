"""The composer says what it would do before it does it: engines, choices, price, what is wrong, what will be sent."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generations.models import Budget, Draft, EngineChoice, Gate, Generation, ProviderAccount, Purse, Status, Team, Upload, User
from generations.models.money import this_month
from tests.cast import client_of
from tests.compose.form import HTMX, PROMPT, filled, prompt, reasons, text, value
from tests.made import ENGINE, asked, made, sandbox

pytestmark = pytest.mark.django_db

GATEWAY = "gateway/seedream-5.0"
OLD = "gateway/seedream-3.0-t2i"
EDIT = "gateway/seededit-3.0-i2i"


def refresh(user: User, form: dict[str, object]) -> HttpResponse:
    return client_of(user).post("/composer/", form, headers=HTMX)


def pick(user: User, form: dict[str, object], engine: str, **more: object) -> HttpResponse:
    return refresh(user, {**form, "pick": f"{engine}@{sandbox(engine).pk}", **more})


def home(user: User, **query: object) -> HttpResponse:
    return client_of(user).get("/", query)


def given(user: User, team: Team, count: int) -> list[str]:
    sizes = {"format": "jpeg", "width": 800, "height": 600, "bytes": 90_000}
    return [Upload.objects.create(team=team, user=user, sha256=f"{number:064x}", **sizes).sha256 for number in range(1, count + 1)]


# --- how it begins ---


def test_it_begins_with_an_engine_that_needs_no_picture(designer: User):
    sandbox(EDIT)
    page = home(designer)
    assert value(page, "engine") == f"{GATEWAY}@{sandbox(EDIT).pk}"


def test_a_real_account_is_offered_before_the_sandbox(designer: User):
    sandbox("tensorslab/seedream-4.5")
    real = ProviderAccount.objects.create(name="Ours", dialect="apimart", address="https://api.example.com")
    assert value(home(designer), "engine") == f"{ENGINE}@{real.pk}"


def test_without_any_engine_it_says_who_can_help(designer: User, owner: User):
    assert "A site administrator adds provider accounts." in text(home(designer))
    assert "/administration/" in text(home(owner))


def test_a_first_run_offers_three_ways_to_begin(designer: User):
    sandbox()
    page = text(home(designer))
    assert all(way in page for way in ["Try it in the sandbox", "Start from a template", "Start from a reference"])


def test_whoever_has_requests_is_not_welcomed_again(designer: User, team: Team):
    made(designer, team)
    assert "Start from a template" not in text(home(designer))


# --- live figures ---


def test_the_total_is_the_worst_case(designer: User):
    EngineChoice.objects.create(account=sandbox(), engine=ENGINE, price=35_000)
    page = text(refresh(designer, filled(images="4")))
    assert '<span class="total">$0.14</span>' in page
    assert "4 × $0.035" in page


def test_what_is_left_of_the_budget_stands_beside_it(designer: User, team: Team):
    Budget.objects.create(team=team, hard=31_200_000)
    assert 'budget left <b class="strong">$31.20</b>' in text(refresh(designer, filled()))


def test_a_budget_that_runs_low_says_so(designer: User, team: Team):
    Budget.objects.create(team=team, soft=1, hard=31_200_000)
    assert "budget left" in text(refresh(designer, filled()))
    Purse.objects.create(team=team, month=this_month(), spent=30_000_000)
    assert 'running low, <b class="strong">$1.20</b> left' in text(refresh(designer, filled()))


def test_an_engine_without_a_price_says_so(designer: User):
    EngineChoice.objects.create(account=sandbox(), engine=GATEWAY, price=None)
    ProviderAccount.objects.update(sandbox=False, address="https://gateway.example.com")
    account = ProviderAccount.objects.create(name="Ours", dialect="gateway", address="https://gateway.example.com")
    page = text(refresh(designer, {**filled(GATEWAY), "engine": f"{GATEWAY}@{account.pk}"}))
    assert "no price set" in page


def test_the_exact_pixels_stand_over_the_resolution(designer: User):
    assert "2848\xa0×\xa01600" in text(refresh(designer, filled(ratio="16:9")))


def test_references_and_images_are_counted_together(designer: User, team: Team):
    page = text(refresh(designer, filled(images="4", references=given(designer, team, 3))))
    assert "refs 3 + images 4 =" in page
    assert "7 of 15" in page


def test_every_reason_is_listed_before_anybody_clicks(designer: User):
    answer = refresh(designer, filled(prompt="", images="0"))
    assert reasons(answer) == ["Please describe the image.", "Number of images must be 1 to 15."]
    assert 'aria-invalid="true"' not in text(answer)
    assert 'aria-disabled="true" aria-describedby="reasons"' in text(answer)


def test_nothing_is_off_when_nothing_is_wrong(designer: User):
    answer = refresh(designer, filled())
    assert reasons(answer) == []
    assert 'id="go">' in text(answer)


def test_a_batch_is_multiplied(designer: User):
    assert "2 prompts × 4 = 8 images" in text(refresh(designer, filled(prompt="A kite\nA koi", batch="on", images="4")))


def test_a_long_prompt_is_measured_against_the_limit(designer: User):
    assert "36 characters" in text(refresh(designer, filled()))
    assert "9 000 of 10 000 characters" in text(refresh(designer, filled(prompt="x" * 9000)))


def test_the_key_stays_while_somebody_writes(designer: User):
    form = filled()
    assert value(refresh(designer, form), "key") == form["key"]


def test_a_key_that_started_something_is_replaced(designer: User):
    form = filled()
    client_of(designer).post("/generate/", form)
    assert value(refresh(designer, form), "key") != form["key"]


def test_a_refresh_asks_the_database_little(designer: User, team: Team, django_assert_max_num_queries):
    form, client = filled(references=given(designer, team, 3)), client_of(designer)
    client.post("/composer/", form, headers=HTMX)
    with django_assert_max_num_queries(20):
        client.post("/composer/", form, headers=HTMX)


def test_opening_it_reads_once_what_is_switched_on(designer: User):
    sandbox()
    with CaptureQueriesContext(connection) as found:
        home(designer)
    read = [query["sql"] for query in found if 'FROM "generations_enginechoice"' in query["sql"]]
    assert len(read) == 1


# --- the menu ---


def row(page: str, name: str) -> str:
    return next(one for one in page.split('role="menuitemradio"')[1:] if name in one).split("</button>")[0]


def test_an_engine_that_cannot_take_the_references_says_why(designer: User, team: Team):
    sandbox(EDIT)
    found = row(text(refresh(designer, filled(references=given(designer, team, 3)))), "SeedEdit 3.0")
    assert "Takes exactly 1 reference, you have 3" in found
    assert 'aria-disabled="true"' in found


def test_an_engine_that_needs_a_reference_can_be_picked_first(designer: User):
    sandbox(EDIT)
    found = row(text(refresh(designer, filled())), "SeedEdit 3.0")
    assert "Takes exactly 1 reference, you have none" in found
    assert 'name="pick"' in found


def test_an_account_that_rests_says_until_when(designer: User):
    Gate.objects.create(account=sandbox(), closed_until=timezone.now() + timedelta(minutes=1))
    assert "Too much went wrong at Sandbox apimart; the next try is at" in row(text(refresh(designer, filled())), "Seedream 4.5")


def test_the_usual_time_is_the_studios_own(designer: User, team: Team):
    now = timezone.now()
    for seconds in (12, 14, 90):
        made(designer, team, sent_at=now, finished_at=now + timedelta(seconds=seconds))
    assert "usually 14 s" in text(refresh(designer, filled()))


def test_too_few_generations_say_nothing_about_time(designer: User, team: Team):
    made(designer, team, sent_at=timezone.now(), finished_at=timezone.now() + timedelta(seconds=3))
    assert "usually 40 s" in text(refresh(designer, filled()))


def test_switched_off_engines_are_not_in_it(designer: User):
    EngineChoice.objects.create(account=sandbox(), engine="apimart/seedream-4.5", enabled=False)
    assert "Seedream 4.5" not in text(refresh(designer, filled()))


# --- another engine ---


def test_another_engine_keeps_what_fits(designer: User):
    answer = pick(designer, filled(ratio="16:9", tier="2K", images="4", format="png"), GATEWAY)
    assert [value(answer, name) for name in ("ratio", "tier", "images", "format")] == ["16:9", "2K", "4", "png"]
    assert 'name="undo"' not in text(answer)


def test_what_does_not_fit_is_said(designer: User):
    for engine, form, onto, sentence in [
        (OLD, {"seed": "42"}, GATEWAY, "Seed 42 left out: this engine does not take it."),
        (OLD, {"guidance": "5"}, ENGINE, "Guidance 5 left out: this engine does not take it."),
        (OLD, {"watermark": "on"}, "tensorslab/seedream-4.5", "Watermark left out: this engine has no such choice."),
        (GATEWAY, {"format": "png"}, OLD, "PNG left out: this engine delivers one format."),
        (GATEWAY, {"images": "4"}, OLD, "Images: 4 became 1."),
        (ENGINE, {"ratio": "3:2", "tier": "4K"}, GATEWAY, "Size 3:2 4K became 3:2 3K."),
        (GATEWAY, {"ratio": "", "tier": "", "width": "2100", "height": "2000"}, ENGINE, "Size 2100 × 2000 became 1:1 2K."),
        ("anyfast/seedream-5.0-t2i", {"logo_position": "1"}, GATEWAY, "Logo left out: this engine does not draw one."),
        ("anyfast/seedream-5.0-t2i", {"web_search": "on"}, GATEWAY, "Web search left out: this engine does not do it."),
    ]:
        assert sentence in text(pick(designer, filled(engine, **form), onto)), sentence


def test_undo_brings_engine_and_choices_back(designer: User):
    changed = pick(designer, filled(OLD, seed="42", guidance="5"), GATEWAY)
    back = refresh(designer, {**filled(GATEWAY), "before": value(changed, "before"), "prompt": "Written since", "undo": "on"})
    assert value(back, "engine") == f"{OLD}@{sandbox(OLD).pk}"
    assert (value(back, "seed"), value(back, "guidance"), prompt(back)) == ("42", "5", "Written since")


def test_the_note_outlives_the_next_letter(designer: User):
    changed = pick(designer, filled(OLD, seed="42"), GATEWAY)
    later = refresh(designer, {**filled(GATEWAY), "before": value(changed, "before")})
    assert "Seed 42 left out" in text(later)


MEMORIES = ["", "nonsense", "[]", '{"note": 1, "form": 2}', '{"note": "x", "form": {"engine": [1], "images": null}}']
HALF = '{"note": "\\ud800", "form": {"prompt": "kite \\ud800\\u0000", "references": ["\\ud800"]}}'


@pytest.mark.parametrize("before", [*MEMORIES, HALF])
def test_a_memory_that_is_none_does_no_harm(designer: User, before: str):
    assert refresh(designer, filled(before=before, undo="on")).status_code == 200


def test_without_htmx_a_click_on_an_engine_draws_the_page(designer: User):
    page = client_of(designer).post("/composer/", {**filled(OLD, seed="42"), "pick": f"{ENGINE}@{sandbox().pk}"})
    assert "<html" in text(page)
    assert "Seed 42 left out" in text(page)
    assert "<html" in text(client_of(designer).get("/composer/", follow=True))


# --- what will be sent ---


def test_the_real_call_is_shown(designer: User):
    page = text(refresh(designer, filled(GATEWAY, ratio="16:9", images="4")))
    assert '"size": "2848x1600"' in page
    assert "/gateway/v1/images/generations" in page


def fate(page: str, name: str) -> str:
    return page.split(f"<code>{name}</code>")[1].split("</tr>")[0]


def test_every_field_says_what_becomes_of_it(designer: User):
    page = text(refresh(designer, filled(images="4", seed="42")))
    assert "kept" in fate(page, "prompt")
    assert "kept, from images" in fate(page, "n")
    assert "kept, from ratio" in fate(page, "size")
    assert "not supported there, left out" in fate(page, "seed")


def test_pictures_are_named_and_never_opened(designer: User, team: Team):
    page = text(refresh(designer, filled(references=given(designer, team, 2))))
    assert "2 references, in your order" in fate(page, "image_urls")


def test_what_the_provider_does_anyway_is_kept(designer: User):
    page = text(refresh(designer, filled("apimart/seedream-4.5", format="jpeg")))
    assert "kept, it is the default there" in fate(page, "format")


# --- drafts ---


def test_what_was_written_is_there_again(designer: User):
    refresh(designer, filled(prompt="half a thought", images="3", private="on"))
    page = home(designer)
    assert (prompt(page), value(page, "images")) == ("half a thought", "3")
    assert "Draft saved" in text(page)


def test_everybody_has_a_draft_of_their_own(designer: User, admin: User):
    refresh(designer, filled(prompt="mine"))
    assert prompt(home(admin)) == ""


def test_an_unchanged_draft_is_not_written_again(designer: User):
    form = filled()
    refresh(designer, form)
    first = Draft.objects.get().saved_at
    refresh(designer, form)
    assert Draft.objects.get().saved_at == first


def test_clearing_leaves_the_engine_and_can_be_undone(designer: User):
    form = filled(OLD, prompt="half a thought", seed="42", ratio="3:2")
    cleared = refresh(designer, {**form, "clear": "on"})
    assert (prompt(cleared), value(cleared, "seed"), value(cleared, "engine")) == ("", "", form["engine"])
    back = refresh(designer, {**filled(OLD, prompt=""), "before": value(cleared, "before"), "undo": "on"})
    assert (prompt(back), value(back, "seed"), value(back, "ratio")) == ("half a thought", "42", "3:2")


def test_a_draft_survives_its_engine(designer: User):
    refresh(designer, filled(OLD, prompt="kept", seed="42"))
    EngineChoice.objects.create(account=sandbox(OLD), engine=OLD, enabled=False)
    page = home(designer)
    assert prompt(page) == "kept"
    assert "Seedream 3.0 is not offered there any more. In its place:" in text(page)


def test_a_sent_prompt_stays_for_the_next_try(designer: User):
    client_of(designer).post("/generate/", filled())
    assert prompt(home(designer)) == PROMPT


# --- reuse ---


def test_all_of_a_request_fills_the_form(designer: User, team: Team):
    given(designer, team, 1)
    first = made(designer, team, request=asked("Two koi", OLD, images=1, seed=42, guidance=3.5, ratio="3:2"))
    page = home(designer, **{"from": first.uid, "what": "all"})
    found = [value(page, name) for name in ("engine", "ratio", "seed", "guidance", "parent")]
    assert (prompt(page), found) == ("Two koi", [f"{OLD}@{sandbox(OLD).pk}", "3:2", "42", "3.5", str(first.uid)])


@pytest.mark.parametrize(("what", "kept"), [("prompt", ("Two koi", "1:1")), ("size", (PROMPT, "3:2")), ("references", (PROMPT, "1:1"))])
def test_a_part_of_a_request_leaves_the_rest(designer: User, team: Team, what: str, kept: tuple[str, str]):
    refresh(designer, filled())
    page = home(designer, **{"from": made(designer, team, request=asked("Two koi", ratio="3:2")).uid, "what": what})
    assert (prompt(page), value(page, "ratio")) == kept


def test_reuse_can_be_undone(designer: User, team: Team):
    refresh(designer, filled(prompt="half a thought"))
    page = home(designer, **{"from": made(designer, team).uid})
    back = refresh(designer, {**filled(), "before": value(page, "before"), "undo": "on"})
    assert prompt(back) == "half a thought"


def test_where_the_engine_is_gone_its_successor_is_offered(designer: User, team: Team):
    ending = "ark/seedream-4.5"
    first = made(designer, team, request=asked("Two koi", ending, tier="4K", ratio="1:1"))
    EngineChoice.objects.create(account=sandbox(ending), engine=ending, enabled=False)
    page = home(designer, **{"from": first.uid})
    assert value(page, "engine").startswith("ark/seedream-5.0-pro@")
    assert "Seedream 4.5 is not offered there any more. In its place: Seedream 5.0 Pro, Sandbox ark." in text(page)
    assert "Size 1:1 4K became 1:1 2K." in text(page)


def test_a_request_whose_engine_nobody_knows_still_fills_the_form(designer: User, team: Team):
    first = made(designer, team)
    Generation.objects.update(request={**first.request, "engine": "apimart/seedream-2.0"})
    page = home(designer, **{"from": first.uid})
    assert (page.status_code, prompt(page)) == (200, PROMPT)
    assert value(page, "engine").startswith("apimart/")


def test_others_requests_fill_nothing(designer: User, admin: User, stranger: User, team: Team, other_team: Team):
    for hidden in (made(stranger, other_team), made(admin, team, private=True)):
        assert home(designer, **{"from": hidden.uid}).status_code == 404


def test_looking_fills_nothing_in_for_good(designer: User, team: Team):
    home(designer, **{"from": made(designer, team).uid})
    assert not Draft.objects.exists()
    assert Generation.objects.filter(status=Status.QUEUED).count() == 0


def test_a_new_composer_begins_with_pixels_that_are_known(designer: User):
    sandbox("tensorslab/seedream-5.0-lite")  # whose own default is to choose itself
    page = client_of(designer).get("/")
    assert (value(page, "ratio"), value(page, "tier")) == ("1:1", "2K")
    assert '<span class="hint" id="pixels">2048\xa0×\xa02048</span>' in text(page)
