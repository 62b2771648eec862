import pytest
from django.test import Client

from generations.gallery.selection import MOST
from generations.models import Collection, Image, Mark, Team, User
from tests.cast import client_of
from tests.gallery.stock import hung

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


def post(client: Client, path: str, *images: Image, **form: str):
    return client.post(f"/gallery/{path}/", {"image": [str(image.uid) for image in images], **form}, headers=HTMX)


def test_many_are_starred_at_once_and_found(designer: User, team: Team):
    images = hung(designer, team, count=3)
    Mark.objects.create(user=designer, image=images[0], rating=4)
    answer = post(client_of(designer), "star", *images)
    assert "3 images starred." in answer.content.decode()
    assert Mark.objects.filter(user=designer, starred=True).count() == 3
    assert Mark.objects.get(image=images[0]).rating == 4
    assert client_of(designer).get("/gallery/?starred=1").content.decode().count("data-facts") == 3


def test_a_viewer_has_stars_too(designer: User, viewer: User, team: Team):
    post(client_of(viewer), "star", *hung(designer, team))
    assert Mark.objects.filter(user=viewer, starred=True).exists()


def test_a_strangers_picture_cannot_be_starred(designer: User, stranger: User, team: Team):
    post(client_of(stranger), "star", *hung(designer, team))
    assert not Mark.objects.exists()


def test_they_go_into_a_collection(designer: User, team: Team):
    spring = Collection.objects.create(team=team, user=designer, name="Spring")
    images = hung(designer, team, count=3)
    answer = post(client_of(designer), "collect", *images, collection=str(spring.uid))
    assert "3 images added to “Spring”." in answer.content.decode()
    assert set(spring.images.all()) == set(images)


def test_or_into_a_new_one(designer: User, team: Team):
    post(client_of(designer), "collect", *hung(designer, team), name=" Tea ")
    assert Collection.objects.get().name == "Tea"
    post(client_of(designer), "collect", *hung(designer, team), name="")
    assert Collection.objects.latest("pk").name


def test_without_either_it_asks_where_to(designer: User, team: Team):
    Collection.objects.create(team=team, user=designer, name="Spring")
    [image] = hung(designer, team)
    assert "Spring" in post(client_of(designer), "collect", image).content.decode()
    page = client_of(designer).post("/gallery/collect/", {"image": str(image.uid), "next": "/gallery/?q=kite"}).content.decode()
    assert f'name="image" value="{image.uid}"' in page
    assert 'name="next" value="/gallery/?q=kite"' in page
    assert "1 image goes into:" in page


def test_a_collection_that_is_not_there_takes_nothing(designer: User, stranger: User, team: Team, other_team: Team):
    theirs = Collection.objects.create(team=other_team, user=stranger, name="Theirs")
    for uid in (str(theirs.uid), "x"):
        assert post(client_of(designer), "collect", *hung(designer, team), collection=uid).status_code == 404
    assert not theirs.images.exists()


def test_a_viewer_collects_nothing(designer: User, viewer: User, team: Team):
    assert post(client_of(viewer), "collect", *hung(designer, team), name="x").status_code == 403
    assert not Collection.objects.exists()


def test_everything_a_filter_shows_is_counted(designer: User, team: Team):
    hung(designer, team, count=3, prompt="kite")
    hung(designer, team, prompt="koi")
    answer = client_of(designer).post("/gallery/count/", {"filter": "q=kite"}, headers=HTMX).content.decode()
    assert "3 selected" in answer
    assert 'name="all" value="on"' in answer


def test_more_than_a_click_may_change_is_said(designer: User, team: Team, monkeypatch):
    monkeypatch.setattr("generations.gallery.actions.MOST", 2)
    hung(designer, team, count=3)
    assert "the newest 2" in client_of(designer).post("/gallery/count/", {}, headers=HTMX).content.decode()


def test_a_click_reaches_just_so_many(designer: User, team: Team, monkeypatch):
    monkeypatch.setattr("generations.gallery.selection.MOST", 2)
    hung(designer, team, count=3)
    post(client_of(designer), "star", all="on")
    assert Mark.objects.count() == 2


def test_the_limit_is_a_thousand():
    assert MOST == 1_000


def test_without_a_script_the_page_is_drawn_anew_where_it_was(designer: User, team: Team):
    image = hung(designer, team)[0]
    answer = client_of(designer).post("/gallery/star/", {"image": str(image.uid), "next": "/gallery/?q=kite"})
    assert (answer.status_code, answer["Location"]) == (302, "/gallery/?q=kite")


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "javascript:alert(1)", "/\\evil"])
def test_it_never_leads_out_of_the_studio(target: str, designer: User, team: Team):
    image = hung(designer, team)[0]
    answer = client_of(designer).post("/gallery/star/", {"image": str(image.uid), "next": target})
    assert answer["Location"] == "/gallery/"


@pytest.mark.parametrize("path", ["count", "star", "collect", "discard", "restore"])
def test_nothing_is_changed_by_a_link(path: str, designer: User):
    assert client_of(designer).get(f"/gallery/{path}/").status_code == 405
