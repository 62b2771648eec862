"""Two hundred requests at once through the real queue, the real workers and the real sandbox, and clicks meanwhile; idling; the memory."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen
from time import sleep

from generations.bench.figure import Figure
from generations.bench.gallery import serve
from generations.bench.stage import Stage, stage

TAKES = 5.0  # seconds that the provider needs
COUNT, AT_ONCE = 200, 100
IDEAL = COUNT / AT_ONCE * TAKES
SLACK = 1.15
VISIBLE = {"gateway": 1.5, "tensorslab": 3.0}
KINDS = {"gateway": "synchronous", "tensorslab": "asynchronous"}
TRICKLE, GAP = 30, 0.4  # requests one after the other, for what a single one waits; and seconds between two
CLICKS, REST = 30, 0.2  # on Generate, while the two hundred are running
SETTLED, WATCHED = 12.0, 10.0  # seconds until the drivers have gone home; and of idling


def figures() -> Iterator[Figure]:
    with stage() as studio:
        port, web = str(studio.sandbox(1)), str(serve(studio))
        cluster = studio.start("manage.py", "qcluster", "--skip-checks")
        studio.run("-m", "generations.bench.load", "warm", port)
        for dialect in KINDS:
            yield from loaded(studio, dialect, port, web)
        sleep(SETTLED)
        yield Figure("idle workers", idle(cluster), 2.0, "% of a core")
    with stage() as studio:
        cluster = studio.start("manage.py", "qcluster", "--skip-checks")
        yield from remembered(studio, cluster, str(studio.sandbox(100)))


def loaded(studio: Stage, dialect: str, port: str, web: str) -> Iterator[Figure]:
    found = json.loads(studio.run("-m", "generations.bench.load", dialect, port, web))
    kind = KINDS[dialect]
    yield Figure(f"{COUNT} {kind} generations of {TAKES:g} s, {AT_ONCE} at once", found["wall"], SLACK * IDEAL + found["alone"], "s")
    yield Figure(f"{kind}: click on Generate to row committed, while {COUNT} run, p95", found["clicked"], 100.0, "ms")
    yield Figure(f"{kind}: order to row committed, without the web server, p95", found["ordered"], 100.0, "ms")
    visible = f"{kind}: provider done to image visible, one every {GAP:g} s, p95"
    yield Figure(visible, found["visible"], VISIBLE[dialect], "s")


def remembered(studio: Stage, cluster: Popen[str], port: str) -> Iterator[Figure]:
    """How much larger the largest worker is after 2,000 images than after 500."""
    studio.run("-m", "generations.bench.load", "warm", port)
    studio.run("-m", "generations.bench.load", "many", port, "500")
    early = largest(cluster)
    studio.run("-m", "generations.bench.load", "many", port, "1500")
    yield Figure("growth of a worker from 500 to 2,000 images", (largest(cluster) / early - 1) * 100, 10.0, "%")


def idle(cluster: Popen[str]) -> float:
    before = seconds(cluster)
    sleep(WATCHED)
    return (seconds(cluster) - before) / WATCHED * 100


def seconds(cluster: Popen[str]) -> float:
    return sum(sum(map(int, stat[11:13])) for stat in stats(cluster)) / os.sysconf("SC_CLK_TCK")


def largest(cluster: Popen[str]) -> float:
    return float(max(int(stat[21]) for stat in stats(cluster)))


def stats(cluster: Popen[str]) -> Iterator[list[str]]:
    """What the kernel says of each process of the cluster, from its state on."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            stat = path.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if int(stat[3]) == cluster.pid:  # its session
            yield stat
