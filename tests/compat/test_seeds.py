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
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests

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
OWN = "doubao-seedream-5-0-260128"
HOSTS = {"example.com": "93.184.216.34", "ark-project.tos-cn-beijing.volces.com": "93.184.216.35"}
ENGINES = (
    *("tensorslab/seedream-4.5", "apimart/seedream-5.0-lite", "anyfast/seedream-5.0"),
    *("gateway/seedream-5.0", "gateway/seedream-3.0-t2i", "gateway/seededit-3.0-i2i"),
)


def printed(number: str) -> list[Any]:
    return list(json.loads((SEEDS / f"{number}.json").read_text()))


def examples(*numbers: str) -> pytest.MarkDecorator:
    found = [(number, example) for number in numbers for example in printed(number)]
    return pytest.mark.parametrize("example", [example for _n, example in found], ids=[f"{n} {one['name']}" for n, one in found])


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
@examples("000", "001")
def test_a_form_of_tensorslab(example: dict[str, Any], program: Program, outside: World, driver: Steps) -> None:
    files = [drawing(colour) for colour in ("coral", "teal")[: example.get("files", 0)]]
    answer = program.send("/tensorslab" + example["path"], **example["fields"], **({"sourceImage": files} if files else {}))
    generation, fields = started(answer), example["fields"]
    request = generation.asked()
    assert (request.prompt, request.images) == (fields["prompt"], int(fields.get("batchsize", 1)))
    assert fields.get("resolution", "2K") in (str(request.size), request.ratio, request.tier)
    assert generation.references.count() == len(files) + ("imageUrl" in fields)
    live(driver)
    found = read("tensorslab", task_of(answer), program.ask("tensorslab", task_of(answer)))
    assert isinstance(found, Finished)
    assert "X-Ignored-Fields" not in answer


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
    told = httpx.get(
        f"{studio.address}/compat/apimart/v1/tasks/{data['task_id']}", headers={"Authorization": f"Bearer {crew.token}"}, trust_env=False
    )
    assert told.json()["data"]["status"] in ("pending", "processing", "completed")


def source(name: str, studio: Shared, crew: Crew) -> str:
    found = (SEEDS / name).read_text()
    assert found.count("https://api.apimart.ai/") == found.count("<token>") == 1
    return found.replace("https://api.apimart.ai/", f"{studio.address}/compat/apimart/").replace("<token>", crew.token)


@pytest.mark.stack
def test_the_curl_of_002(studio: Shared, crew: Crew) -> None:
    command = ["sh", "-c", source("002.curl", studio, crew)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)  # curl is wanted on every machine
    whole(studio, crew, json.loads(done.stdout))


@pytest.mark.stack
def test_the_python_of_002(studio: Shared, crew: Crew) -> None:
    command = [sys.executable, "-c", source("002.python", studio, crew)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    whole(studio, crew, ast.literal_eval(done.stdout))


# --- the others, as whole requests: by curl and by Python, over the wire ---

Send = Callable[..., Any]  # to an address: fields and files of a form, or a body of JSON


def by_curl(address: str, token: str, fields: dict[str, str], files: list[Path], body: str) -> Any:
    form = [word for name, text in fields.items() for word in ("--form-string", f"{name}={text}")]
    form += [word for file in files for word in ("--form", f"sourceImage=@{file}")]
    data = ["--header", "Content-Type: application/json", "--data", body] if body else form
    command = ["curl", "--silent", "--noproxy", "*", "--request", "POST", "--url", address, "--header", f"Authorization: Bearer {token}"]
    return json.loads(subprocess.run([*command, *data], capture_output=True, text=True, timeout=60, check=True).stdout)


def by_python(address: str, token: str, fields: dict[str, str], files: list[Path], body: str) -> Any:
    headers = {"Authorization": f"Bearer {token}"} | ({"Content-Type": "application/json"} if body else {})
    form = [(name, (None, text)) for name, text in fields.items()] + [("sourceImage", ("ref.png", file.read_bytes())) for file in files]
    return requests.post(address, headers=headers, data=body.encode() or None, files=form or None, timeout=60).json()


either = pytest.mark.parametrize("send", [by_curl, by_python])


@pytest.fixture
def here(studio: Shared, crew: Crew) -> Callable[[str], str]:
    """Links that lead out into the world lead to a picture of the studio's own: its real server may not leave this machine."""
    own = by_python(f"{studio.address}/v1/images/generations", crew.token, {}, [], json.dumps({"model": OWN, "prompt": "a red kite"}))
    return lambda text: LINK.sub(own["data"][0]["url"], text)


@pytest.mark.stack
@either
@pytest.mark.parametrize("number", ["000", "001"])
def test_the_forms_over_the_wire(number: str, send: Send, studio: Shared, crew: Crew, here: Callable[[str], str], tmp_path: Path) -> None:
    files = [tmp_path / "teal.png", tmp_path / "coral.png"]
    for file in files:
        file.write_bytes(drawing(file.stem).read())
    for example in printed(number):
        fields = {name: here(text) for name, text in example["fields"].items()}
        address = f"{studio.address}/compat/tensorslab{example['path']}"
        told = send(address, crew.token, fields, files[: example.get("files", 0)], "")
        assert (told["code"], bool(STYLES["tensorslab"].read(told["data"]["taskid"]))) == (1000, True), (example, told)


@pytest.mark.stack
@pytest.mark.parametrize(("number", "path"), [("003", "/compat/anyfast"), ("004", "")])
def test_the_bodies_over_the_wire(number: str, path: str, studio: Shared, crew: Crew, here: Callable[[str], str]) -> None:
    for example, send in zip(printed(number), cycle([by_curl, by_python])):
        told = send(f"{studio.address}{path}/v1/images/generations", crew.token, {}, [], here(example["body"]))
        wanted = json.loads(example["body"]).get("sequential_image_generation_options", {}).get("max_images", 1)
        assert len(told.get("data", ())) == wanted, (example, told)
        assert httpx.get(told["data"][0]["url"], trust_env=False).status_code == 200


# --- 003 and 004: JSON, and the pictures are in the answer ---


def bodies(answer: Any, program: Program, example: dict[str, Any]) -> None:
    body, found = json.loads(example["body"]), answer.json()
    generation = started(answer)
    request = generation.asked()
    images = body.get("image") or []
    wanted = body.get("sequential_image_generation_options", {}).get("max_images", 1)
    assert (request.prompt, request.images, len(found["data"])) == (body["prompt"], wanted, wanted)
    assert generation.references.count() == (1 if isinstance(images, str) else len(images))
    assert all(program.client.get(one["url"]).status_code == 200 for one in found["data"])
    assert isinstance(found["created"], int)


@pytest.mark.django_db
@examples("003")
def test_a_body_of_anyfast(example: dict[str, Any], program: Program, outside: World, waited: None) -> None:
    bodies(program.post("/anyfast/v1/images/generations", example["body"]), program, example)


@pytest.mark.django_db
@examples("004")
@pytest.mark.parametrize("path", ["/v1/images/generations", "/compat/gateway/v1/images/generations"])
def test_a_body_of_the_gateway(path: str, example: dict[str, Any], program: Program, outside: World, waited: None) -> None:
    answer = program.client.post(path, example["body"], content_type="application/json")
    bodies(answer, program, example)
    assert started(answer).engine.startswith("gateway/")
