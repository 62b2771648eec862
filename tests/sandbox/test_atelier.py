import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from generations.sandbox import atelier


def test_many_ask_and_few_paint():
    with ThreadPoolExecutor(40) as crowd:
        hands = set(crowd.map(lambda _: atelier.order(lambda: threading.current_thread().name.encode()), range(80)))
    assert 1 <= len(hands) <= (atelier.os.cpu_count() or 1)


def test_what_goes_wrong_is_told_to_whoever_ordered():
    with pytest.raises(ZeroDivisionError):
        atelier.order(lambda: bytes(1 // 0))
    assert atelier.order(lambda: b"still there") == b"still there"


def test_the_same_picture_is_painted_once():
    assert atelier.painted("koi", 0, 96, 96, "png") is atelier.painted("koi", 0, 96, 96, "png")
