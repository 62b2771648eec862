import re
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generations.health import figures
from generations.journal import write
from generations.models import Attempt, Charge, Gate, Heartbeat, Outcome, Purse, Status
from generations.models.money import this_month
from tests.made import made

pytestmark = pytest.mark.django_db
SECRET = "a secret of some length"


@pytest.fixture(autouse=True)
def _ask_anew(monkeypatch):
    monkeypatch.setattr(figures, "latest", figures.Answer())


def value(page: str, name: str) -> str:
    return re.search(rf"^seedbed_{re.escape(name)} (\S+)$", page, re.MULTILINE)[1]


def read(client, **headers) -> str:
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


# --- who may read it ---


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "10.1.2.3"])
def test_this_machine_may_under_any_name(client, host):
    assert "seedbed_build_info{" in read(client, host=host)


def test_another_machine_finds_nothing(client):
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3").status_code == 404


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip"])
def test_whoever_comes_through_a_proxy_finds_nothing(client, header):
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404


@pytest.mark.parametrize("change", [{"PUBLIC_URL": "http://testserver"}, {"PROXIES": 1}])
def test_behind_a_proxy_this_machine_is_nobody_special(client, settings, change):
    for name, to in change.items():
        setattr(settings, name, to)
    assert client.get("/metrics").status_code == 404


def test_with_a_secret_only_who_has_it_may(client, settings):
    settings.METRICS_TOKEN = SECRET
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": f"Bearer {SECRET}x"}).status_code == 404
    assert client.get("/metrics", headers={"authorization": f"Bearer {SECRET}"}, REMOTE_ADDR="10.1.2.3").status_code == 200


def test_it_is_only_looked_at_and_kept_by_nobody(client):
    answer = client.get("/metrics")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    assert client.post("/metrics").status_code == 405


# --- what it says ---


def test_every_line_is_one_that_prometheus_reads(client, designer, team):
    made(designer, team, Status.QUEUED)
    named = r"seedbed_[a-z0-9_]+(\{([a-z]+=\"[^\"\n]*\",?)+\})? -?[0-9.e+]+"
    for line in read(client).splitlines():
        assert re.fullmatch(rf"# (HELP|TYPE) seedbed_\w+ .+|{named}", line), line


def test_it_tells_what_waits_and_how_long(client, designer, team):
    for _ in range(2):
        made(designer, team, Status.QUEUED, due_at=timezone.now() - timedelta(minutes=5))
    page = read(client)
    assert value(page, 'generations{status="queued"}') == "2"
    assert 300 <= float(value(page, "queue_oldest_due_seconds")) < 400


def test_it_tells_of_doubts_and_of_paused_accounts(client, designer, team):
    generation = made(designer, team, Status.UNKNOWN)
    Attempt.objects.update(outcome=Outcome.UNKNOWN, charge=Charge.UNKNOWN)
    Gate.objects.create(account=generation.account, paused="the key")
    page = read(client)
    assert value(page, "unknown_inbox") == "1"
    assert value(page, f'account_open{{account="{generation.account}"}}') == "0"


def test_it_tells_how_calls_ended_and_how_long_they_took(client, designer, team):
    generation, now = made(designer, team), timezone.now()
    Attempt.objects.update(sent_at=now - timedelta(seconds=42), answered_at=now)
    page = read(client)
    assert value(page, f'attempts_last_hour{{account="{generation.account}",outcome="answered"}}') == "1"
    assert value(page, f'provider_seconds_last_hour{{account="{generation.account}",quantile="0.95"}}') == "42.0"


def test_money_is_told_by_the_number_of_a_team_and_no_name_is(client, designer, team):
    made(designer, team)
    Purse.objects.create(team=team, month=this_month(), held=1_500_000, spent=2_000_000)
    page = read(client)
    assert value(page, f'money_held{{team="{team.pk}"}}') == "1.5"
    assert not [word for word in (team.name, team.slug, designer.email, "red kite") if word in page]


def test_it_tells_when_workers_and_backups_were_last_seen(client):
    Heartbeat.stamp("a worker")
    page = read(client)
    assert float(value(page, "worker_heartbeat_seconds")) < 60
    assert value(page, "backup_timestamp_seconds") == "0"


def test_it_tells_how_many_calls_wait_where_it_is_answered(client):
    assert value(read(client), "web_places_taken") == "0"


def test_a_backup_is_known_by_its_time(client):
    with transaction.atomic():
        line = write("backup", subject="studio/backup", made="20261121T013000Z", files=3, bytes=1000)
    assert float(value(read(client), "backup_timestamp_seconds")) == line.at.timestamp()


def test_it_asks_the_same_questions_whatever_there_is(client, designer, team):
    made(designer, team, Status.QUEUED)
    counts = []
    for _ in range(2):
        figures.latest = figures.Answer()
        with CaptureQueriesContext(connection) as queries:
            client.get("/metrics")
        counts.append(len(queries))
        made(designer, team, Status.QUEUED)
    assert counts[0] == counts[1]


def test_asked_again_at_once_it_asks_nobody(client, django_assert_num_queries):
    client.get("/metrics")
    with django_assert_num_queries(0):
        client.get("/metrics")
