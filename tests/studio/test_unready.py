import pytest

from studio.unready import is_unready
from tests.studio.start import manage

LINE = "The database is not ready: start the studio once with `make run`.\n"


@pytest.mark.parametrize("words", [["engines"], ["reindex"], ["ask", "apimart/seedream-5.0-lite", "a kite"]])
def test_commands_say_that_nothing_was_set_up_yet(words: list[str], tmp_path):
    done = manage(*words, STUDIO_DATA=tmp_path)
    assert (done.returncode, done.stderr) == (1, LINE)


@pytest.mark.django_db(transaction=True)
def test_other_faults_of_a_database_that_is_ready_are_not_hidden():
    assert not is_unready()
