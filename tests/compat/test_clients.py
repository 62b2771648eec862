"""Programs as people write them for these providers, against the real studio: only its address and their key are new to them."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image as Picture

from tests.compat.program import LITE, drawing
from tests.servers.studio import Crew, Shared

pytestmark = pytest.mark.stack

PATIENCE, PAUSE = 120, 0.2


class Shop:
    """How such programs talk: submit, ask until it is over, download."""

    def __init__(self, studio: Shared, token: str) -> None:
        self.http = httpx.Client(base_url=f"{studio.address}/compat", headers={"Authorization": token}, timeout=PATIENCE, trust_env=False)

    def submit_apimart(self, **body: Any) -> Any:
        key = {"Idempotency-Key": body.pop("key")} if "key" in body else {}
        return fine(self.http.post("/apimart/v1/images/generations", json=LITE | body, headers=key))

    def ask_apimart(self, task: str) -> Any:
        data = self.http.get(f"/apimart/v1/tasks/{task}", params={"language": "en"}).raise_for_status().json()["data"]
        return data if data["status"] in ("completed", "failed", "cancelled") else None

    def ask_tensorslab(self, task: str) -> Any:
        data = self.http.post("/tensorslab/v1/images/infobytaskid", json={"taskid": task}).raise_for_status().json()["data"]
        return data if data["image_status"] in (3, 4) else None

    def load(self, links: list[str]) -> list[Picture.Image]:
        """With no key: an address is enough."""
        return [Picture.open(BytesIO(httpx.get(link, trust_env=False, timeout=PATIENCE).raise_for_status().content)) for link in links]


@pytest.fixture
def shop(studio: Shared, crew: Crew) -> Iterator[Shop]:
    shop = Shop(studio, f"Bearer {crew.token}")
    yield shop
    shop.http.close()


def fine(answer: httpx.Response) -> httpx.Response:
    assert answer.is_success, answer.text
    assert answer.json().get("code", 200) in (200, 1000), answer.text
    return answer


def over(ask: Callable[[], Any]) -> Any:
    until = time.monotonic() + PATIENCE
    while (found := ask()) is None:
        assert time.monotonic() < until
        time.sleep(PAUSE)
    return found


def bought(studio: Shared, answer: httpx.Response) -> int:
    """Calls that the provider took on which ask for the same as this one."""
    attempts = "SELECT a.task, g.uid FROM generations_attempt a JOIN generations_generation g ON g.id = a.generation_id"
    tasks = {task for task, uid in studio.rows(attempts) if UUID(str(uid)) == UUID(answer.headers["X-Generation"])}
    ledger = studio.ledger
    digests = {line["digest"] for line in ledger if line["task"] in tasks}
    return sum(line["digest"] in digests for line in ledger)


def test_an_apimart_program_polls_until_its_pictures_are_there(studio: Shared, shop: Shop) -> None:
    submitted = shop.submit_apimart(prompt=f"two kites {uuid4()}", n=2, size="16:9", output_format="png", key=f"order-{uuid4()}")
    task = submitted.json()["data"][0]["task_id"]
    done = over(lambda: shop.ask_apimart(task))
    assert (done["status"], done["model"]) == ("completed", "doubao-seedream-5-0-lite")
    (shown,) = done["result"]["images"]
    assert [(one.format, one.size) for one in shop.load(shown["url"])] == [("PNG", (2848, 1600))] * 2
    assert bought(studio, submitted) == 1


def test_an_apimart_program_that_tries_again_buys_once(studio: Shared, shop: Shop) -> None:
    body = {"prompt": f"one kite {uuid4()}", "key": f"order-{uuid4()}"}
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _try: shop.submit_apimart(**body), range(4)))
    (task,) = {answer.json()["data"][0]["task_id"] for answer in answers}
    assert over(lambda: shop.ask_apimart(task))["status"] == "completed"
    assert shop.submit_apimart(**body).headers["Idempotency-Replayed"] == "true"
    assert bought(studio, answers[0]) == 1


def test_an_apimart_program_leaves_its_references_first(studio: Shared, shop: Shop) -> None:
    left = shop.http.post("/apimart/v1/uploads/images", files={"file": ("kite.png", drawing(), "image/png")}).raise_for_status().json()
    (kept,) = shop.load([left["url"]])
    submitted = shop.submit_apimart(prompt=f"the same at night {uuid4()}", image_urls=[left["url"]], size="auto")
    done = over(lambda: shop.ask_apimart(submitted.json()["data"][0]["task_id"]))
    assert (kept.size, done["status"]) == ((640, 480), "completed")
    assert bought(studio, submitted) == 1


def test_a_tensorslab_program_sends_files_and_a_naked_key(studio: Shared, crew: Crew, shop: Shop) -> None:
    shop.http.headers["Authorization"] = crew.token
    form = {"category": "seedreamv45", "prompt": f"image 2 in the style of image 1 {uuid4()}", "batchsize": "2", "resolution": "2K"}
    files = [("sourceImage", (f"{colour}.png", drawing(colour), "image/png")) for colour in ("coral", "teal")]
    submitted = fine(shop.http.post("/tensorslab/v1/images/seedreamv45", data=form, files=files))
    done = over(lambda: shop.ask_tensorslab(submitted.json()["data"]["taskid"]))
    assert (done["image_status"], done["category"]) == (3, "seedreamv45")
    assert [one.size for one in shop.load(done["url"])] == [(done["width"], done["height"])] * 2
    assert bought(studio, submitted) == 1


def test_a_tensorslab_program_that_sends_the_same_again_wants_another(studio: Shared, shop: Shop) -> None:
    form = {"prompt": (None, f"a kite {uuid4()}"), "resolution": (None, "2K")}
    first, second = (fine(shop.http.post("/tensorslab/v1/images/seedreamv5", files=form)) for _time in range(2))
    for answer in (first, second):
        assert over(lambda answer=answer: shop.ask_tensorslab(answer.json()["data"]["taskid"]))["image_status"] == 3
    assert bought(studio, first) == 2


def test_an_anyfast_program_waits_in_one_long_call(studio: Shared, shop: Shop) -> None:
    body = {"model": "doubao-seedream-5-0-260128", "prompt": f"a kite {uuid4()}", "size": "2848x1600", "watermark": False}
    found = fine(shop.http.post("/anyfast/v1/images/generations", json=body)).json()
    assert (found["model"], found["usage"]["generated_images"]) == (body["model"], 1)
    assert [one["size"] for one in found["data"]] == ["2848x1600"]
    assert [one.size for one in shop.load([one["url"] for one in found["data"]])] == [(2848, 1600)]


def test_a_refused_prompt_ends_in_the_dialects_words(shop: Shop) -> None:
    task = shop.submit_apimart(prompt=f"a kite {uuid4()} [drill:prompt-refused]").json()["data"][0]["task_id"]
    told = over(lambda: shop.ask_apimart(task))
    assert (told["status"], told["error"]["message"].count("Nothing was charged")) == ("failed", 1)
