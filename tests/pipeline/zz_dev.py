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
from collections import Counter
STATS=Counter()
old=Life.nothing_is_lost
def counted(self):
    from generations.models import Generation, Attempt, Image
    for g in Generation.objects.all(): STATS["gen "+g.status]+=1
    for a in Attempt.objects.all(): STATS["att "+a.outcome+" "+a.charge]+=1
    for i in Image.objects.all(): STATS["img "+i.status+(" late" if i.late else "")]+=1
    STATS["examples"]+=1; STATS["consented"]+=sum(self.consented.values()); STATS["decided"]+=len(self.decided)
    old(self)
Life.nothing_is_lost=counted
import atexit
atexit.register(lambda: open("/tmp/lead/pf/stats.txt","w").write("\n".join(f"{k}: {v}" for k,v in sorted(STATS.items()))))
if os.environ.get("PROF"):
    import cProfile
    P=cProfile.Profile(); P.enable()
    def dump():
        P.disable(); import pstats; pstats.Stats(P).sort_stats("cumtime").dump_stats("/tmp/lead/pf/prof2")
    atexit.register(dump)
