"""The bench of programs' calls measures what it says. Whether its figures hold is not asked here."""

import json

import pytest
from django.test import Client

from generations.bench import api, program
from generations.models import ProviderAccount

pytestmark = pytest.mark.django_db(transaction=True)


def test_somebody_has_a_token_and_somebody_looks_at_pages():
    told = program.found("http://127.0.0.1:9")
    models = Client().get("/v1/models", headers={"authorization": f"Bearer {told['token']}"})
    assert api.MODEL in json.dumps(models.json())
    assert Client(headers={"cookie": told["cookie"], "host": "127.0.0.1"}).get("/gallery/").status_code == 200


def test_questions_are_counted_while_nothing_ends(monkeypatch: pytest.MonkeyPatch):
    program.found("http://127.0.0.1:9")
    monkeypatch.setattr(program, "SETTLED", 0.2)
    monkeypatch.setattr(program, "QUESTIONS", 2)
    monkeypatch.setattr(program, "WAITERS", 3)
    monkeypatch.setattr(program.waiting, "lookout", program.waiting.lookout)  # as it was, afterwards
    assert program.looks() > 0
    assert not ProviderAccount.objects.filter(enabled=True).exists()


def test_without_the_sdk_it_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(api, "find_spec", lambda name: None)
    with pytest.raises(SystemExit) as stopped:
        next(api.figures())
    assert stopped.value.code == 2
    assert "openai" in capsys.readouterr().err
