import json
from time import monotonic
import pytest
from tests.pipeline.drilled import *
from tests.pipeline.studio import hurrying, work, ledger, QUICK
from generations.media import derive
from generations.models import *
from generations.pipeline import money
pytestmark = pytest.mark.django_db(transaction=True)

@pytest.fixture(autouse=True)
def _studio(port, settings, brisk, monkeypatch):
    settings.SANDBOX_PORT = port
    monkeypatch.setattr(derive, "SIDES", (320,)); monkeypatch.setattr(derive, "LARGEST", 320)
    with hurrying():
        yield

@pytest.mark.parametrize("dialect", QUICK)
def test_dump(designer, team, port, dialect):
    names=[d.name for d in drills_of(dialect, without=("stuck",) + (("late",) if dialect in ("tensorslab","apimart") else ()))]
    before=len(ledger(port)); t=monotonic()
    found=begin(designer, team, dialect, names)
    print("started", monotonic()-t)
    work(60)
    print("worked", monotonic()-t)
    lines={l["drills"][0]:l for l in ledger(port) if l["dialect"]==dialect and l["drills"]}
    count={}
    for l in ledger(port):
        if l["dialect"]==dialect and l["drills"]: count[l["drills"][0]]=count.get(l["drills"][0],0)+1
    with open(f"/tmp/lead/pf/dump-{dialect}.txt","w") as f:
        for name,g in found.items():
            g.refresh_from_db()
            a=list(g.attempts.order_by("number"))
            l=lines.get(name)
            im=[(i.status, bool(i.extra), [b["name"] for b in i.broken], (i.trouble or {}).get("sentence","")[:50]) for i in g.images.order_by("attempt","index")]
            gate=Gate.objects.filter(account=g.account).first()
            f.write(f"{DRILLS[name].row:4} {name:20} {g.status:10} {[(x.outcome,x.charge) for x in a]} held={g.held} charged={g.charged} ledger={count.get(name,0)}/{l['billed'] if l else None} due={bool(g.due_at)} paused={bool(gate and gate.paused)} wait={bool(gate and gate.wait_until)} | {(g.trouble or {}).get('next')} {(g.trouble or {}).get('sentence')} | {im}\n")
    print(list(money.audit()))
