"""From the form to the queue: once, whole, and never for somebody who may not."""

from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse

from generations.models import Budget, Collection, EngineChoice, Entry, Generation, Status, Team, Upload, User
from tests.cast import client_of
from tests.compose.form import HTMX, PROMPT, filled, prompt, reasons, text, value
from tests.made import ENGINE, made, sandbox

pytestmark = pytest.mark.django_db

THREE = "A red kite\n\n  Two koi from above \r\nA tea tin\n"


def send(user: User, form: dict[str, object], **headers: str) -> HttpResponse:
    return client_of(user).post("/generate/", form, headers=headers)


def priced(price: int = 35_000) -> None:
    EngineChoice.objects.create(account=sandbox(), engine=ENGINE, price=price)


# --- one request ---


def test_what_was_chosen_is_what_is_queued(designer: User, team: Team):
    answer = send(designer, filled(images="4", ratio="16:9", tier="3K", format="png"))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    generation = Generation.objects.get()
    asked = generation.asked()
    assert (generation.status, generation.user, generation.team, generation.private) == (Status.QUEUED, designer, team, False)
    assert (asked.prompt, asked.images, asked.ratio, asked.tier, asked.format) == (PROMPT, 4, "16:9", "3K", "png")
    assert (generation.width, generation.height, generation.account) == (4096, 2304, sandbox())


def test_exact_pixels_are_asked_for_as_pixels(designer: User):
    send(designer, filled("gateway/seedream-5.0", ratio="", tier="2K", width="2100", height="2000"))
    asked = Generation.objects.get().asked()
    assert (str(asked.size), asked.ratio, asked.tier) == ("2100x2000", "", "")


def test_the_finer_points_travel_along(designer: User):
    send(designer, filled("gateway/seedream-3.0-t2i", seed=" 42 ", guidance="3.5", watermark="on"))
    asked = Generation.objects.get().asked()
    assert (asked.seed, asked.guidance, asked.watermark) == (42, 3.5, True)


def test_references_go_in_their_order(designer: User, team: Team):
    sizes = {"format": "jpeg", "width": 800, "height": 600, "bytes": 90_000}
    hashes = [Upload.objects.create(team=team, user=designer, sha256=letter * 64, **sizes).sha256 for letter in "ab"]
    send(designer, filled(references=hashes[::-1]))
    assert [one.upload.sha256 for one in Generation.objects.get().references.all()] == hashes[::-1]


def test_line_breaks_of_browsers_are_one_character(designer: User):
    send(designer, filled(prompt="one\r\ntwo"))
    assert Generation.objects.get().prompt == "one\ntwo"


def test_characters_of_every_kind_arrive_whole(designer: User):
    rare = "👩‍👩‍👧 𠮷野家 ﷽ e\u0301 \u202eabc\x1b[31m"
    send(designer, filled(prompt=rare))
    assert Generation.objects.get().prompt == rare


def test_the_worst_case_is_held(designer: User):
    priced()
    send(designer, filled(images="4"))
    assert (Generation.objects.get().held, Entry.objects.get().amount) == (140_000, 140_000)


def test_what_is_wished_for_beside_it_is_ignored(designer: User, stranger: User, other_team: Team):
    send(designer, filled(user_id=stranger.pk, team=other_team.pk, status="done", cost="0", is_approved="1", held="0"))
    generation = Generation.objects.get()
    assert (generation.user, generation.team.slug, generation.status) == (designer, "north", Status.QUEUED)


def test_a_private_request_is_private(designer: User):
    send(designer, filled(private="on"))
    assert Generation.objects.get().private


def test_its_images_go_into_the_collection(designer: User, team: Team):
    spring = Collection.objects.create(team=team, user=designer, name="Spring")
    send(designer, filled(collection=spring.uid))
    assert Generation.objects.get().collection == spring


def test_nobodys_private_collection_is_reached(designer: User, admin: User, team: Team):
    hers = Collection.objects.create(team=team, user=admin, name="Mine", private=True)
    answer = send(designer, filled(collection=hers.uid))
    assert (answer.status_code, reasons(answer)) == (422, ["This collection is gone; pick another."])


def test_it_remembers_what_it_was_filled_from(designer: User, team: Team):
    first = made(designer, team)
    send(designer, filled(parent=first.uid))
    assert Generation.objects.latest("pk").parent == first


def test_a_stranger_is_no_parent(designer: User, stranger: User, other_team: Team):
    theirs = made(stranger, other_team)
    send(designer, filled(parent=theirs.uid))
    assert Generation.objects.latest("pk").parent is None


# --- the answer ---


def test_htmx_gets_the_composer_again_with_a_new_key(designer: User):
    form = filled()
    answer = send(designer, form, **HTMX)
    assert (answer.status_code, answer["HX-Trigger"]) == (200, "feed:changed")
    assert prompt(answer) == PROMPT
    assert value(answer, "key") != form["key"]
    assert "<html" not in text(answer)


def test_htmx_gets_the_reasons_with_422(designer: User):
    answer = send(designer, filled(images="99"), **HTMX)
    assert (answer.status_code, reasons(answer)) == (422, ["Number of images must be 1 to 15."])
    assert 'aria-invalid="true"' in text(answer)
    assert "HX-Trigger" not in answer


def test_without_htmx_the_whole_page_comes_back(designer: User):
    answer = send(designer, filled(images="99"))
    assert "<html" in text(answer)
    assert prompt(answer) == PROMPT


# --- once ---


def test_a_form_sent_twice_is_one_request(designer: User):
    form = filled()
    assert [send(designer, form).status_code for _time in range(3)] == [302, 302, 302]
    assert Generation.objects.count() == 1


def test_a_form_sent_with_other_settings_is_refused(designer: User):
    form = filled()
    send(designer, form)
    answer = send(designer, {**form, "prompt": "Two koi"})
    assert answer.status_code == 409
    assert reasons(answer) == ["This form was already sent with other settings. Open a fresh form."]
    assert (prompt(answer), Generation.objects.count()) == ("Two koi", 1)
    assert value(answer, "key") != form["key"]


def test_a_key_that_somebody_else_has_sent_is_none(designer: User, reviewer: User):
    """Row 28."""
    form = filled()
    send(reviewer, form)
    answer = send(designer, form)
    assert answer.status_code == 422
    assert reasons(answer) == ["This form had no valid key, so nothing was sent. It has one now: send it again."]
    assert (prompt(answer), Generation.objects.count()) == (PROMPT, 1)
    assert send(designer, {**form, "key": value(answer, "key")}).status_code == 302
    assert Generation.objects.filter(user=designer).count() == 1


# --- who ---


def test_a_viewer_sends_nothing(viewer: User):
    answer = send(viewer, filled())
    assert (answer.status_code, Generation.objects.count()) == (403, 0)


def test_a_viewer_is_told_so_instead_of_a_form(viewer: User):
    sandbox()
    page = text(client_of(viewer).get("/"))
    assert "ask a team administrator for the role of designer" in page
    assert 'id="compose"' not in page


@pytest.mark.parametrize("path", ["/composer/", "/templates/", "/prompts/"])
def test_a_viewer_reaches_nothing_of_it(viewer: User, path: str):
    method = client_of(viewer).post if path == "/composer/" else client_of(viewer).get
    assert method(path).status_code == 403


# --- many at once ---


def test_a_batch_asks_first(designer: User):
    priced()
    answer = send(designer, filled(prompt=THREE, batch="on", images="4"))
    assert answer.status_code == 200
    assert "3 prompts × 4 = 12 images, $0.42" in text(answer)
    assert Generation.objects.count() == 0


def agreed(user: User, **changes: object) -> dict[str, object]:
    form = filled(prompt=THREE, batch="on", images="4", **changes)
    page = text(send(user, form))
    return {**form, "agreed": page.partition('name="agreed" value="')[2].partition('"')[0]}


def test_a_batch_that_was_agreed_to_is_queued_line_by_line(designer: User):
    assert send(designer, agreed(designer)).status_code == 302
    rows = Generation.objects.order_by("pk")
    assert [row.prompt for row in rows] == ["A red kite", "Two koi from above", "A tea tin"]
    assert len({row.batch for row in rows}) == 1
    assert len({row.request_key for row in rows}) == 3


def test_a_batch_sent_twice_is_one_batch(designer: User):
    form = agreed(designer)
    assert [send(designer, form).status_code for _time in range(2)] == [302, 302]
    assert Generation.objects.count() == 3


def test_a_batch_whose_price_changed_asks_again(designer: User):
    priced()
    form = agreed(designer)
    EngineChoice.objects.update(price=70_000)
    assert "12 images, $0.84" in text(send(designer, form))
    assert Generation.objects.count() == 0


def test_a_batch_that_grew_asks_again(designer: User):
    form = agreed(designer)
    assert "4 prompts × 4 = 16 images" in text(send(designer, {**form, "prompt": f"{THREE}\nOne more"}))
    assert Generation.objects.count() == 0


def test_a_batch_beyond_the_budget_queues_none_of_it(designer: User, team: Team):
    priced()
    Budget.objects.create(team=team, hard=300_000)
    answer = send(designer, filled(prompt=THREE, batch="on", images="4"))
    assert (answer.status_code, Generation.objects.count()) == (422, 0)
    assert reasons(answer)[0].startswith("This would cost about $0.42; $0.30 is left")


def test_a_line_that_is_wrong_is_named(designer: User):
    answer = send(designer, filled(prompt=f"A kite\n{'x' * 10_001}", batch="on"))
    assert answer.status_code == 422
    assert reasons(answer) == ["Line 2: Prompt has 10 001 characters; the limit for Seedream 5.0 Lite is 10 000."]


def test_a_batch_of_one_line_needs_no_question(designer: User):
    assert send(designer, filled(prompt="A kite\n", batch="on")).status_code == 302
    assert (Generation.objects.get().prompt, Generation.objects.get().batch) == ("A kite", None)


def test_a_batch_has_an_end(designer: User):
    answer = send(designer, filled(prompt="kite\n" * 101, batch="on"))
    assert (answer.status_code, reasons(answer)) == (422, ["A batch takes at most 100 prompts; these are 101."])


def test_one_of_a_batch_used_up_the_key(designer: User):
    """Back in the browser, the batch switched off: it is another request, and says so."""
    form = agreed(designer)
    send(designer, form)
    assert send(designer, {**form, "batch": ""}).status_code == 409


def test_keys_of_a_batch_are_its_own(designer: User):
    form = agreed(designer)
    send(designer, form)
    assert UUID(str(form["key"])) in set(Generation.objects.values_list("request_key", flat=True))
    assert send(designer, {**form, "key": str(uuid4())}).status_code == 302
    assert Generation.objects.count() == 6
