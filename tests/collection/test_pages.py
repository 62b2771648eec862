import pytest

from generations import collecting
from generations.models import Collection, Image, Placement, Team, User
from tests.cast import client_of
from tests.made import made, pictured

pytestmark = pytest.mark.django_db

NOBODY = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def images(designer: User, team: Team) -> list[Image]:
    return pictured(made(designer, team), 5)


@pytest.fixture
def spring(designer: User, team: Team, images: list[Image]) -> Collection:
    collection = Collection.objects.create(team=team, user=designer, name="Spring")
    collecting.place(collection.pk, [image.pk for image in images])
    return collection


def shown(page: str) -> list[str]:
    return [part.partition('"')[0] for part in page.split('<div class="tile ')[1:] for part in [part.partition(' id="i-')[2]]]


def page_of(user: User, path: str, **more: object) -> str:
    answer = client_of(user).get(path, **more)
    assert answer.status_code == 200, path
    return answer.content.decode()


def order(collection: Collection) -> list[Image]:
    return [placed.image for placed in collection.placements.order_by("position", "image").select_related("image")]


# --- the list ---


def test_one_is_made_and_opened(designer: User, team: Team):
    answer = client_of(designer).post("/collections/", {"name": "Client round two", "private": "on"})
    made_one = Collection.objects.get()
    assert answer["Location"] == f"/collections/{made_one.uid}/"
    assert (made_one.name, made_one.private, made_one.team, made_one.user) == ("Client round two", True, team, designer)


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\0b"])
def test_a_name_that_is_none_is_refused_and_kept(name: str, designer: User):
    answer = client_of(designer).post("/collections/", {"name": name})
    assert answer.status_code == 422
    assert "wrong" in answer.content.decode()
    assert not Collection.objects.exists()


def test_nobody_can_say_whose_it_is(designer: User, stranger: User, other_team: Team):
    client_of(designer).post("/collections/", {"name": "Mine", "user": stranger.pk, "team": other_team.pk})
    assert Collection.objects.get().user == designer


def test_the_list_shows_the_first_four_the_name_and_the_number(designer: User, spring: Collection, images: list[Image]):
    page = page_of(designer, "/collections/")
    assert "Spring" in page
    assert "5 images" in page
    for image in images[:4]:
        assert f"/images/{image.uid}/320.webp" in page
    assert f"/images/{images[4].uid}/320.webp" not in page


def test_covers_show_only_what_this_person_may_see(designer: User, reviewer: User, spring: Collection, images: list[Image]):
    Image.objects.filter(pk=images[0].pk).update(private=True)
    Image.objects.filter(pk=images[1].pk).update(trashed_at="2026-11-20T12:00Z")
    page = page_of(reviewer, "/collections/")
    assert [f"/images/{image.uid}/320.webp" in page for image in images] == [False, False, True, True, True]


def test_a_private_one_is_its_owners_alone(designer: User, admin: User, owner: User, spring: Collection):
    Collection.objects.update(private=True)
    assert "Spring" in page_of(designer, "/collections/")
    for user in (admin, owner):
        assert "Spring" not in page_of(user, "/collections/")
        assert client_of(user).get(f"/collections/{spring.uid}/").status_code == 404


def test_the_list_goes_on_where_a_page_ends(designer: User, team: Team):
    for number in range(30):
        Collection.objects.create(team=team, user=designer, name=f"Number {number}")
    first = page_of(designer, "/collections/")
    older = first.partition("?before=")[2].partition('"')[0]
    second = page_of(designer, f"/collections/?before={older}")
    names = [f"Number {number}<" for number in range(30)]
    assert [name in first for name in names] == [False] * 6 + [True] * 24
    assert [name in second for name in names] == [True] * 6 + [False] * 24


@pytest.mark.parametrize("before", ["x", "", NOBODY])
def test_a_place_in_the_list_that_is_none_is_the_beginning(before: str, designer: User, spring: Collection):
    assert "Spring" in page_of(designer, f"/collections/?before={before}")


def test_twice_the_collections_and_images_cost_no_more_queries(designer: User, team: Team, django_assert_max_num_queries):
    client = client_of(designer)
    fill(designer, team)
    client.get("/collections/")
    with django_assert_max_num_queries(12) as first:
        client.get("/collections/")
    for _time in range(3):
        fill(designer, team)
    with django_assert_max_num_queries(len(first)):
        client.get("/collections/")


def fill(designer: User, team: Team) -> None:
    for name in "abc":
        collection = Collection.objects.create(team=team, user=designer, name=name)
        collecting.place(collection.pk, [image.pk for image in pictured(made(designer, team), 5)])


# --- one of them ---


def test_it_shows_its_images_in_its_order(designer: User, spring: Collection, images: list[Image]):
    collecting.move(spring.pk, images[4].pk, images[0].pk)
    page = page_of(designer, f"/collections/{spring.uid}/")
    assert shown(page) == [str(images[place].uid) for place in (4, 0, 1, 2, 3)]
    assert f"/images/{images[0].uid}/?collection={spring.uid}" in page


def test_a_long_one_goes_on_without_a_gap_or_a_repetition(designer: User, team: Team, spring: Collection, images: list[Image]):
    for _time in range(14):
        collecting.place(spring.pk, [image.pk for image in pictured(made(designer, team), 10)])
    expected, found, address = [str(image.uid) for image in order(spring)], [], f"/collections/{spring.uid}/"
    path = address
    while path:
        page = page_of(designer, path)
        found += shown(page)
        after = page.partition('href="?after=')[2].partition('"')[0]
        path = f"{address}?after={after}" if after else ""
    assert found == expected


def test_the_next_part_alone_goes_to_the_page_that_is_there(designer: User, spring: Collection, images: list[Image]):
    fragment = page_of(designer, f"/collections/{spring.uid}/?after={images[1].uid}", headers={"hx-request": "true"})
    assert "<html" not in fragment
    assert shown(fragment) == [str(image.uid) for image in images[2:]]


@pytest.mark.parametrize("after", ["x", NOBODY])
def test_a_place_that_is_none_is_the_beginning(after: str, designer: User, spring: Collection):
    assert len(shown(page_of(designer, f"/collections/{spring.uid}/?after={after}"))) == 5


def test_others_see_what_they_may_see_of_it(reviewer: User, spring: Collection, images: list[Image]):
    Image.objects.filter(pk=images[0].pk).update(private=True)
    Image.objects.filter(pk=images[1].pk).update(trashed_at="2026-11-20T12:00Z")
    assert shown(page_of(reviewer, f"/collections/{spring.uid}/")) == [str(image.uid) for image in images[2:]]


def test_twice_the_images_cost_no_more_queries(designer: User, team: Team, spring: Collection, django_assert_max_num_queries):
    client, address = client_of(designer), f"/collections/{spring.uid}/"
    client.get(address)  # tiles are drawn once
    with django_assert_max_num_queries(14) as first:
        client.get(address)
    count = len(first)
    collecting.place(spring.pk, [image.pk for image in pictured(made(designer, team), 20)])
    client.get(address)
    with django_assert_max_num_queries(count):
        client.get(address)


# --- changing it ---


def change(user: User, collection: Collection, name: str, was: str = "Spring", **form: str):
    return client_of(user).post(f"/collections/{collection.uid}/change/", {"name": name, "was": was, **form}, follow=True)


def test_anybody_who_makes_may_rename_it(reviewer: User, spring: Collection):
    assert "Saved." in change(reviewer, spring, "Summer").content.decode()
    spring.refresh_from_db()
    assert spring.name == "Summer"


def test_of_two_who_rename_it_the_second_is_told(designer: User, reviewer: User, spring: Collection):
    change(designer, spring, "Summer")
    assert "Somebody renamed it to “Summer” meanwhile. Nothing was changed." in change(reviewer, spring, "Autumn").content.decode()
    spring.refresh_from_db()
    assert spring.name == "Summer"


@pytest.mark.parametrize("name", ["", " ", "x" * 81])
def test_a_new_name_that_is_none_changes_nothing(name: str, designer: User, spring: Collection):
    assert "error" in change(designer, spring, name).content.decode()
    spring.refresh_from_db()
    assert spring.name == "Spring"


def test_only_its_owner_makes_it_private(designer: User, reviewer: User, spring: Collection):
    change(reviewer, spring, "Spring", private="on")
    spring.refresh_from_db()
    assert not spring.private
    change(designer, spring, "Spring", private="on")
    spring.refresh_from_db()
    assert spring.private


@pytest.mark.parametrize(("who", "status"), [("designer", 302), ("admin", 302), ("reviewer", 403), ("viewer", 403), ("stranger", 404)])
def test_its_owner_and_administrators_delete_it_and_images_stay(who: str, status: int, spring: Collection, request: pytest.FixtureRequest):
    answer = client_of(request.getfixturevalue(who)).post(f"/collections/{spring.uid}/delete/")
    assert answer.status_code == status
    assert Collection.objects.exists() is (status != 302)
    assert Image.objects.count() == 5


# --- what lies in it ---


def collect(user: User, images: list[Image], **form: str):
    return client_of(user).post("/collections/collect/", {"image": [image.uid for image in images], **form}, follow=True)


def test_images_are_put_into_one_that_is_there(designer: User, team: Team, spring: Collection):
    new = pictured(made(designer, team), 2)
    page = collect(designer, [*new, order(spring)[0]], collection=str(spring.uid)).content.decode()
    assert "2 images added to “Spring”. 1 were in it already." in page
    assert order(spring)[5:] == new


def test_images_are_put_into_a_new_one(designer: User, images: list[Image]):
    collect(designer, images[:2], name="Moodboard")
    assert order(Collection.objects.get(name="Moodboard")) == images[:2]


def test_a_new_one_without_a_name_is_asked_for_it(designer: User, images: list[Image]):
    answer = collect(designer, images[:2], name=" ")
    assert answer.status_code == 422
    assert f'value="{images[0].uid}"' in answer.content.decode()
    assert not Collection.objects.exists()


def test_the_choice_names_what_may_be_chosen(designer: User, reviewer: User, team: Team, spring: Collection, images: list[Image]):
    Collection.objects.create(team=team, user=reviewer, name="Not mine", private=True)
    for htmx in ({}, {"hx-request": "true"}):
        page = page_of(designer, f"/collections/collect/?image={images[0].uid}", headers=htmx)
        assert ("<html" in page) is not bool(htmx)
        assert "Spring" in page
        assert "Not mine" not in page


@pytest.mark.parametrize("image", ["x", NOBODY])
def test_what_is_no_image_is_not_collected(image: str, designer: User, spring: Collection):
    client = client_of(designer)
    assert client.get(f"/collections/collect/?image={image}").status_code == 404
    assert client.post("/collections/collect/", {"image": image, "collection": spring.uid}).status_code == 404
    assert client.get("/collections/collect/").status_code == 400


def test_a_strangers_image_and_a_strangers_collection_are_not_there(designer: User, stranger: User, other_team: Team, images: list[Image]):
    foreign = Collection.objects.create(team=other_team, user=stranger, name="Theirs")
    assert collect(designer, images, collection=str(foreign.uid)).status_code == 404
    assert collect(stranger, images, collection=str(foreign.uid)).status_code == 404
    assert not Placement.objects.exists()


def test_images_are_taken_out(designer: User, spring: Collection, images: list[Image]):
    client_of(designer).post(f"/collections/{spring.uid}/remove/", {"image": [images[0].uid, images[3].uid]})
    assert order(spring) == [images[place] for place in (1, 2, 4)]


def test_the_pages_script_sends_all_in_one_field_and_takes_them_off_the_page(designer: User, spring: Collection, images: list[Image]):
    answer = client_of(designer).post(
        f"/collections/{spring.uid}/remove/", {"image": f"{images[0].uid} {images[1].uid}"}, headers={"hx-request": "true"}
    )
    assert f'<div id="i-{images[0].uid}" hx-swap-oob="delete">' in answer.content.decode()
    assert order(spring) == images[2:]


def move(user: User, collection: Collection, image: Image, before: Image | None = None, **headers: str):
    form = {"image": image.uid, **({"before": before.uid} if before else {})}
    return client_of(user).post(f"/collections/{collection.uid}/move/", form, headers=headers)


def test_an_image_is_moved(designer: User, spring: Collection, images: list[Image]):
    assert move(designer, spring, images[3], images[0], **{"hx-request": "true"}).status_code == 204
    assert move(designer, spring, images[1]).status_code == 302
    assert order(spring) == [images[place] for place in (3, 0, 2, 4, 1)]


def test_what_is_not_in_it_cannot_be_moved_in_it(designer: User, team: Team, spring: Collection, images: list[Image]):
    [other] = pictured(made(designer, team))
    assert move(designer, spring, other, images[0]).status_code == 404
    assert move(designer, spring, images[0], other).status_code == 404
    assert order(spring) == images


CHANGES = ["change/", "delete/", "remove/", "move/"]


@pytest.mark.parametrize("path", CHANGES)
def test_a_viewer_and_a_stranger_change_nothing(path: str, viewer: User, stranger: User, spring: Collection, images: list[Image]):
    form = {"name": "Mine", "was": "Spring", "image": images[0].uid, "before": images[2].uid}
    assert client_of(viewer).post(f"/collections/{spring.uid}/{path}", form).status_code == 403
    assert client_of(stranger).post(f"/collections/{spring.uid}/{path}", form).status_code == 404
    spring.refresh_from_db()
    assert (spring.name, order(spring)) == ("Spring", images)


@pytest.mark.parametrize("path", CHANGES)
def test_a_link_changes_nothing(path: str, designer: User, spring: Collection):
    assert client_of(designer).get(f"/collections/{spring.uid}/{path}").status_code == 405


def test_a_private_one_is_not_there_for_others_whatever_they_do(admin: User, spring: Collection, images: list[Image]):
    Collection.objects.update(private=True)
    assert collect(admin, images, collection=str(spring.uid)).status_code == 404
    for path in CHANGES:
        assert client_of(admin).post(f"/collections/{spring.uid}/{path}", {"image": images[0].uid, "name": "x"}).status_code == 404


def test_a_viewer_is_offered_nothing_to_change(viewer: User, spring: Collection):
    page = page_of(viewer, f"/collections/{spring.uid}/")
    for offered in ["Take out", "Settings", "Delete the collection", "data-order"]:
        assert offered not in page
    assert "Download ZIP" in page
    assert "Make a collection" not in page_of(viewer, "/collections/")
