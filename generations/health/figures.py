"""What `/metrics` tells, in the text form of Prometheus: kept totals, and what an index finds. No table is read from end to end.

Teams are numbers here, and no name of a person or word of a prompt is told. Whoever asks again within a moment gets the same answer.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from generations.health import measures
from generations.health.measures import Metric

KEPT = 5.0
PREFIX = "seedbed_"
MEASURES: tuple[Callable[[], Iterable[Metric]], ...] = (
    measures.build,
    measures.queue,
    measures.requests,
    measures.doubts,
    measures.attempts,
    measures.accounts,
    measures.money,
    measures.images,
    measures.workers,
    measures.disks,
    measures.backup,
)


@dataclass
class Answer:
    at: float = field(default=float("-inf"))
    text: str = ""


lock = Lock()
latest = Answer()


def text() -> str:
    with lock:
        if monotonic() - latest.at > KEPT:
            latest.text = "".join(lines())
            latest.at = monotonic()
        return latest.text


def lines() -> Iterator[str]:
    for measure in MEASURES:
        for metric in measure():
            yield from told(metric)


def told(metric: Metric) -> Iterator[str]:
    yield f"# HELP {PREFIX}{metric.name} {metric.help}\n# TYPE {PREFIX}{metric.name} {metric.kind}\n"
    for labels, value in metric.samples:
        named = ",".join(f'{name}="{escaped(text)}"' for name, text in labels.items())
        yield f"{PREFIX}{metric.name}{f'{{{named}}}' if named else ''} {value}\n"


def escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
