import os, logging
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.pipeline.life import Life
pytestmark = pytest.mark.django_db
def test_dev():
    logging.getLogger("studio.pipeline").setLevel(logging.CRITICAL)
    ph=[Phase.generate]+([Phase.shrink] if os.environ.get("SHRINK") else [])
    told = settings(max_examples=int(os.environ.get("N","30")), stateful_step_count=int(os.environ.get("STEPS","30")), deadline=None, derandomize=not os.environ.get("RANDOM"), database=None, suppress_health_check=list(HealthCheck), phases=ph)
    run_state_machine_as_test(Life, settings=told)
