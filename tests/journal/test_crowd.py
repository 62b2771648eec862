from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from generations import journal
from generations.journal import Deed
from generations.models import JournalLine, Team
from tests.journal.conftest import add

WRITERS, EACH = 20, 3


@pytest.mark.django_db(transaction=True)
def test_twenty_writers_make_one_chain(team: Team):
    start = Barrier(WRITERS)

    def work(number: int) -> None:
        try:
            start.wait()
            for time in range(EACH):
                with transaction.atomic():
                    Team.objects.create(name="Red Kite", slug=f"kite-{number}-{time}")
                    journal.write(Deed.TEAM_ADD, team=team, subject=f"writer/{number}", time=time)
        finally:
            connection.close()

    crowd = [Thread(target=work, args=[number]) for number in range(WRITERS)]
    [writer.start() for writer in crowd]
    [writer.join() for writer in crowd]
    assert journal.verify() is None
    assert JournalLine.objects.count() == WRITERS * EACH


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_next_writer_waits_until_the_one_before_has_committed():
    order: list[str] = []

    def second() -> None:
        add(1)
        order.append("second")
        connection.close()

    with transaction.atomic():
        add(1)
        other = Thread(target=second)
        other.start()
        other.join(0.3)
        order.append("first")
    other.join()
    assert order == ["first", "second"]
    assert journal.verify() is None
