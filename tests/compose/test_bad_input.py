"""Every bad input gets its sentence: nothing is written, nothing is charged, and what was typed stands there again."""

import pytest
from django.http import HttpResponse
from django.test import Client

from generations.models import Budget, EngineChoice, Entry, Generation, Team, Upload, User
from tests.cast import client_of
from tests.compose.form import HTMX, PROMPT, filled, prompt, reasons, text, value
from tests.made import sandbox

pytestmark = pytest.mark.django_db

LITE = "apimart/seedream-5.0-lite"
GATEWAY = "gateway/seedream-5.0"
OLD = "gateway/seedream-3.0-t2i"
EDIT = "gateway/seededit-3.0-i2i"
LOGO = "anyfast/seedream-5.0-t2i"
NOWHERE = "0b17026d-de70-4c19-b09f-5f27ace8cdcf"
EXACT = {"ratio": "", "tier": ""}


@pytest.fixture(autouse=True)
def _nothing_remains(db: None):
    yield
    assert not Generation.objects.exists()
    assert not Entry.objects.exists()


def send(user: User, **form: object) -> HttpResponse:
    return client_of(user).post("/generate/", form)


def given(user: User, team: Team, count: int) -> list[str]:
    """References, as hashes."""
    sizes = {"format": "jpeg", "width": 800, "height": 600, "bytes": 90_000}
    uploads = [Upload.objects.create(team=team, user=user, sha256=f"{number:064x}", **sizes) for number in range(1, count + 1)]
    return [upload.sha256 for upload in uploads]


# --- the prompt ---


def test_an_empty_prompt(designer: User):
    for blank in ["", " ", "\n\n\t", "\u200b", "\u3000 \u3000", "\u2060\ufeff"]:
        answer = send(designer, **filled(prompt=blank))
        assert answer.status_code == 422, repr(blank)
        assert reasons(answer) == ["Please describe the image."], repr(blank)


def test_a_prompt_that_is_too_long_keeps_every_letter(designer: User):
    long = "风" * 10_001
    answer = send(designer, **filled(prompt=long))
    assert answer.status_code == 422
    assert reasons(answer) == ["Prompt has 10 001 characters; the limit for Seedream 5.0 Lite is 10 000."]
    assert prompt(answer) == long


def test_nul_in_the_prompt(designer: User):
    answer = send(designer, **filled(prompt="a kite\0 above"))
    assert answer.status_code == 422
    assert "The prompt contains a character that cannot be stored (NUL)." in reasons(answer)


def test_text_that_is_no_text(designer: User):
    for broken in [b"%ED%A0%80", b"%FF%FE", b"caf%E9"]:
        sandbox()
        body = b"prompt=kite+" + broken + b"&images=1"
        answer = client_of(designer).post("/generate/", body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 400, broken
        assert "The request was not valid UTF-8 text." in reasons(answer), broken
        assert prompt(answer).startswith("kite"), broken


def test_broken_text_in_a_form_of_parts(designer: User):
    mark = b"--x\r\nContent-Disposition: form-data; name="
    body = mark + b'"prompt"\r\n\r\nkite \xff\r\n' + mark + b'"images"\r\n\r\n1\r\n--x--\r\n'
    sandbox()
    answer = client_of(designer).post("/generate/", body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 400
    assert "The request was not valid UTF-8 text." in reasons(answer)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_form_that_is_too_large_is_not_even_read(designer: User, headers: dict[str, str]):
    answer = client_of(designer).post("/generate/", filled(prompt="x" * 5_000_000), headers=headers)
    assert answer.status_code == 413
    assert "Form is too large." in text(answer)


def test_more_fields_than_any_form_has(designer: User):
    answer = client_of(designer).post("/generate/", {**filled(), **{f"x{number}": "1" for number in range(1100)}})
    assert answer.status_code == 400
    assert "Too many fields." in text(answer)


def test_braces_are_only_text(designer: User):
    assert prompt(send(designer, **filled(prompt="{{7*7}} {% debug %}", images="0"))) == "{{7*7}} {% debug %}"


def test_markup_is_only_text(designer: User):
    for tricky in ["<script>alert(1)</script>", "</p>", "</textarea>", '"><img src=x onerror=alert(1)>', '<a hx-get="/x">']:
        answer = send(designer, **filled(prompt=f"kite {tricky}", images="0"))
        assert prompt(answer) == f"kite {tricky}", tricky
        assert f"kite {tricky}" not in answer.content.decode(), tricky


# --- the engine ---


def test_an_engine_that_is_not_offered(designer: User):
    for engine in ["", "apimart/none@1", "nonsense", "apimart/seedream-5.0-lite@999", "\0", "@", "x" * 5000]:
        answer = send(designer, **filled(engine=LITE) | {"engine": engine})
        assert answer.status_code == 422, engine[:60]
        gone = "Seedream 5.0 Lite was switched off; pick another."
        assert (gone if engine.startswith("apimart/s") else "This engine is not available.") in reasons(answer), engine[:60]
        assert prompt(answer) == PROMPT, engine[:60]


def test_an_engine_that_was_switched_off_meanwhile(designer: User):
    form = filled()
    EngineChoice.objects.create(account=sandbox(), engine=LITE, enabled=False)
    sandbox(GATEWAY)
    answer = send(designer, **form)
    assert answer.status_code == 422
    assert reasons(answer) == ["Seedream 5.0 Lite was switched off; pick another."]


def test_nothing_is_switched_on_at_all(designer: User):
    form = filled()
    type(sandbox()).objects.update(enabled=False)
    answer = send(designer, **form)
    assert answer.status_code == 422
    assert "No engine is switched on" in text(answer)


# --- the size ---


def test_pixels_below_the_range(designer: User):
    answer = send(designer, **filled(GATEWAY, **EXACT, width="1024", height="1024"))
    assert answer.status_code == 422
    assert reasons(answer) == ["Seedream 5.0 needs at least 3 686 400 pixels; 1024x1024 has 1 048 576."]


SIZES = [
    ("ABC", "DEF"),
    ("-1", "-1"),
    ("0", "0"),
    ("1e9", "1"),
    ("2048X2048", ""),
    ("２０４８", "２０４８"),
    ("2048", ""),
    ("", "2048"),
    ("9" * 30, "1"),
]


def test_pixels_that_are_no_size(designer: User):
    for width, height in SIZES:
        answer = send(designer, **filled(GATEWAY, **EXACT, width=width, height=height))
        assert answer.status_code == 422, (width, height)
        assert reasons(answer) == ["Size must look like 2048x2048."], (width, height)
        assert (value(answer, "width"), value(answer, "height")) == (width, height), (width, height)


def test_a_shape_outside_the_range(designer: User):
    answer = send(designer, **filled(GATEWAY, **EXACT, width="12000", height="400"))
    assert answer.status_code == 422
    assert reasons(answer) == ["Width to height must be from 1:16 to 16:1; 12000x400 is not."]


def test_a_ratio_that_is_not_offered(designer: User):
    answer = send(designer, **filled(ratio="9:21"))
    assert answer.status_code == 422
    assert reasons(answer) == ["Seedream 5.0 Lite offers these ratios: 1:1, 4:3, 3:4, 16:9, 9:16, 3:2, 2:3, 21:9, auto."]


TIERS = [(LITE, "1K", "2K, 3K, 4K"), ("apimart/seedream-4.5", "3K", "2K, 4K"), (GATEWAY, "4K", "2K, 3K"), (GATEWAY, "", "2K, 3K")]


def test_a_resolution_that_is_not_offered(designer: User):
    for engine, tier, offered in TIERS:
        answer = send(designer, **filled(engine, tier=tier, ratio="1:1"))
        assert answer.status_code == 422, (engine, tier, offered)
        assert len(reasons(answer)) == 1, (engine, tier, offered)
        assert reasons(answer)[0].endswith(f" offers {offered}."), (engine, tier, offered)


def test_ratio_and_pixels_both(designer: User):
    answer = send(designer, **filled(GATEWAY, ratio="1:1", width="2048", height="2048"))
    assert answer.status_code == 422
    assert reasons(answer) == ["Choose ratio+resolution or exact pixels, not both."]


# --- how many ---


def test_a_number_of_images_that_is_none(designer: User):
    for images in ["0", "-1", "16", "1.5", "1abc", "", "1" + "0" * 30, "true", "１", "0x1"]:
        answer = send(designer, **filled(images=images))
        assert answer.status_code == 422, images
        assert reasons(answer) == ["Number of images must be 1 to 15."], images
        assert value(answer, "images") == images, images


def test_references_and_images_together(designer: User, team: Team):
    answer = send(designer, **filled(images="5", references=given(designer, team, 12)))
    assert answer.status_code == 422
    assert reasons(answer) == ["References (12) plus images (5) may not exceed 15."]


@pytest.mark.parametrize(
    ("engine", "count", "sentence"),
    [
        (LITE, 15, "Seedream 5.0 Lite takes at most 14 references; you have 15."),
        (EDIT, 2, "SeedEdit 3.0 takes one reference; you have 2."),
        (OLD, 1, "Seedream 3.0 takes no references."),
    ],
)
def test_more_references_than_the_engine_takes(designer: User, team: Team, engine: str, count: int, sentence: str):
    answer = send(designer, **filled(engine, references=given(designer, team, count)))
    assert answer.status_code == 422
    assert sentence in reasons(answer)


def test_an_engine_that_edits_has_nothing_to_edit(designer: User):
    answer = send(designer, **filled(EDIT))
    assert answer.status_code == 422
    assert reasons(answer) == ["This model edits an image; add one reference."]


def test_a_ratio_that_a_reference_decides(designer: User):
    answer = send(designer, **filled(ratio="auto"))
    assert answer.status_code == 422
    assert reasons(answer) == ["Seedream 5.0 Lite takes the ratio from a reference; add one or pick a ratio."]


def test_a_reference_of_another_team(designer: User, stranger: User, other_team: Team):
    answer = send(designer, **filled(references=given(stranger, other_team, 1)))
    assert answer.status_code == 422
    assert reasons(answer) == ["Reference 1 cannot be read; add it again."]


# --- the finer points ---


def test_a_seed_that_is_none(designer: User):
    for seed in ["-2", "2147483648", "x", "1.5", "9" * 40]:
        answer = send(designer, **filled(OLD, seed=seed))
        assert answer.status_code == 422, seed
        assert reasons(answer) == ["Seed must be a whole number from -1 to 2147483647."], seed


def test_guidance_that_is_none(designer: User):
    for guidance in ["0", "11", "NaN", "inf", "1,5", "1e1"]:
        answer = send(designer, **filled(OLD, guidance=guidance))
        assert answer.status_code == 422, guidance
        assert reasons(answer) == ["Guidance must be between 1 and 10."], guidance


def test_a_logo_outside_its_range(designer: User):
    for logo, sentence in [
        ({"logo_opacity": "2"}, "Opacity of the logo must be between 0 and 1."),
        ({"logo_position": "99"}, "Position of the logo must be 0 to 9."),
        ({"logo_language": "x"}, "Language of the logo must be 0 to 9."),
    ]:
        answer = send(designer, **filled(LOGO, **{"logo_position": "1", **logo}))
        assert answer.status_code == 422, logo
        assert reasons(answer) == [sentence], logo


def test_a_format_that_is_not_delivered(designer: User):
    answer = send(designer, **filled(format="webp"))
    assert answer.status_code == 422
    assert reasons(answer) == ["Seedream 5.0 Lite delivers JPEG, PNG."]


def test_a_collection_that_is_gone(designer: User):
    for collection in ["nonsense", NOWHERE]:
        answer = send(designer, **filled(collection=collection))
        assert answer.status_code == 422, collection
        assert reasons(answer) == ["This collection is gone; pick another."], collection


# --- the form itself ---


def test_a_field_sent_twice(designer: User):
    for name in ["engine", "prompt", "images", "key", "tier"]:
        form = filled()
        answer = client_of(designer).post("/generate/", {**form, name: [form[name], "other"]})
        assert answer.status_code == 422, name
        assert f"Field {name} was sent twice." in reasons(answer), name


def test_a_form_without_a_key_gets_one(designer: User):
    for key in ["", "nonsense", "1" * 31]:
        answer = send(designer, **filled(key=key))
        assert answer.status_code == 422, key
        assert reasons(answer) == ["This form had no valid key, so nothing was sent. It has one now: send it again."], key
        assert len(value(answer, "key")) == 36, key


def test_a_budget_that_does_not_reach(designer: User, team: Team):
    EngineChoice.objects.create(account=sandbox(), engine=LITE, price=140_000)
    Budget.objects.create(team=team, hard=300_000)
    answer = send(designer, **filled(images="3"))
    assert answer.status_code == 422
    assert len(reasons(answer)) == 1
    assert reasons(answer)[0].startswith("This would cost about $0.42; $0.30 is left in Studio North's budget until ")


def test_a_request_that_is_not_there_fills_nothing(designer: User):
    for uid in ["nonsense", NOWHERE]:
        assert client_of(designer).get("/", {"from": uid}).status_code == 404, uid


def test_all_that_is_wrong_is_said_at_once(designer: User):
    answer = send(designer, **filled(prompt=" ", images="99", tier="9K"))
    assert len(reasons(answer)) == 3


def test_a_stranger_to_the_studio_sends_nothing():
    assert Client().post("/generate/", filled()).status_code == 401
