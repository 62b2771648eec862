"""What is put into addresses and forms by people who try: (c) 67, 68, 70 and 72 of every address at once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from generations.models import User
from tests.cast import client_of
from tests.isolation.table import OPEN, SITE, TABLE
from tests.isolation.test_matrix import EVERYTHING
from tests.isolation.things import nothing_done, undone

pytestmark = pytest.mark.django_db

STRANGE = [
    "page=0&before=0&after=-1&ordering=user__password&owner__email__startswith=a&_connector=OR",
    "page=9e9&before=9999999999999999999999999999&after=abc&per_page=100000",
    "q=%00&before=%EF%BC%91&at=2026-02-31&month=13&period=%27&team=..%2F&image=x&person=1e9",
]
LISTS = [name for name, rule in EVERYTHING.items() if "GET" in rule.does and not rule.names and rule.needs != OPEN]
POSTS = [name for name, rule in EVERYTHING.items() if "POST" in rule.does]
LINKED = ("shared", "shared_image")  # without Django's check, for reasons of their own: docs/decisions/0010
EVIL = ["//evil.example/", "javascript:alert(1)"]  # other ways to write it: gallery/test_bad_forms.py


def path(name: str, found: dict[str, Any]) -> str:
    rule = TABLE[name]
    return reverse(name, kwargs=rule.fixed | {part: found[kind] for part, kind in rule.names.items()})


@pytest.mark.parametrize("query", STRANGE)
def test_a_strange_address_is_answered_calmly(query: str, found: dict[str, Any], owner: User):
    client = client_of(owner)
    for name in LISTS:
        assert client.get(f"{path(name, found)}?{query}").status_code in (200, 302, 400, 404), name


def test_nothing_is_done_without_the_token_of_the_form(found: dict[str, Any], owner: User):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    with nothing_done():
        for name in set(POSTS).difference(LINKED):
            assert client.post(path(name, found), TABLE[name].more).status_code == 403, name


def test_nobody_is_sent_to_another_site(found: dict[str, Any], owner: User, admin: User):
    for name in POSTS:
        with undone():
            client = client_of(owner if TABLE[name].needs == SITE else admin)
            for evil in EVIL:
                answer = client.post(path(name, found), {**TABLE[name].more, "next": evil})
                assert "evil" not in answer.get("Location", ""), name
                assert not answer.get("Location", "").startswith("javascript"), name
