"""The page for programmers: drawn from the description, so that it can say nothing else."""

import pytest
from django.test import Client
from django.utils import translation

from generations.api.docs import fields, page
from generations.api.docs.calls import Call, coloured, curl, python, shell
from generations.api.docs.words import WORDS
from generations.api.schema import document, operations
from generations.models import User
from tests.cast import client_of


@pytest.mark.django_db
def test_it_shows_every_operation_with_a_call_in_both_languages(designer: User):
    shown = client_of(designer).get("/api/docs").content.decode()
    for operation in operations(document("http://testserver")):
        assert f'id="{operation["operationId"]}"' in shown
        assert f'href="#{operation["operationId"]}"' in shown
    assert shown.count("import requests") > len(list(operations(document("http://testserver"))))


def test_all_that_it_says_of_operations_and_fields_is_there_to_be_translated(monkeypatch: pytest.MonkeyPatch):
    said: set[str] = set()
    monkeypatch.setattr(fields, "_", lambda text: said.add(text) or text)
    monkeypatch.setattr(page, "_", lambda text: said.add(text) or text)
    page.groups.__wrapped__("http://testserver", "en")
    assert sorted(said) == sorted(WORDS)


def test_it_speaks_the_language_of_its_reader(monkeypatch: pytest.MonkeyPatch):
    shown = []
    for language in ("en", "zh-hans"):
        monkeypatch.setattr(page, "_", lambda text, spoken=language: f"{spoken}: {text}")
        shown.append(page.groups("http://of-two-languages", language)[0].operations[0].name)
    assert shown == ["en: Who is calling", "zh-hans: Who is calling"]


def test_the_description_stays_english():
    with translation.override("zh-hans"):
        assert document("http://testserver")["paths"]["/api/me"]["get"]["summary"] == "Who is calling"


@pytest.mark.django_db
def test_it_runs_no_script_of_anybody_else(designer: User):
    answer = client_of(designer).get("/api/docs")
    shown = answer.content.decode()
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert not [name for name in ("swagger", "redoc", "cdn.", "<style", "style=", "onclick") if name in shown.lower()]


@pytest.mark.django_db
def test_it_is_for_those_who_are_signed_in_and_the_description_for_anybody():
    assert Client().get("/api/docs").status_code == 302
    assert Client().get("/api/openapi.json").json()["openapi"] == "3.1.0"


def test_a_call_is_written_so_that_a_shell_takes_it():
    call = Call("POST", "http://x/api/check", {"prompt": "It's a kite"}, key="k-1")
    assert curl(call).splitlines()[0] == "curl http://x/api/check \\"
    assert "'\"'\"'" in curl(call)
    assert curl(Call("DELETE", "http://x/a?b=1&c=2")).startswith("curl -X DELETE 'http://x/a?b=1&c=2' \\")
    assert "-F file=@kite.png" in curl(Call("POST", "http://x", {"file": "@kite.png"}, form=True))


def test_a_call_is_written_so_that_python_takes_it():
    text = python(Call("POST", "http://x/api/check", {"private": True, "seed": None, "references": ["a"], "logo": {"position": 1}}))
    compile(text, "docs", "exec")
    assert '"private": True' in text
    assert '"seed": None' in text
    compile(python(Call("POST", "http://x", {"file": "@kite.png"}, form=True, key="k")), "docs", "exec")


def test_colours_change_no_letter_and_let_nothing_through():
    text = '{"a": "<b>", "n": 1, "t": true}'
    assert coloured(text) == (
        '{<span class="key">&quot;a&quot;</span>: <span class="text">&quot;&lt;b&gt;&quot;</span>, <span class="key">&quot;n&quot;</span>: '
        '<span class="value">1</span>, <span class="key">&quot;t&quot;</span>: <span class="value">true</span>}'
    )
    assert "<script" not in shell("curl '<script>' -d '{\"a\": \"<script>\"}'")
