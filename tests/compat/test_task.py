"""Task ids: as the providers write them, and only ever what was written by us."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generations.compat.task import STYLES

styles = pytest.mark.parametrize("style", STYLES.values(), ids=list(STYLES))


def test_they_look_like_the_providers_own() -> None:
    uid = UUID("0f3a9c1b-7d22-4e58-8000-00000000002a")
    assert STYLES["tensorslab"].write(uid) == "tl_0f3a9c1b7d224e58800000000000002a"
    assert STYLES["apimart"].write(uid) == "task_0F7AE1PZ929SC800000000001A"


@styles
@given(uid=st.uuids())
def test_what_was_written_is_read(style, uid) -> None:
    assert style.read(style.write(uid)) == uid


@styles
@given(word=st.text(max_size=40))
def test_anything_else_is_no_task_of_ours(style, word) -> None:
    found = style.read(word)
    assert found is None or style.write(found) == word


@styles
def test_there_is_one_way_to_write_each(style) -> None:
    task = style.write(uuid4())
    body = task.removeprefix(style.begins)
    for other in (task.swapcase(), f"{task} ", f" {task}", body, f"{task}0", task[:-1], f"{style.begins}{'Z' * len(body)}"):
        assert style.read(other) is None
