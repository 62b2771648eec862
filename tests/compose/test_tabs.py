"""Two tabs share one draft: the older one does not write over the newer, and says so."""

import pytest
from django.http import HttpResponse

from generations.models import Draft, Generation, User
from tests.cast import client_of
from tests.compose.form import HTMX, filled, prompt, text, value

pytestmark = pytest.mark.django_db

WORD = "Changed in another tab"


class Window:
    """A composer in a window of its own: each answer becomes the form that is sent next."""

    def __init__(self, user: User) -> None:
        self.client = client_of(user)
        self.tab = value(self.client.get("/"), "tab")

    def write(self, words: str, path: str = "/composer/", **more: str) -> HttpResponse:
        answer = self.client.post(path, filled(prompt=words, tab=self.tab, **more), headers=HTMX)
        self.tab = value(answer, "tab")
        return answer


def draft() -> str:
    return Draft.objects.get().form["prompt"]


@pytest.fixture
def windows(designer: User) -> tuple[Window, Window]:
    """Both open; then the second one is written in."""
    filled()
    old, new = Window(designer), Window(designer)
    assert WORD not in text(new.write("a newer thought"))
    return old, new


def test_the_older_tab_is_told_and_writes_nothing_over(windows: tuple[Window, Window]):
    old, new = windows
    answer = old.write("an older thought")
    assert (WORD in text(answer), prompt(answer), draft()) == (True, "an older thought", "a newer thought")
    assert WORD not in text(new.write("newer still"))


def test_it_takes_the_other_one_and_undo_brings_its_own_back(windows: tuple[Window, Window]):
    old, _new = windows
    taken = old.write("an older thought", theirs="on")
    assert (WORD in text(taken), prompt(taken)) == (False, "a newer thought")
    back = old.write("a newer thought", before=value(taken, "before"), undo="on")
    assert (prompt(back), draft()) == ("an older thought", "an older thought")


def test_it_keeps_its_own(windows: tuple[Window, Window]):
    old, new = windows
    assert WORD not in text(old.write("an older thought", ours="on"))
    assert draft() == "an older thought"
    assert WORD in text(new.write("newer still"))


def test_it_sends_what_stands_in_it(windows: tuple[Window, Window]):
    old, _new = windows
    assert WORD in text(old.write("an older thought", "/generate/"))
    assert (Generation.objects.get().prompt, draft()) == ("an older thought", "a newer thought")


def test_an_answer_that_got_lost_makes_no_other_tab(designer: User):
    filled()
    alone = Window(designer)
    first = alone.tab
    alone.write("half")
    alone.tab = first
    assert WORD not in text(alone.write("half a thought"))


def test_a_tab_that_is_opened_later_knows_the_draft(designer: User):
    filled()
    Window(designer).write("half a thought")
    assert WORD not in text(Window(designer).write("a whole thought"))


@pytest.mark.parametrize("tab", ["", "x", "@", "0@-1", f"{'9' * 40}@{'9' * 40}", "@٣"])
def test_a_strange_tab_is_a_new_one(tab: str, designer: User):
    filled()
    alone = Window(designer)
    alone.tab = tab
    assert WORD not in text(alone.write("half a thought"))
