from datetime import timedelta

import pytest
from django.utils import timezone

from generations import jobs
from generations.health import workers
from generations.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("silence", "state"), [(0, "ok"), (29, "ok"), (31, "bad"), (7300, "bad")])
def test_workers_that_fell_silent_are_bad(silence, state):
    Heartbeat.objects.create(name="a worker", beat_at=timezone.now() - timedelta(seconds=silence))
    assert workers.heartbeat()[0].state == state


def test_the_youngest_sign_of_life_counts():
    Heartbeat.objects.create(name="gone", beat_at=timezone.now() - timedelta(days=1))
    Heartbeat.stamp("here")
    assert workers.heartbeat()[0].state == "ok"


def test_no_worker_at_all_is_bad():
    assert workers.heartbeat()[0].sentence == "No worker has ever reported."


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 second"), (119, "119 seconds"), (120, "2 minutes"), (7199, "119 minutes"), (7200, "2 hours")]
)
def test_time_is_told_in_words(seconds, words):
    assert workers.spelled(timedelta(seconds=seconds)) == words


def test_waiting_messages_are_counted(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        jobs.ring("beat")
    assert workers.queue()[0].sentence == "1 message waits in the queue."


def test_a_crowd_in_the_queue_is_noticed(monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(workers, "CROWD", 0)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.ring("beat")
    assert workers.queue()[0].state == "warn"
