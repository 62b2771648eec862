import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.utils import timezone

from generations.models import Collection, Image, JournalLine, Share, Team, User
from generations.web.carried import pack
from tests.cast import client_of
from tests.made import made, pictured

pytestmark = pytest.mark.django_db

NOBODY = "11111111-2222-4333-8444-555555555555"


def day(days: int = 14) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def make(user: User, query: str, **fields: str):
    return client_of(user).post(f"/links/new/?{query}", {"title": "Round two", "until": day(), **fields})


def of(image: Image) -> str:
    return f"image={image.uid}"


def link_in(answer) -> str:
    found = re.search(r'value="http://testserver(/s/[\w-]+/)"', answer.content.decode())
    assert found, answer.content.decode()
    return found[1]


# --- what for ---


def test_a_link_to_one_image(designer: User, image: Image):
    link = link_in(make(designer, of(image)))
    assert Client().get(link)["Location"] == f"{link}{image.uid}/"
    assert list(Share.objects.get().images.all()) == [image]


def test_a_link_to_chosen_images_in_their_order(designer: User, images: list[Image]):
    wanted = [images[2], images[0]]
    page = Client().get(link_in(make(designer, f"images={pack([one.pk for one in wanted])}"))).content.decode()
    assert page.index(str(wanted[0].uid)) < page.index(str(wanted[1].uid))
    assert str(images[1].uid) not in page


def test_a_link_to_a_collection(designer: User, spring: Collection):
    link = link_in(make(designer, f"collection={spring.uid}"))
    assert Client().get(link).status_code == 200
    assert Share.objects.get().collection == spring


def test_the_form_begins_with_two_weeks_and_a_name(designer: User, spring: Collection):
    page = client_of(designer).get(f"/links/new/?collection={spring.uid}").content.decode()
    assert f'value="{day(14)}"' in page
    assert f'max="{day(365)}"' in page
    assert 'value="Spring"' in page
    assert not re.search(r"<input[^>]*checkbox[^>]*checked", page)


def test_it_is_written_down_without_words(designer: User, image: Image):
    make(designer, of(image), secret="three quiet herons", prompt="on")
    line = JournalLine.objects.get(deed="share.add")
    assert (line.actor, line.subject) == (designer.pk, f"share/{Share.objects.get().pk}")
    assert line.details == {
        "images": 1,
        "collection": None,
        "protected": True,
        "commenting": False,
        "words": True,
        "originals": False,
        "private": False,
    }


def test_its_token_is_shown_once_and_kept_nowhere(designer: User, image: Image):
    token = link_in(make(designer, of(image))).split("/")[2]
    assert Share.objects.get().digest == sha256(token.encode()).hexdigest()
    assert token not in str(Share.objects.values().get())
    assert token not in client_of(designer).get("/links/").content.decode()


def test_two_links_have_two_tokens(designer: User, image: Image):
    assert link_in(make(designer, of(image))) != link_in(make(designer, of(image)))


def test_it_works_to_the_end_of_its_day(designer: User, image: Image):
    make(designer, of(image), until=day(0))
    ends = timezone.localtime(Share.objects.get().expires_at)
    assert (ends.date(), ends.hour, ends.minute) == (timezone.localdate() + timedelta(days=1), 0, 0)


def test_what_is_allowed_is_chosen(designer: User, image: Image):
    make(designer, of(image), commenting="on", originals="on", secret="three quiet herons")
    share = Share.objects.get()
    assert (share.commenting, share.originals, share.prompt, share.private) == (True, True, False, False)
    assert check_password("three quiet herons", share.password)


def test_the_address_that_people_use_is_the_one_in_the_link(designer: User, image: Image, settings):
    settings.PUBLIC_URL = "https://studio.example"
    assert "https://studio.example/s/" in make(designer, of(image)).content.decode()


# --- by whom ---


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("designer", 200), ("reviewer", 200), ("admin", 200), ("stranger", 404)])
def test_designers_and_above_make_links(who: str, status: int, image: Image, request: pytest.FixtureRequest):
    user = request.getfixturevalue(who)
    assert client_of(user).get(f"/links/new/?{of(image)}").status_code == status
    assert make(user, of(image)).status_code == status
    assert Share.objects.count() == (status == 200)


def test_somebody_elses_private_image_stays_inside(reviewer: User, admin: User, image: Image):
    Image.objects.update(private=True)
    for user in (reviewer, admin):
        assert make(user, of(image)).status_code == 404


def test_nor_does_it_slip_out_among_others(admin: User, images: list[Image]):
    Image.objects.filter(pk=images[1].pk).update(private=True)
    query = f"images={pack([image.pk for image in images])}"
    assert "1 of those you chose is private to somebody else" in client_of(admin).get(f"/links/new/?{query}").content.decode()
    make(admin, query, private="on")
    assert images[1] not in Share.objects.get().images.all()


def test_a_private_collection_is_shared_by_its_owner_alone(designer: User, admin: User, spring: Collection):
    Collection.objects.update(private=True)
    assert make(admin, f"collection={spring.uid}").status_code == 404
    assert make(designer, f"collection={spring.uid}").status_code == 200


def test_what_is_in_the_trash_is_not_shared(designer: User, image: Image):
    Image.objects.update(trashed_at=timezone.now())
    assert make(designer, of(image)).status_code == 404


def test_ones_own_private_image_needs_a_second_word(designer: User, image: Image):
    Image.objects.update(private=True)
    answer = make(designer, of(image))
    assert answer.status_code == 422
    assert "All of it is private" in answer.content.decode()
    assert not Share.objects.exists()
    assert Client().get(link_in(make(designer, of(image), private="on"))).status_code == 302


def test_without_that_word_private_ones_are_left_out_for_good(designer: User, images: list[Image]):
    Image.objects.filter(pk=images[0].pk).update(private=True)
    make(designer, f"images={pack([image.pk for image in images])}")
    assert list(Share.objects.get().images.order_by("pk")) == images[1:]


def test_a_closed_team_makes_no_links(designer: User, image: Image):
    Team.objects.update(closed_at=timezone.now())
    assert make(designer, of(image)).status_code == 403
    assert not Share.objects.exists()


BAD = ["", "image=", "image=x", "images=", "images=x", "images=1", "collection=", "image=%00"]
QUERIES = [*BAD, f"image={NOBODY}", f"collection={NOBODY}"]


def test_what_is_not_there_is_not_shared(designer: User, image: Image):
    assert {query: make(designer, query).status_code for query in QUERIES} == dict.fromkeys(QUERIES, 404)
    assert not Share.objects.exists()


# --- said wrongly ---


WRONG = [
    ("title", "", "required"),
    ("title", "x" * 81, "80"),
    ("title", "a\0b", "Null"),
    ("until", "", "required"),
    ("until", "soon", "valid date"),
    ("until", "2026-13-40", "valid date"),
    ("until", "2001-01-01", "This day is over."),
    ("until", "9999-12-31", "at most a year"),
    ("until", "day+366", "at most a year"),
    ("secret", "seven77", "at least 8"),
    ("secret", "x" * 129, "128"),
]


def test_a_field_that_does_not_fit_says_why_and_keeps_the_rest(designer: User, image: Image):
    for field, value, sentence in WRONG:
        answer = make(designer, of(image), **{"commenting": "on", field: day(366) if value == "day+366" else value})
        page = answer.content.decode()
        assert (answer.status_code, sentence in page) == (422, True), (field, value)
        assert re.search(r'name="commenting"[^>]*checked', page), (field, value)
    assert not Share.objects.exists()


# --- from the gallery ---


def test_the_gallery_sends_what_was_chosen(designer: User, images: list[Image]):
    chosen = " ".join(str(image.uid) for image in images[:2])
    answer = client_of(designer).post("/gallery/share/", {"image": chosen})
    assert answer["Location"].startswith("/links/new/?images=")
    assert "2 images." in client_of(designer).get(answer["Location"]).content.decode()


def test_its_script_is_sent_on_by_a_header(designer: User, image: Image):
    answer = client_of(designer).post("/gallery/share/", {"image": image.uid}, headers={"hx-request": "true"})
    assert answer["HX-Redirect"].startswith("/links/new/?images=")


def test_two_hundred_and_one_are_too_many(designer: User, team: Team):
    found = pictured(made(designer, team), 201)
    client = client_of(designer)
    answer = client.post("/gallery/share/", {"image": " ".join(str(image.uid) for image in found)}, follow=True)
    assert "A link takes 200 images, and 201 are chosen." in answer.content.decode()
    answer = client.post("/gallery/share/", {"image": " ".join(str(image.uid) for image in found[:200])})
    assert len(answer["Location"]) < 4000
    assert "200 images." in client.get(answer["Location"]).content.decode()


def test_a_list_that_somebody_wrote_is_none(designer: User, image: Image):
    signed = pack([image.pk])
    assert client_of(designer).get(f"/links/new/?images={signed[:-1]}").status_code == 404


@pytest.mark.parametrize(("who", "there"), [("viewer", False), ("designer", True)])
def test_the_way_there_is_offered_to_whoever_may_go(
    who: str, there: bool, image: Image, spring: Collection, request: pytest.FixtureRequest
):
    client = client_of(request.getfixturevalue(who))
    for path in ("/gallery/", f"/images/{image.uid}/", f"/collections/{spring.uid}/"):
        assert ("Share outside" in client.get(path).content.decode()) is there, path


def test_somebody_elses_private_image_offers_no_way(admin: User, image: Image):
    Image.objects.update(private=True)
    assert "Share outside" not in client_of(admin).get(f"/images/{image.uid}/").content.decode()
