from typing import Any

import pytest

from generations.models import Team, User
from tests.isolation.things import things


@pytest.fixture
def found(designer: User, viewer: User, team: Team) -> dict[str, Any]:
    return things(designer, viewer, team)
