import os

import pytest

from generations import jobs, tasks
from generations.models import Heartbeat
from generations.supervisor.canary import BOOTING, COMPANY, DOUBT, Canary

pytestmark = pytest.mark.django_db
PATIENCE = 30


@pytest.fixture
def canary() -> Canary:
    """Of a cluster that has just been heard."""
    heard = Canary(4711, PATIENCE)
    Heartbeat.stamp(f"{jobs.cluster(4711)}1")
    heard.look()
    return heard


def silent_for(canary: Canary, seconds: float) -> bool:
    canary.excuse()
    canary.heard -= seconds
    return canary.silent() > 0


def test_silence_is_forgiven_until_patience_ends(canary: Canary):
    assert not silent_for(canary, PATIENCE - 1)
    assert silent_for(canary, PATIENCE + 1)


def test_a_new_cluster_has_time_to_start():
    canary = Canary(4711, PATIENCE)
    assert not silent_for(canary, PATIENCE + BOOTING - 1)
    assert silent_for(canary, PATIENCE + BOOTING + 1)


def test_with_other_nodes_on_the_queue_it_waits_longer(canary: Canary):
    Heartbeat.stamp(f"{jobs.cluster(4712)}1")
    assert not silent_for(canary, PATIENCE + 1)
    assert silent_for(canary, COMPANY * PATIENCE + 1)


def test_after_the_loss_of_a_worker_it_waits_less(canary: Canary):
    canary.suspect()
    assert silent_for(canary, DOUBT + 1)


def test_only_a_sign_of_life_after_the_loss_ends_the_doubt(canary: Canary):
    canary.suspect()
    canary.look()
    assert canary.doubt
    Heartbeat.stamp(f"{jobs.cluster(4711)}2")
    canary.look()
    assert not canary.doubt


def test_a_worker_beats_for_its_own_cluster():
    tasks.beat()
    assert Heartbeat.objects.get().name == f"{jobs.cluster(os.getpgrp())}{os.getpid()}"


def test_a_cluster_that_keeps_dying_gets_no_more_canaries():
    first = Canary(4711, PATIENCE)
    first.look()
    second = Canary(4712, PATIENCE, first.unanswered)
    second.look()
    assert second.unanswered == 1
