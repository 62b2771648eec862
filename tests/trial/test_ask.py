"""`manage.py ask` against the real sandbox, over real HTTP: the whole line from catalogue to file, in every dialect."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from generations import trial
from generations.catalogue import ENGINES
from generations.models import Dialect, EngineChoice, ProviderAccount

pytestmark = pytest.mark.django_db


@pytest.fixture
def sandbox(port: int, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SANDBOX_PORT = port
    monkeypatch.setattr(trial, "PAUSE", 0.1)
    for dialect in Dialect:
        ProviderAccount.objects.create(name=f"Sandbox {dialect.label}", dialect=dialect, sandbox=True)


@pytest.fixture
def picture(tmp_path: Path) -> str:
    Image.new("RGB", (640, 480), "teal").save(tmp_path / "reference.png")
    return str(tmp_path / "reference.png")


def size_of(file: Path) -> tuple[int, int]:
    with Image.open(file) as image:
        return image.size


def ask(engine: str, folder: Path, *more: str) -> str:
    said = StringIO()
    call_command("ask", engine, "a harbour at night", "-o", str(folder), *more, stdout=said)
    return said.getvalue()


@pytest.mark.parametrize("engine", ENGINES.values(), ids=lambda engine: engine.id)
def test_every_engine_answers_with_the_pixels_it_promises(engine, sandbox: None, tmp_path: Path, picture: str):
    references = ["--reference", picture] if engine.references.needed else []
    said = ask(engine.id, tmp_path, *references)
    promised = engine.tiers.get(engine.usual[1], {}).get(engine.usual[0])
    made = size_of(next(tmp_path.glob("1.*")))
    assert "Finished in" in said
    assert promised is None or made == (promised.width, promised.height)


@pytest.mark.parametrize("engine", ["apimart/seedream-5.0-lite", "tensorslab/seedream-4.5", "gateway/seedream-4.5"])
def test_several_images_come_with_references(engine: str, sandbox: None, tmp_path: Path, picture: str):
    ask(engine, tmp_path, "--images", "3", "--reference", picture, "--reference", picture, "--ratio", "3:4", "--tier", "2K")
    assert sorted(size_of(made) for made in tmp_path.glob("?.jpeg")) == [(1728, 2304)] * 3


def test_a_dry_run_shows_what_would_be_sent_and_sends_nothing(tmp_path: Path, picture: str):
    ProviderAccount.objects.create(name="Main", dialect=Dialect.APIMART, address="https://api.example")
    said = ask("apimart/seedream-5.0-lite", tmp_path, "--reference", picture, "--seed", "7", "--dry-run")
    assert '"call": "POST https://api.example/v1/images/generations"' in said
    assert "<PNG, " in said
    assert "seed is left out" in said


def test_the_administrators_name_for_an_engine_is_what_goes_out(tmp_path: Path):
    account = ProviderAccount.objects.create(name="Main", dialect=Dialect.APIMART, address="https://api.example")
    EngineChoice.objects.create(account=account, engine="apimart/seedream-5.0-lite", wire_id="seedream-next")
    assert '"model": "seedream-next"' in ask("apimart/seedream-5.0-lite", tmp_path, "--dry-run")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--tier", "9K"], "offers 2K, 3K, 4K"),
        (["--images", "16"], "Number of images must be 1 to 15."),
        (["--size", "big"], "Size must look like 2048x2048."),
        (["--reference", __file__], "is not a PNG, JPEG or WEBP image"),
        (["--account", "Nobody"], "No account that is switched on serves"),
    ],
)
def test_what_cannot_be_asked_is_said_before_anything_is_sent(more: list[str], sentence: str, tmp_path: Path):
    ProviderAccount.objects.create(name="Main", dialect=Dialect.APIMART, address="https://api.example")
    with pytest.raises(CommandError, match=sentence):
        ask("apimart/seedream-5.0-lite", tmp_path, *more)


def test_a_provider_that_is_away_is_said_to_be_away(settings, tmp_path: Path):
    settings.SANDBOX_PORT = 1
    ProviderAccount.objects.create(name="Sandbox", dialect=Dialect.ARK, sandbox=True)
    with pytest.raises(CommandError, match="could not be reached"):
        ask("ark/seedream-5.5", tmp_path)
