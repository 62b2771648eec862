import os

import pytest
from django.db import connection

from generations.health import readiness
from generations.models import Heartbeat

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _ask_anew(monkeypatch):
    monkeypatch.setattr(readiness, "KEPT", 0)


def states(answer) -> dict[str, str]:
    return {check["subject"]: check["state"] for check in answer.json()["checks"]}


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "evil.example", "[::ffff:7f00:1]:80"])
def test_a_probe_gets_an_answer_under_any_name(client, host):
    assert client.get("/healthz", headers={"host": host}).content == b"ok"
    assert client.get("/readyz", headers={"host": host}).status_code == 503


def test_other_pages_still_refuse_a_name_that_is_not_ours(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_only_look(client, path):
    assert client.head(path).content == b""
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_an_answer_is_not_kept_by_anybody_and_starts_no_session(client, path):
    answer = client.get(path)
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_being_up_needs_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


def test_https_does_not_send_probes_elsewhere(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200


def test_the_studio_is_ready_when_a_worker_works(client):
    Heartbeat.stamp("a worker")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    assert states(answer) == {"storage": "ok", "database": "ok", "migrations": "ok", "workers": "ok"}


def test_without_workers_it_is_not_ready(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"], states(answer)["workers"]) == (503, False, "bad")


def test_nobody_learns_paths_or_addresses(client, settings, tmp_path):
    settings.STORAGE = tmp_path / "gone"
    answer = client.get("/readyz")
    assert states(answer)["storage"] == "bad"
    assert os.sep not in answer.json()["checks"][0]["sentence"]
    assert set(answer.json()["checks"][0]) == {"subject", "state", "sentence"}


def test_a_database_that_waits_for_changes_is_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET name = '9999_new' WHERE app = 'generations' AND name = '0001_initial'")
    try:
        assert states(client.get("/readyz")) == {"storage": "ok", "database": "ok", "migrations": "bad"}
    finally:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE django_migrations SET name = '0001_initial' WHERE name = '9999_new'")
