"""Every address of the doors for scripts that were written for somebody else: what it does there, and what a token must be good for."""

from dataclasses import dataclass, field

from generations.models import Scope

READ, GENERATE = Scope.READ, Scope.GENERATE
EITHER = frozenset({READ, GENERATE})


@dataclass(frozen=True)
class Drop:
    does: str
    needs: frozenset[Scope]
    fixed: dict[str, str] = field(default_factory=dict)


def make(**fixed: str) -> Drop:
    return Drop("POST", frozenset({GENERATE}), fixed)


def look(**fixed: str) -> Drop:
    return Drop("GET", EITHER, fixed)


DOORS = {
    **{f"{name}_generations": make() for name in ("v1", "gateway", "ark", "anyfast")},
    **{f"{name}_edits": make() for name in ("v1", "gateway")},
    **{f"{name}_models": look() for name in ("v1", "gateway", "ark", "apimart", "anyfast")},
    **{f"{name}_model": look(name="gateway/seedream-5.0") for name in ("v1", "gateway", "ark")},
    "submit_tensorslab": make(engine="seedreamv5"),
    "ask_tensorslab": Drop("POST", EITHER),
    "submit_apimart": make(),
    "ask_apimart": look(task="task_1"),
    "upload_apimart": make(),
}
NOTHING = {f"{name}_nothing" for name in ("v1", "ark", "compat", "tensorslab", "apimart", "anyfast")}  # all that is not there
