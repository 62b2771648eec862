"""Is a key good? Asked in a way that costs nothing, where the provider has such a way."""

from generations.dialects.wire import Call
from generations.providers.client import QUESTION
from generations.providers.way import Way

# Lists of models. TensorsLab has none, and a question for a task that is not there answers alike with any key.
LISTS = {"apimart": "/v1/models", "anyfast": "/v1/models", "gateway": "/v1/models", "ark": "/api/v3/models"}


def _(message: str) -> str:
    """Marks a sentence for translation; whoever shows it translates it."""
    return message


GOOD = _("The provider takes this key.")
BAD = _("The provider refuses this key.")
NO_WAY = _("This provider offers no call that costs nothing, so the key cannot be tested. The first request will tell.")
ODD = _("The provider answered, but not as expected. The first request will tell.")


def probe(dialect: str, way: Way) -> tuple[bool | None, str, str]:
    """Yes, no, or nobody knows; our sentence; and the provider's status. What the network says is raised as a Failure."""
    if dialect not in LISTS:
        return None, NO_WAY, ""
    answer = way.ask(Call("GET", LISTS[dialect]), QUESTION)
    if answer.status in (401, 403):
        return False, BAD, f"HTTP {answer.status}"
    return (True, GOOD, "") if answer.status == 200 else (None, ODD, f"HTTP {answer.status}")
