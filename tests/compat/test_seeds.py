"""The requests printed in the documents that the product was asked for run unchanged: only host and token are the studio's.

Where a document prints no whole request, it is put together from the examples and defaults of its fields, and sent over the wire by curl
and by Python. Links in them lead out into the world, which stands on this machine here: names and certificates are the tests', the way
out is the product's own.
"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests
from django.http import HttpResponse

from generations.compat.task import STYLES
from generations.dialects.outcome import Finished
from generations.models import Generation, Team, User
from generations.uploading import links
from tests.compat.program import Program, drawing, live, read, started, task_of
from tests.made import sandbox
from tests.pipeline.steps import Steps
from tests.providers.papers import Authority
from tests.providers.server import Server, World, say
from tests.servers.studio import Crew, Shared

SEEDS = Path(__file__).parent / "seeds"
LINK = re.compile(r"https://(?:example\.com|ark-project\.tos-cn-beijing\.volces\.com)/[^\"]*")
PATIENCE = 120  # seconds, for a busy machine
OWN = "doubao-seedream-5-0-260128"
HOSTS = {"example.com": "93.184.216.34", "ark-project.tos-cn-beijing.volces.com": "93.184.216.35"}
ENGINES = (
    *("tensorslab/seedream-4.5", "apimart/seedream-5.0-lite", "anyfast/seedream-5.0"),
    *("gateway/seedream-5.0", "gateway/seedream-3.0-t2i", "gateway/seededit-3.0-i2i"),
)


def printed(number: str) -> list[Any]:
    return list(json.loads((SEEDS / f"{number}.json").read_text()))


@pytest.fixture
def program(designer: User, team: Team) -> Program:
    for engine in ENGINES:
        sandbox(engine)
    return Program(designer, team)


@pytest.fixture
def outside(world: World, authority: Authority, serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch) -> World:
    """The hosts that the documents name, each with a picture at every address."""
    picture = say(200, drawing(size=(800, 600)).read(), content_type="image/png")
    for host, address in HOSTS.items():
        world.names[host] = [address]
        world.servers[address] = serve(picture, context=authority.context(host))
    monkeypatch.setattr(links, "RULES", world.rules())
    return world


# --- 000 and 001: forms ---


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["000", "001"])
def test_the_forms_of_tensorslab(number: str, program: Program, outside: World, driver: Steps) -> None:
    tasks = {example["name"]: task_of(sent(example, program)) for example in printed(number)}
    live(driver)  # all of them at once
    for name, task in tasks.items():
        assert isinstance(read("tensorslab", task, program.ask("tensorslab", task)), Finished), name


def sent(example: dict[str, Any], program: Program) -> HttpResponse:
    files = [drawing(colour) for colour in ("coral", "teal")[: example.get("files", 0)]]
    answer = program.send("/tensorslab" + example["path"], **example["fields"], **({"sourceImage": files} if files else {}))
    generation, fields = started(answer), example["fields"]
    request = generation.asked()
    assert (request.prompt, request.images) == (fields["prompt"], int(fields.get("batchsize", 1)))
    assert fields.get("resolution", "2K") in (str(request.size), request.ratio, request.tier)
    assert generation.references.count() == len(files) + ("imageUrl" in fields)
    assert "X-Ignored-Fields" not in answer
    return answer


@pytest.mark.django_db
def test_the_size_that_001_calls_invalid_is(program: Program) -> None:
    answer = program.send("/tensorslab/v1/images/seedreamv45", prompt="提示词", resolution="1500x1500")
    assert (answer.json()["code"], Generation.objects.exists()) == (9999, False)


# --- 002: curl and Python, as they are printed ---


def whole(studio: Shared, crew: Crew, told: dict[str, Any]) -> None:
    """What the studio answered is what the document shows, and its task comes to its end."""
    (data,) = told["data"]
    assert (told["code"], data["status"], set(data)) == (200, "submitted", {"status", "task_id"})
    assert STYLES["apimart"].read(data["task_id"])
    address = f"{studio.address}/compat/apimart/v1/tasks/{data['task_id']}"
    told = httpx.get(address, headers={"Authorization": f"Bearer {crew.token}"}, trust_env=False, timeout=PATIENCE)
    assert told.json()["data"]["status"] in ("pending", "processing", "completed")


def source(name: str, studio: Shared, crew: Crew) -> str:
    found = (SEEDS / name).read_text()
    assert found.count("https://api.apimart.ai/") == found.count("<token>") == 1
    return found.replace("https://api.apimart.ai/", f"{studio.address}/compat/apimart/").replace("<token>", crew.token)


@pytest.mark.stack
def test_the_curl_of_002(studio: Shared, crew: Crew) -> None:
    command = ["sh", "-c", source("002.curl", studio, crew)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)  # curl is wanted on every machine
    whole(studio, crew, json.loads(done.stdout))


@pytest.mark.stack
def test_the_python_of_002(studio: Shared, crew: Crew) -> None:
    command = [sys.executable, "-c", source("002.python", studio, crew)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    whole(studio, crew, ast.literal_eval(done.stdout))


# --- the others, as whole requests: by curl and by Python, over the wire ---

Send = Callable[..., Any]  # to an address: fields and files of a form, or a body of JSON
Here = Callable[[str], str]


def by_curl(address: str, token: str, fields: dict[str, str], files: list[Path], body: str) -> Any:
    form = [word for name, text in fields.items() for word in ("--form-string", f"{name}={text}")]
    form += [word for file in files for word in ("--form", f"sourceImage=@{file}")]
    data = ["--header", "Content-Type: application/json", "--data", body] if body else form
    command = ["curl", "--silent", "--noproxy", "*", "--request", "POST", "--url", address, "--header", f"Authorization: Bearer {token}"]
    return json.loads(subprocess.run([*command, *data], capture_output=True, text=True, timeout=PATIENCE, check=True).stdout)


def by_python(address: str, token: str, fields: dict[str, str], files: list[Path], body: str) -> Any:
    headers = {"Authorization": f"Bearer {token}"} | ({"Content-Type": "application/json"} if body else {})
    form = [(name, (None, text)) for name, text in fields.items()] + [("sourceImage", ("ref.png", file.read_bytes())) for file in files]
    return requests.post(address, headers=headers, data=body.encode() or None, files=form or None, timeout=PATIENCE).json()


@pytest.fixture(scope="module")
def writers(studio: Shared) -> Crew:
    return studio.next_crew()


@pytest.fixture(scope="module")
def here(studio: Shared, writers: Crew) -> Here:
    """Links that lead out into the world lead to a picture of the studio's own: its real server may not leave this machine."""
    own = by_python(f"{studio.address}/v1/images/generations", writers.token, {}, [], json.dumps({"model": OWN, "prompt": "a red kite"}))
    return lambda text: LINK.sub(own["data"][0]["url"], text)


@pytest.mark.stack
@pytest.mark.parametrize(("number", "send"), [("000", by_curl), ("001", by_python)])
def test_the_forms_over_the_wire(
    number: str, send: Send, studio: Shared, writers: Crew, here: Callable[[str], str], tmp_path: Path
) -> None:
    """Both documents have forms with a link, with files, with all fields and with few."""
    files = [tmp_path / "teal.png", tmp_path / "coral.png"]
    for file in files:
        file.write_bytes(drawing(file.stem).read())
    for example in printed(number):
        fields = {name: here(text) for name, text in example["fields"].items()}
        address = f"{studio.address}/compat/tensorslab{example['path']}"
        told = send(address, writers.token, fields, files[: example.get("files", 0)], "")
        assert (told["code"], bool(STYLES["tensorslab"].read(told["data"]["taskid"]))) == (1000, True), (example, told)


@pytest.mark.stack
@pytest.mark.parametrize(("number", "path"), [("003", "/compat/anyfast"), ("004", "")])
def test_the_bodies_over_the_wire(number: str, path: str, studio: Shared, writers: Crew, here: Here) -> None:
    def ask(example: dict[str, Any], send: Send) -> Any:
        return send(f"{studio.address}{path}/v1/images/generations", writers.token, {}, [], here(example["body"]))

    examples = printed(number)
    with ThreadPoolExecutor() as threads:
        answers = list(threads.map(ask, examples, cycle([by_curl, by_python])))
    for example, told in zip(examples, answers, strict=True):
        wanted = json.loads(example["body"]).get("sequential_image_generation_options", {}).get("max_images", 1)
        assert len(told.get("data", ())) == wanted, (example, told)
        assert httpx.get(told["data"][0]["url"], trust_env=False, timeout=PATIENCE).status_code == 200


# --- 003 and 004: JSON, and the pictures are in the answer ---


def bodies(answer: Any, program: Program, example: dict[str, Any]) -> None:
    body, found = json.loads(example["body"]), answer.json()
    generation = started(answer)
    request = generation.asked()
    images = body.get("image") or []
    wanted = body.get("sequential_image_generation_options", {}).get("max_images", 1)
    assert (request.prompt, request.images, len(found["data"])) == (body["prompt"], wanted, wanted), example
    assert generation.references.count() == (1 if isinstance(images, str) else len(images))
    assert all(program.client.get(one["url"]).status_code == 200 for one in found["data"])
    assert isinstance(found["created"], int)


@pytest.mark.django_db
def test_the_bodies_of_anyfast(program: Program, outside: World, waited: None) -> None:
    for example in printed("003"):
        bodies(program.post("/anyfast/v1/images/generations", example["body"]), program, example)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/v1/images/generations", "/compat/gateway/v1/images/generations"])
def test_the_bodies_of_the_gateway(path: str, program: Program, outside: World, waited: None) -> None:
    for example in printed("004"):
        answer = program.client.post(path, example["body"], content_type="application/json")
        bodies(answer, program, example)
        assert started(answer).engine.startswith("gateway/"), example
