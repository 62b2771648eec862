"""What people outside see, what they do not, and how they are counted."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from generations import collecting
from generations.models import Collection, Image, Share, Team, User
from tests.cast import client_of
from tests.made import made, pictured
from tests.outside.conftest import PROMPT
from tests.outside.given import SECRET, TOKEN, front, given, page_of, small

pytestmark = pytest.mark.django_db


def seen(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def shown(page: str) -> list[str]:
    return re.findall(rf'href="/s/{TOKEN}/([0-9a-f-]{{36}})/"', page)


def test_all_pictures_in_their_order(share: Share, images: list[Image]):
    page = seen(front())
    assert shown(page) == [str(image.uid) for image in images]
    assert "Round two" in page
    assert f"{small(images[0])} 320w, /s/{TOKEN}/{images[0].uid}/640.webp 640w" in page


def test_one_of_them_with_its_neighbours(share: Share, images: list[Image]):
    page = seen(page_of(images[1]))
    assert f'href="{page_of(images[0])}" rel="prev"' in page
    assert f'href="{page_of(images[2])}" rel="next"' in page
    assert f"/s/{TOKEN}/{images[1].uid}/1280.webp" in page
    assert "Image 2" in page


def test_the_ends_have_one_neighbour(share: Share, images: list[Image]):
    assert 'rel="prev"' not in seen(page_of(images[0]))
    assert 'rel="next"' not in seen(page_of(images[2]))


def test_a_link_to_one_image_leads_straight_to_it(designer: User, team: Team, image: Image, client: Client):
    given(designer, team, [image])
    assert client.get(front())["Location"] == page_of(image)
    assert f'href="{front()}"' not in seen(page_of(image))


def test_a_link_whose_pictures_are_all_gone_says_so(share: Share):
    Image.objects.update(trashed_at=timezone.now())
    assert "Nothing to see here at the moment" in seen(front())


# --- what they do not see ---


SECRETS = [PROMPT, PROMPT[:20], "canary", "Dana", "dana@example.com", "Studio North", "seedream"]


@pytest.mark.parametrize("kind", ["selection", "collection", "comments"])
def test_neither_the_prompt_nor_anybody_of_the_team_goes_out(
    kind: str, designer: User, team: Team, images: list[Image], spring: Collection
):
    if kind == "collection":
        given(designer, team, collection=spring, originals=True)
    else:
        given(designer, team, images, originals=True, commenting=kind == "comments")
    images[0].comments.create(user=designer, text="Only for us: the canary by Dana")
    for path in [front(), *map(page_of, images)]:
        answer = Client().get(path)
        said = answer.content.decode() + str(answer.headers)
        assert [word for word in SECRETS if word.casefold() in said.casefold()] == [], path
    for end in ("320.webp", "original"):
        said = str(Client().get(f"{page_of(images[0])}{end}").headers)
        assert [word for word in SECRETS if word.casefold() in said.casefold()] == [], end


def test_the_prompt_is_shown_by_choice(share: Share, image: Image):
    Share.objects.update(prompt=True)
    assert PROMPT in seen(page_of(image))
    assert f'alt="{PROMPT}"' in seen(front())


def test_a_title_and_a_prompt_cannot_become_markup(designer: User, team: Team, images: list[Image]):
    images[0].generation.prompt = "<script>alert(1)</script>\u202e"
    images[0].generation.save()
    given(designer, team, images, title="<b>bold</b>", prompt=True)
    for path in (front(), page_of(images[0])):
        page = seen(path)
        assert "<script>alert" not in page
        assert "<b>bold" not in page
        assert "\u202e" not in page


def test_no_search_engine_keeps_it_and_no_other_site_hears_of_it(share: Share, image: Image, client: Client):
    for path in (front(), page_of(image), front("nobody")):
        answer = client.get(path)
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()
        assert "private" in answer["Cache-Control"]
        assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_page_has_no_door_into_the_studio(share: Share, image: Image, client: Client):
    for path in (front(), page_of(image), front("nobody")):
        links = re.findall(r'(?:href|action)="([^"#?]*)', seen_or_not(path, client))
        assert [link for link in links if link and not link.startswith(("/s/", "/static/"))] == []


def seen_or_not(path: str, client: Client) -> str:
    return client.get(path).content.decode()


def test_it_speaks_the_visitors_language(share: Share, client: Client):
    page = client.get(front(), headers={"accept-language": "zh-CN,zh;q=0.9"}).content.decode()
    assert '<html lang="zh-hans"' in page


# --- how they are counted ---


def visits() -> int:
    return Share.objects.get().visits


def test_a_visit_is_counted_once(share: Share, images: list[Image], client: Client):
    for path in (front(), page_of(images[0]), front(), page_of(images[1])):
        seen(path, client)
    assert visits() == 1
    assert Share.objects.get().visited_at > timezone.now() - timedelta(minutes=1)


def test_another_visitor_is_another_visit(share: Share, image: Image):
    seen(front())
    seen(page_of(image))
    assert visits() == 2


def test_programs_pictures_and_members_are_no_visits(share: Share, image: Image, designer: User, viewer: User, client: Client):
    client.head(front())
    client.head(page_of(image))
    client.get(small(image))
    for member in (designer, viewer):
        seen(front(), client_of(member))
    assert visits() == 0


def test_a_member_of_another_team_is_a_visitor(share: Share, stranger: User):
    seen(front(), client_of(stranger))
    assert visits() == 1


def test_asking_for_a_password_is_no_visit_yet(designer: User, team: Team, images: list[Image], client: Client):
    given(designer, team, images, secret=SECRET)
    client.get(front())
    assert visits() == 0


def test_a_forged_cookie_counts_as_none(share: Share, client: Client):
    client.cookies["visit"] = "yes"
    seen(front(), client)
    assert visits() == 1


# --- long ones ---


def filled(collection: Collection, user: User, team: Team, count: int) -> None:
    found = pictured(made(user, team), count)
    collecting.place(collection.pk, [image.pk for image in found])


def test_a_long_one_goes_on_page_by_page(designer: User, team: Team, spring: Collection):
    filled(spring, designer, team, 130)
    given(designer, team, collection=spring)
    every, path = [], front()
    while path:
        page = seen(path)
        every += shown(page)
        found = re.search(r'class="next" href="([^"]+)"', page)
        path = f"{front()}{found[1]}" if found else ""
    placed = spring.placements.order_by("position", "image").values_list("image__uid", flat=True)
    assert every == [str(uid) for uid in placed]


def test_the_second_page_counts_on(designer: User, team: Team, spring: Collection):
    filled(spring, designer, team, 70)
    given(designer, team, collection=spring)
    last = shown(seen(front()))[-1]
    assert 'alt="Image 61"' in seen(f"{front()}?after={last}")


@pytest.mark.parametrize("after", ["x", "", "11111111-2222-4333-8444-555555555555", "%00"])
def test_a_place_that_is_none_is_the_beginning(after: str, share: Share):
    assert len(shown(seen(f"{front()}?after={after}"))) == 3


def test_twice_the_pictures_cost_no_more_queries(designer: User, team: Team, spring: Collection, django_assert_max_num_queries):
    given(designer, team, collection=spring)
    image = spring.placements.order_by("position")[1].image
    for path in (front(), page_of(image)):
        with django_assert_max_num_queries(8) as before:
            seen(path)
        filled(spring, designer, team, 40)
        with django_assert_max_num_queries(len(before)):
            seen(path)
