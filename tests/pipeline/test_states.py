"""Any life of a studio: see life.py for what may happen in it and for what must hold whatever happens."""

import os

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.pipeline.life import Life

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("STUDIO_TEST_EXAMPLES", "30"))  # `make soak` has many more,
SEED = os.environ.get("STUDIO_TEST_SEED", "")  # and others each time; it says which, so that they can be lived again


def test_whatever_happens_nothing_is_lost_and_nothing_is_paid_twice(tmp_path_factory):
    quietly = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture]
    told = settings(
        max_examples=EXAMPLES, stateful_step_count=30, deadline=None, derandomize=not SEED, database=None, suppress_health_check=quietly
    )
    run_state_machine_as_test(seed(int(SEED))(Life) if SEED else Life, settings=told)
