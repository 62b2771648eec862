import pytest

from generations.gallery.wording import differ
from generations.models import Image, Reference, Team, Upload, User
from tests.cast import client_of
from tests.made import asked, made, pictured

pytestmark = pytest.mark.django_db


def compare(user: User, a: object, b: object, more: str = ""):
    return client_of(user).get(f"/compare/?a={a}&b={b}{more}")


def page_of(user: User, a: Image, b: Image, more: str = "") -> str:
    answer = compare(user, a.uid, b.uid, more)
    assert answer.status_code == 200
    return answer.content.decode()


def two(user: User, team: Team, *requests) -> list[Image]:
    return [pictured(made(user, team, request=request))[0] for request in requests]


def differing(page: str) -> str:
    """The table, without the folded rest."""
    return page.partition('<table class="facts">')[2].partition("</table>")[0]


def test_only_what_differs_is_in_the_table(designer: User, team: Team):
    a, b = two(designer, team, asked(seed=7), asked(seed=8, ratio="16:9"))
    page = page_of(designer, a, b)
    table = differing(page)
    for told in ["Seed", ">7<", ">8<", "Ratio", "16:9", "Pixels"]:
        assert told in table, told
    for same in ["Engine", "Account", "Watermark"]:
        assert same not in table, same
        assert same in page, same


def test_two_alike_differ_in_nothing_but_the_picture(designer: User, team: Team):
    a, b = pictured(made(designer, team, request=asked(images=2)), 2)
    page = page_of(designer, a, b)
    assert "Nothing but the pictures." in page
    assert "the same for both" in page


def test_the_same_number_of_references_may_be_others(designer: User, team: Team):
    uploads = [Upload.objects.create(team=team, user=designer, sha256=n * 64, format="png", width=1, height=1, bytes=1) for n in "abc"]
    a, b, c = two(designer, team, asked(), asked(), asked())
    for image, order in [(a, "ab"), (b, "ac"), (c, "ba")]:
        for place, letter in enumerate(order, start=1):
            Reference.objects.create(generation=image.generation, position=place, upload=uploads["abc".index(letter)])
    assert "2, 1 other" in differing(page_of(designer, a, b))
    assert "2, in another order" in differing(page_of(designer, a, c))
    assert "Nothing but the pictures." in page_of(designer, a, a)


def test_words_that_went_and_words_that_came_are_marked(designer: User, team: Team):
    a, b = two(designer, team, asked("A red kite at dawn"), asked("A green kite at dawn"))
    page = page_of(designer, a, b)
    assert "A<del> red</del> kite at dawn" in page
    assert "A<ins> green</ins> kite at dawn" in page


def test_a_prompt_cannot_become_part_of_the_page(designer: User, team: Team):
    a, b = two(designer, team, asked("<script>alert(1)</script>"), asked("<b>kite</b>"))
    page = page_of(designer, a, b)
    assert "<script>alert" not in page
    assert "<b>kite" not in page


def test_both_views_and_the_swap_are_links(designer: User, team: Team):
    a, b = two(designer, team, asked(), asked())
    page = page_of(designer, a, b)
    assert f"/compare/?a={b.uid}&amp;b={a.uid}" in page
    assert f"/compare/?a={a.uid}&amp;b={b.uid}&amp;view=side" in page
    assert "data-cut" in page
    assert "data-cut" not in page_of(designer, a, b, "&view=side")


def test_a_rerun_is_compared_with_the_picture_at_its_place(designer: User, team: Team):
    parent, child = made(designer, team), None
    before = pictured(parent, 2)
    child = made(designer, team, parent=parent)
    after = pictured(child, 3)
    client = client_of(designer)
    pages = [client.get(f"/images/{image.uid}/").content.decode() for image in after]
    for page, (one, other) in zip(pages, [(before[0], after[0]), (before[1], after[1]), (before[0], after[2])], strict=True):
        assert f"/compare/?a={one.uid}&amp;b={other.uid}" in page


@pytest.mark.parametrize("other", ["", "x", "0", "11111111-2222-4333-8444-555555555555"])
def test_what_is_no_image_cannot_be_compared(other: str, designer: User, team: Team):
    [image] = pictured(made(designer, team))
    assert compare(designer, image.uid, other).status_code == 404
    assert compare(designer, other, image.uid).status_code == 404
    assert client_of(designer).get("/compare/").status_code == 404


def test_a_strangers_and_a_private_image_are_not_there(designer: User, reviewer: User, stranger: User, team: Team, other_team: Team):
    [mine] = pictured(made(designer, team))
    for hidden in [pictured(made(stranger, other_team))[0], pictured(made(reviewer, team, private=True))[0]]:
        assert compare(designer, mine.uid, hidden.uid).status_code == 404


def test_the_pictures_beside_them_are_offered_too(designer: User, team: Team):
    images = pictured(made(designer, team), 3)
    hidden = pictured(made(designer, team), 1)
    page = page_of(designer, images[0], images[1])
    assert f"/compare/?a={images[0].uid}&amp;b={images[2].uid}" in page
    assert str(hidden[0].uid) not in page


def test_more_pictures_beside_them_cost_no_more_queries(designer: User, team: Team, django_assert_max_num_queries):
    first, second = made(designer, team), made(designer, team)
    a, b = pictured(first, 2)[0], pictured(second, 2)[0]
    client = client_of(designer)
    page = f"/compare/?a={a.uid}&b={b.uid}"
    client.get(page)
    with django_assert_max_num_queries(30) as before:
        client.get(page)
    pictured(first, 5)
    pictured(second, 5)
    with django_assert_max_num_queries(len(before)):
        client.get(page)


# --- words ---


def marked(before: str, after: str) -> tuple[str, str]:
    one, two = differ(before, after)
    return tuple("".join(piece.text if piece.same else f"[{piece.text}]" for piece in side) for side in (one, two))


WORDS = [
    ("a red kite", "a blue kite", "a[ red] kite", "a[ blue] kite"),
    ("红色风筝", "红色的风筝", "红色风筝", "红色[的]风筝"),
    ("a kite", "a kite, dawn", "a kite", "a kite[, dawn]"),
    ("one, two, three", "four, five, six", "[one, two, three]", "[four, five, six]"),
    ("", "a kite", "", "[a kite]"),
    ("same", "same", "same", "same"),
    ("two  spaces", "two spaces", "two  spaces", "two spaces"),
    ("line\nbreak ", "line break", "line\nbreak[ ]", "line break"),
]


@pytest.mark.parametrize(("before", "after", "left", "right"), WORDS)
def test_words_are_compared_one_by_one_and_chinese_by_characters(before: str, after: str, left: str, right: str):
    assert marked(before, after) == (left, right)


@pytest.mark.parametrize(("before", "after"), [("茶田红" * 3333, "红田茶" * 3333), ("a " * 5000, "a " * 4999 + "b"), ("x" * 10_000, "")])
def test_the_longest_prompts_lose_nothing_and_take_no_time(before: str, after: str):
    one, two = differ(before, after)
    assert "".join(piece.text for piece in one) == before
    assert "".join(piece.text for piece in two) == after
