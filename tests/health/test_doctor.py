import json
from io import StringIO

import pytest
from django.core.management import call_command

from generations.models import Heartbeat
from studio.settings import env
from tests.studio.start import manage


def doctor(*words: str) -> str:
    said = StringIO()
    call_command("doctor", *words, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_every_setting_is_shown_with_its_source():
    Heartbeat.stamp("a worker")
    said = doctor()
    rows = {line.split()[0]: line for line in said.splitlines() if line.startswith("  ")}
    assert set(env.readings) <= set(rows)
    assert "environment" in rows["STUDIO_DATA"]


@pytest.mark.django_db
def test_secrets_are_not_shown(settings):
    Heartbeat.stamp("a worker")
    said = doctor() + doctor("--json")
    assert settings.SECRET_KEY not in said
    assert settings.ENCRYPTION_KEYS[0] not in said


@pytest.mark.django_db
def test_a_studio_that_can_work_is_healthy():
    Heartbeat.stamp("a worker")
    found = json.loads(doctor("--json"))
    assert found["healthy"] is True
    assert {"settings", "findings", "version"} < set(found)


@pytest.mark.django_db
def test_anything_bad_ends_with_one_and_is_said_first():
    said = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("doctor", stdout=said)
    assert end.value.code == 1
    assert said.getvalue().partition("What to fix\n")[2].startswith("  bad   workers: Start the workers")


def test_it_helps_where_there_is_no_database(tmp_path):
    done = manage("doctor", STUDIO_DATA=tmp_path, DATABASE_URL="postgres://me:s3cret@127.0.0.1:1/studio")
    assert (done.returncode, done.stderr) == (1, "")
    assert "bad   The database does not answer." in done.stdout
    assert "bad   database: Check DATABASE_URL. It said: connection failed" in done.stdout
    assert "s3cret" not in done.stdout


def test_it_can_be_read_by_a_script_from_a_shell(tmp_path):
    done = manage("doctor", "--json", STUDIO_DATA=tmp_path, STUDIO_WORKRES="2")
    findings = json.loads(done.stdout)["findings"]
    assert {"subject": "settings", "state": "warn", "sentence": "STUDIO_WORKRES is set, but nothing reads it."}.items() <= next(
        finding.items() for finding in findings if "WORKRES" in finding["sentence"]
    )
