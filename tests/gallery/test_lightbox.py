import json
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from generations import collecting, search
from generations.models import Collection, Generation, Image, Reference, Status, Team, Upload, User
from generations.pipeline.money import format_money
from tests.cast import client_of
from tests.made import asked, made, pictured

pytestmark = pytest.mark.django_db

KITE = "A red kite above terraced tea fields"


def page_of(user: User, image: Image, query: str = "", **headers: str) -> str:
    answer = client_of(user).get(f"/images/{image.uid}/{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def neighbours(page: str) -> list[str]:
    """The dock, as the numbers of its pictures."""
    dock = page.partition('class="dock"')[2]
    return [part.partition("/320.webp")[0] for part in dock.split('<img src="/images/')[1:]]


def uids(images: list[Image]) -> list[str]:
    return [str(image.uid) for image in images]


@pytest.mark.parametrize(
    ("role", "trashed", "offered"), [("designer", False, "trash_all"), ("designer", True, "restore_all"), ("viewer", False, "")]
)
def test_it_is_put_away_and_taken_back_by_whoever_may(role: str, trashed: bool, offered: str, viewer: User, designer: User, team: Team):
    [image] = pictured(made(designer, team), trashed_at=timezone.now() if trashed else None)
    page = page_of({"viewer": viewer, "designer": designer}[role], image)
    assert [name for name in ("trash_all", "restore_all") if f'action="{reverse(name)}"' in page] == [offered] * bool(offered)


def test_it_says_what_was_asked_and_what_came(designer: User, team: Team):
    request = asked(images=2, seed=42, format="")
    generation = made(designer, team, request=request, charged=70_000, price=35_000)
    [image, _other] = pictured(generation, 2)
    page = page_of(designer, image)
    for told in [KITE, "Dana Designer", "Image 1 of 2", "Seedream 5.0 Lite", "Sandbox apimart", "2048\xa0×\xa02048", "42", image.sha256]:
        assert told in page, told
    assert format_money(35_000) in page


def test_a_broken_promise_stands_out(designer: User, team: Team):
    [image] = pictured(
        made(designer, team), width=1024, height=2048, broken=[{"name": "size", "promised": "2048x2048", "delivered": "1024x2048"}]
    )
    page = page_of(designer, image)
    assert page.count('class="off"') == 1
    assert "50\xa0% fewer pixels than asked." in page


def test_a_count_that_was_not_reached_stands_out(designer: User, team: Team):
    [image] = pictured(made(designer, team, Status.PARTIAL, asked(images=3)))
    page = page_of(designer, image)
    assert '<tr class="off"><th scope="row">Images</th><td>3</td><td>1</td>' in page


def test_references_stand_in_their_order(designer: User, team: Team):
    uploads = [
        Upload.objects.create(team=team, user=designer, name=f"{n}.jpg", sha256=str(n) * 64, format="jpeg", width=1, height=1, bytes=1)
        for n in (1, 2)
    ]
    generation = made(designer, team)
    for place, upload in enumerate(reversed(uploads), start=1):
        Reference.objects.create(generation=generation, position=place, upload=upload)
    page = page_of(designer, pictured(generation)[0])
    assert page.index("Reference 1: 2.jpg") < page.index("Reference 2: 1.jpg")


def test_a_prompt_cannot_become_part_of_the_page(designer: User, team: Team):
    nasty = '"><img src=x onerror=alert(1)><b hx-get="/">\u202e\x1b'
    page = page_of(designer, pictured(made(designer, team, request=asked(nasty)))[0])
    assert "<img src=x" not in page
    assert 'hx-get="/"' not in page
    assert "⟨U+202E⟩⟨U+001B⟩" in page


def test_how_the_provider_rewrote_the_prompt_is_shown(designer: User, team: Team):
    [image] = pictured(made(designer, team))
    image.attempt.answer = json.dumps({"data": [{"url": "x", "revised_prompt": "A crimson kite"}]}).encode()
    image.attempt.save()
    assert "A crimson kite" in page_of(designer, image)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"[]",
        b'{"data": []}',
        b'{"data": [{"revised_prompt": 7}]}',
        b"<html>",
        f'{{"data": [{{"revised_prompt": "{KITE}"}}]}}'.encode(),
    ],
)
def test_where_nothing_was_rewritten_nothing_is_said(answer: bytes, designer: User, team: Team):
    [image] = pictured(made(designer, team))
    image.attempt.answer = answer
    image.attempt.save()
    assert "rewrote" not in page_of(designer, image)


def test_htmx_gets_the_window_without_the_page_around_it(designer: User, team: Team):
    [image] = pictured(made(designer, team))
    assert "<html" in page_of(designer, image)
    fragment = page_of(designer, image, **{"hx-request": "true"})
    assert "<html" not in fragment
    assert "data-lightbox" in fragment


def test_the_inspector_is_a_fragment_with_the_same_facts(designer: User, team: Team):
    [image] = pictured(made(designer, team))
    fragment = client_of(designer).get(f"/images/{image.uid}/inspector/").content.decode()
    assert "<html" not in fragment
    for told in [KITE, "Asked and delivered", image.sha256, f'data-inspected="{image.uid}"']:
        assert told in fragment


# --- the list it is looked at in ---


def test_alone_it_stands_among_what_came_together(designer: User, team: Team):
    images = pictured(made(designer, team), 3)
    pictured(made(designer, team), 2)
    page = page_of(designer, images[1])
    assert neighbours(page) == uids(images)
    assert f'href="/images/{images[0].uid}/" rel="prev"' in page
    assert f'href="/images/{images[2].uid}/" rel="next"' in page


def test_the_first_and_the_last_have_one_neighbour(designer: User, team: Team):
    images = pictured(made(designer, team), 2)
    assert 'rel="prev"' not in page_of(designer, images[0])
    assert 'rel="next"' not in page_of(designer, images[1])


def shown_in_gallery(*generations: Generation) -> list[Image]:
    for generation in generations:
        search.index(generation)
    return list(Image.objects.order_by("-pk"))


def test_in_the_gallery_it_stands_where_the_gallery_has_it(designer: User, team: Team):
    images = shown_in_gallery(*[generation for generation in [made(designer, team) for _ in range(3)] if pictured(generation, 4)])
    page = page_of(designer, images[5], "?in=gallery")
    assert neighbours(page) == uids(images)
    assert f'href="/images/{images[4].uid}/?in=gallery" rel="prev"' in page


def test_the_filter_of_the_gallery_holds_here_too(designer: User, reviewer: User, team: Team):
    generations = [made(user, team) for user in (designer, reviewer, designer)]
    for generation in generations:
        pictured(generation, 2)
    mine = [image for image in shown_in_gallery(*generations) if image.user_id == designer.pk]
    page = page_of(designer, mine[0], "?in=gallery&whose=mine&q=kite&nonsense=1")
    assert neighbours(page) == uids(mine)
    assert 'href="/gallery/?whose=mine&amp;q=kite"' in page


def test_only_the_nearest_are_fetched_from_a_long_list(designer: User, team: Team):
    generations = [made(designer, team) for _ in range(4)]
    for generation in generations:
        pictured(generation, 10)
    images = shown_in_gallery(*generations)
    assert neighbours(page_of(designer, images[20], "?in=gallery")) == uids(images[12:29])


def test_in_a_collection_it_stands_where_the_collection_has_it(designer: User, team: Team):
    images = pictured(made(designer, team), 4)
    collection = Collection.objects.create(team=team, user=designer, name="Spring")
    collecting.place(collection.pk, [images[number].pk for number in (2, 0, 3)])
    page = page_of(designer, images[0], f"?collection={collection.uid}")
    assert neighbours(page) == uids([images[2], images[0], images[3]])
    assert f'href="/images/{images[2].uid}/?collection={collection.uid}" rel="prev"' in page


def test_from_its_card_it_leads_back_to_its_card(designer: User, team: Team):
    generation = made(designer, team)
    images = pictured(generation, 3)
    page = page_of(designer, images[1], "?in=feed")
    assert neighbours(page) == uids(images)
    assert page.count(f'href="/#card-{generation.uid}" data-close') == 2
    assert f'href="/images/{images[2].uid}/?in=feed" rel="next"' in page


@pytest.mark.parametrize("query", ["?in=feed", "?in=gallery&q=kite", "", "?in=nowhere"])
def test_whatever_is_opened_from_there_leads_back_to_the_same_place(query: str, designer: User, team: Team):
    first = made(designer, team)
    [parent], [image] = pictured(first), pictured(made(designer, team, parent=first))
    kept = query.replace("&", "&amp;").replace("?in=nowhere", "")
    for page in (page_of(designer, image, query), client_of(designer).get(f"/images/{image.uid}/inspector/{query}").content.decode()):
        assert f'href="/images/{parent.uid}/{kept}"' in page
        assert f'href="/images/{image.uid}/{kept}"' in page


def test_a_list_that_is_not_there_changes_nothing(designer: User, stranger: User, team: Team, other_team: Team):
    images = pictured(made(designer, team), 2)
    foreign = Collection.objects.create(team=other_team, user=stranger, name="Theirs")
    for query in [f"?collection={foreign.uid}", "?collection=x", "?in=nowhere", "?in=gallery&person=x&since=never&before=-1"]:
        assert str(images[0].uid) in page_of(designer, images[0], query)


# --- who sees it ---


def test_what_is_not_there_and_what_is_a_strangers_look_the_same(designer: User, stranger: User, other_team: Team):
    [foreign] = pictured(made(stranger, other_team))
    answers = [client_of(designer).get(f"/images/{uid}/{tail}") for uid in (foreign.uid, uuid4()) for tail in ("", "inspector/")]
    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize("uid", ["0", "-1", "abc", "99999999999999999999", "../../etc/passwd"])
def test_what_is_no_number_of_an_image_is_not_there(uid: str, designer: User):
    assert client_of(designer).get(f"/images/{uid}/").status_code == 404


def test_a_private_image_is_its_authors_and_the_administrators(designer: User, reviewer: User, admin: User, team: Team):
    [image] = pictured(made(designer, team, private=True))
    assert 'value="on" aria-pressed="true"' in page_of(designer, image)
    assert page_of(admin, image)
    assert client_of(reviewer).get(f"/images/{image.uid}/").status_code == 404


def test_what_lies_in_the_trash_is_seen_by_who_may_take_it_out(designer: User, reviewer: User, team: Team):
    [image] = pictured(made(designer, team), trashed_at="2026-11-20T12:00Z")
    assert "In the trash" in page_of(designer, image)
    assert client_of(reviewer).get(f"/images/{image.uid}/").status_code == 404


def test_an_image_whose_bytes_are_not_here_cannot_be_looked_at(designer: User, team: Team):
    [image] = pictured(made(designer, team, Status.COLLECTING), status="coming", sha256="")
    assert client_of(designer).get(f"/images/{image.uid}/").status_code == 404


def test_a_viewer_looks_and_makes_nothing(viewer: User, designer: User, team: Team):
    page = page_of(viewer, pictured(made(designer, team))[0])
    assert "Download original" in page
    for made_by_it in ["Re-run as it was", "At other engines", "Add to a collection", "Only the author"]:
        assert made_by_it not in page


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_looking_changes_nothing(method: str, designer: User, team: Team):
    [image] = pictured(made(designer, team))
    for path in [f"/images/{image.uid}/", f"/images/{image.uid}/inspector/", f"/images/{image.uid}/download/", "/compare/"]:
        assert getattr(client_of(designer), method)(path).status_code == 405


# --- where it comes from ---


def test_its_lineage_leads_back_and_on(designer: User, team: Team):
    first = made(designer, team)
    second = made(designer, team, parent=first)
    third = made(designer, team, parent=second)
    [one], [two], [three] = (pictured(generation) for generation in (first, second, third))
    page = page_of(designer, two).partition("Lineage")[2].partition('class="dock"')[0]
    assert page.index(str(one.uid)) < page.index(str(two.uid)) < page.index(str(three.uid))
    assert f"/compare/?a={one.uid}&amp;b={two.uid}" in page_of(designer, two)


def test_a_private_ancestor_ends_the_line(designer: User, reviewer: User, team: Team):
    [oldest] = pictured(made(designer, team))
    hidden = made(reviewer, team, private=True, parent=oldest.generation)
    [parent] = pictured(hidden)
    [image] = pictured(made(designer, team, parent=hidden))
    page = page_of(designer, image)
    assert str(parent.uid) not in page
    assert str(oldest.uid) not in page
    assert "Compare with parent" not in page


def test_collections_are_named_as_far_as_they_may_be_seen(designer: User, reviewer: User, team: Team):
    [image] = pictured(made(designer, team))
    for user, name, private in [(designer, "Spring", False), (designer, "My own", True), (reviewer, "Not mine", True)]:
        collecting.place(Collection.objects.create(team=team, user=user, name=name, private=private).pk, [image.pk])
    page = page_of(designer, image)
    assert "Spring" in page
    assert "My own" in page
    assert "Not mine" not in page


def test_an_engine_that_is_off_is_not_offered_again(designer: User, team: Team):
    generation = made(designer, team)
    [image] = pictured(generation)
    assert "Re-run as it was" in page_of(designer, image)
    type(generation.account).objects.update(enabled=False)
    assert "is not switched on at this account any more" in page_of(designer, image)


def test_an_engine_that_has_left_the_catalogue_is_named_as_it_was(designer: User, team: Team):
    generation = made(designer, team)
    [image] = pictured(generation)
    Generation.objects.update(engine="gone/engine-1", request=asked().with_(engine="gone/engine-1").store())
    Image.objects.update(engine="gone/engine-1")
    assert "gone/engine-1" in page_of(designer, image)


def test_twice_the_images_cost_no_more_queries(designer: User, team: Team, django_assert_max_num_queries):
    """Of the list, of the card, of the lineage and of the collections."""
    client = client_of(designer)
    parent = made(designer, team)
    pictured(parent, 2)
    generation = made(designer, team, parent=parent)
    [image] = pictured(generation)
    grow(designer, team, generation, parent)
    client.get(f"/images/{image.uid}/?in=gallery")
    with django_assert_max_num_queries(40) as first:
        client.get(f"/images/{image.uid}/?in=gallery")
    for _time in range(3):
        grow(designer, team, generation, parent)
    with django_assert_max_num_queries(len(first)):
        client.get(f"/images/{image.uid}/?in=gallery")


def grow(designer: User, team: Team, generation: Generation, parent: Generation) -> None:
    for child in [made(designer, team, parent=generation) for _ in range(3)]:
        pictured(child, 4)
        search.index(child)
    pictured(generation, 1)
    pictured(parent, 2)
    for name in "ab":
        collecting.place(
            Collection.objects.create(team=team, user=designer, name=name).pk, list(generation.images.values_list("pk", flat=True))
        )
    search.index(generation)
