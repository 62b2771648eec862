import pytest

from tests.supervisor.conftest import Maker
from tests.supervisor.studio import wait

pytestmark = pytest.mark.stack


@pytest.mark.postgres
def test_two_nodes_may_be_started_at_once(new_studio: Maker) -> None:
    first = new_studio(STUDIO_SECRET_KEY="shared-by-all-nodes-" * 3 + "0123456789")
    second = new_studio(STUDIO_SECRET_KEY=first.environment["STUDIO_SECRET_KEY"], DATABASE_URL=first.database)
    first.begin()
    second.up()
    wait(lambda: first.said("Seedbed is ready"), 300, first)
    assert first.said("Another node") != second.said("Another node")
