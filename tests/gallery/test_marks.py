import pytest

from generations import search
from generations.models import Image, Mark, Team, User
from generations.search import facets
from generations.search.find import word
from generations.web.filters import Filter
from tests.cast import client_of
from tests.made import made, pictured

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(designer: User, team: Team) -> Image:
    return pictured(made(designer, team))[0]


def mark(who: User, image: Image, **form: str):
    return client_of(who).post(f"/images/{image.uid}/mark/", form, headers={"hx-request": "true"})


def of(user: User, image: Image) -> tuple[bool, int]:
    found = Mark.objects.get(user=user, image=image)
    return found.starred, found.rating


def test_a_star_is_set_and_taken_back(designer: User, image: Image):
    assert mark(designer, image, starred="on").status_code == 204
    assert of(designer, image) == (True, 0)
    mark(designer, image, starred="off")
    assert of(designer, image) == (False, 0)


def test_the_same_click_twice_is_one_star(designer: User, image: Image):
    for _time in range(2):
        mark(designer, image, starred="on")
    assert of(designer, image) == (True, 0)


@pytest.mark.parametrize("rating", ["0", "1", "5"])
def test_a_rating_leaves_the_star_alone(rating: str, designer: User, image: Image):
    mark(designer, image, starred="on")
    mark(designer, image, rating=rating)
    assert of(designer, image) == (True, int(rating))


def test_everybody_has_their_own(designer: User, viewer: User, image: Image):
    mark(designer, image, starred="on", rating="2")
    mark(viewer, image, rating="5")
    assert (of(designer, image), of(viewer, image)) == ((True, 2), (False, 5))
    page = client_of(viewer).get(f"/images/{image.uid}/").content.decode()
    assert 'data-rating="5" aria-pressed="true"' in page
    assert 'name="starred" value="on" aria-pressed="false"' in page


def test_what_is_starred_is_found_at_once(designer: User, image: Image):
    mark(designer, image, starred="on", rating="4")
    wanted = [[word(facets.starred(designer.pk))], [word(facets.rated(designer.pk, 4))]]
    assert search.find(wanted, 10) == [image.pk]
    assert Filter(starred=True).parts(designer) == wanted[:1]


@pytest.mark.parametrize(
    "form", [{}, {"starred": "yes"}, {"rating": "6"}, {"rating": "-1"}, {"rating": "x"}, {"rating": ""}, {"user": "1"}]
)
def test_a_mark_that_means_nothing_is_refused(form: dict[str, str], designer: User, image: Image):
    assert mark(designer, image, **form).status_code == 400
    assert not Mark.objects.exists()


def test_without_javascript_one_is_back_where_one_was(designer: User, image: Image):
    answer = client_of(designer).post(f"/images/{image.uid}/mark/", {"starred": "on", "next": "/gallery/?q=kite"})
    assert (answer.status_code, answer["Location"]) == (302, "/gallery/?q=kite")


def test_a_strangers_image_is_not_there(stranger: User, image: Image):
    assert mark(stranger, image, starred="on").status_code == 404
    assert not Mark.objects.exists()


def test_a_link_marks_nothing(designer: User, image: Image):
    assert client_of(designer).get(f"/images/{image.uid}/mark/?starred=on").status_code == 405
