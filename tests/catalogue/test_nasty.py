import json
import time

from hypothesis import given, settings
from hypothesis import strategies as any_

from generations.catalogue import ENGINES
from generations.catalogue.check import check, read_size
from generations.catalogue.request import GenerationRequest, Logo, Reference
from generations.catalogue.sizes import Size
from tests.catalogue.requests import asked, engine, photos

whole = any_.integers() | any_.sampled_from([0, -1, 10**30, 10**400, 2**53, True])
plain = any_.none() | whole | any_.floats() | any_.text() | any_.binary()
odd = plain | any_.lists(plain, max_size=2) | any_.dictionaries(any_.text(), plain, max_size=2)
size = odd | any_.builds(Size, whole | odd, whole | odd)
picture = odd | any_.builds(Reference, sha256=odd, format=odd | any_.sampled_from(["jpeg", "gif"]), size=size, bytes=whole | odd)
logo = odd | any_.builds(Logo, position=odd, language=odd, opacity=odd)
request = any_.builds(
    GenerationRequest,
    engine=odd,
    prompt=odd,
    images=odd,
    ratio=odd | any_.just("1:1"),
    tier=odd | any_.just("2K"),
    size=size,
    references=odd | any_.lists(picture, max_size=3).map(tuple),
    seed=odd,
    guidance=odd,
    format=odd,
    watermark=odd,
    logo=logo,
    web_search=odd,
)


@given(request, any_.sampled_from(list(ENGINES.values())))
@settings(max_examples=400)
def test_whatever_comes_it_is_refused_in_words(request, engine):
    for problem in check(request, engine):
        assert str(problem)
        assert "{" not in str(problem)


@given(any_.text())
def test_whatever_is_typed_is_a_size_or_a_problem(text):
    found = read_size(text)
    assert isinstance(found, Size) or found.field == "size"


@given(any_.integers(1, 99_999), any_.integers(1, 99_999))
def test_a_size_reads_as_it_is_written(width, height):
    assert read_size(f"{width}x{height}") == Size(width, height)


def test_what_a_problem_says_can_be_stored():
    request = asked("gateway/seedream-5.0", prompt="", size=Size(20_000, 1), images=99, references=photos(15))
    assert json.dumps([str(problem) for problem in check(request, engine(request.engine))])


def test_a_check_takes_no_time():
    chosen = engine("gateway/seedream-5.0")
    request = asked(chosen.id, prompt="字" * 10_000, size=Size(2050, 2050), references=photos(14))
    times = []
    for _ in range(50):
        start = time.perf_counter()
        check(request, chosen)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.0002
