import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generations import search
from generations.gallery.wall import PAGE
from generations.models import Image, Mark, Role, Team, User
from generations.people import add_member
from tests.cast import client_of
from tests.gallery.stock import hung

pytestmark = pytest.mark.django_db


def seen(client: Client, query: str = "", **headers: str) -> list[str]:
    """Uids in the order of the page."""
    answer = client.get(f"/gallery/?{query}", headers=headers)
    assert answer.status_code == 200
    return re.findall(r'<div class="tile[^>]* id="i-([0-9a-f-]+)"', answer.content.decode())


def uids(*images: Image) -> list[str]:
    return [str(image.uid) for image in images]


def test_the_newest_come_first(designer: User, team: Team):
    first, second = hung(designer, team)[0], hung(designer, team)[0]
    assert seen(client_of(designer)) == uids(second, first)


def test_everybody_in_the_team_sees_what_is_shared(designer: User, viewer: User, stranger: User, team: Team):
    image = hung(designer, team)[0]
    assert seen(client_of(viewer)) == uids(image)
    assert seen(client_of(stranger)) == []


def test_what_is_private_is_seen_by_its_author_and_team_administrators(designer: User, reviewer: User, admin: User, team: Team):
    image = hung(designer, team, private=True)[0]
    assert [seen(client_of(user)) for user in (designer, reviewer, admin)] == [uids(image), [], uids(image)]


def test_the_index_proposes_and_the_row_decides(designer: User, viewer: User, team: Team):
    image = hung(designer, team)[0]
    Image.objects.filter(pk=image.pk).update(private=True)  # and nobody told the index
    assert seen(client_of(viewer)) == []


def test_a_page_ends_with_a_link_to_the_next(designer: User, team: Team):
    hung(designer, team, count=PAGE + 5)
    client = client_of(designer)
    page = client.get("/gallery/").content.decode()
    following = re.search(r'class="next" href="\?([^"]+)"', page)[1].replace("&amp;", "&")
    assert len(seen(client)) == PAGE
    assert len(seen(client, following)) == 5
    assert not set(seen(client)) & set(seen(client, following))


def test_new_pictures_move_nothing_on_the_next_page(designer: User, team: Team):
    images = hung(designer, team, count=PAGE + 5)
    hung(designer, team, count=3)
    assert seen(client_of(designer), f"before={images[5].pk}") == uids(*reversed(images[:5]))


def test_the_end_of_a_page_goes_on_within_the_same_day(designer: User, team: Team):
    images = hung(designer, team, count=PAGE + 5)
    today = timezone.localdate().isoformat()
    more = client_of(designer).get(f"/gallery/?before={images[5].pk}&day={today}", headers={"hx-request": "true"}).content.decode()
    assert f'<hx-partial hx-target="#day-{today}"' in more
    assert "<h2" not in more
    assert "<html" not in more


def test_a_very_long_page_is_not_made_longer(designer: User, team: Team):
    hung(designer, team, count=PAGE + 1)
    more = client_of(designer).get("/gallery/?depth=39", headers={"hx-request": "true"}).content.decode()
    assert 'class="next"' in more
    assert "hx-get" not in more


FILTERS = [
    ("engine=tensorslab/seedream-4.5", {"engine": "tensorslab/seedream-4.5"}),
    ("provider=tensorslab", {"engine": "tensorslab/seedream-4.5"}),
    ("ratio=3:4", {"width": 1536, "height": 2048}),
    ("tier=4K", {"tier": "4K"}),
    ("flagged=1", {"flagged": True}),
    ("promise=broken", {"broken": [{"name": "size", "promised": "1x1", "delivered": "2x2"}]}),
    ("references=1", {"referenced": True}),
    ("q=obsidian", {"prompt": "An obsidian vase"}),
    ("q=" + quote("水墨"), {"prompt": "水墨山水"}),
]


@pytest.mark.parametrize(("query", "about"), FILTERS)
def test_a_filter_shows_what_it_says(query: str, about: dict, designer: User, team: Team):
    about = dict(about)
    wanted = hung(designer, team, **about)[0]
    hung(designer, team, width=1024, height=1024)
    assert seen(client_of(designer), query) == uids(wanted)


def test_mine_is_mine_and_a_person_is_theirs(designer: User, reviewer: User, team: Team):
    mine, theirs = hung(designer, team)[0], hung(reviewer, team)[0]
    client = client_of(designer)
    assert seen(client, "whose=mine") == seen(client, f"person={designer.pk}") == uids(mine)
    assert seen(client, f"person={reviewer.pk}") == uids(theirs)


def test_stars_and_ratings_are_ones_own(designer: User, viewer: User, team: Team):
    image = hung(designer, team)[0]
    Mark.objects.create(user=designer, image=image, starred=True, rating=4)
    search.renew([image.pk])
    for query in ("starred=1", "rating=4", "rating=1"):
        assert seen(client_of(designer), query) == uids(image)
        assert seen(client_of(viewer), query) == []
    assert seen(client_of(designer), "rating=5") == []


@pytest.fixture
def over_days(designer: User, team: Team) -> list[Image]:
    """One a day, the last on the 10th of May."""
    return [hung(designer, team, created_at=datetime(2026, 5, day, 12, tzinfo=UTC))[0] for day in range(1, 11)]


def test_dates_bound_what_is_shown(designer: User, over_days: list[Image]):
    assert seen(client_of(designer), "since=2026-05-04&until=2026-05-06") == uids(*over_days[3:6][::-1])


def test_one_can_jump_to_a_date_and_go_on_from_there(designer: User, over_days: list[Image]):
    assert seen(client_of(designer), "at=2026-05-03") == uids(*over_days[2::-1])


def test_days_have_headings(designer: User, over_days: list[Image]):
    page = client_of(designer).get("/gallery/").content.decode()
    assert page.index("10 May 2026") < page.index("9 May 2026")
    assert page.count("<h2") == 10


def test_filters_work_together(designer: User, reviewer: User, team: Team):
    wanted = hung(designer, team, prompt="red kite", tier="4K", referenced=True)[0]
    hung(designer, team, prompt="red kite", tier="4K")
    hung(reviewer, team, prompt="red kite", tier="4K", referenced=True)
    assert seen(client_of(designer), "q=kite&tier=4K&references=1&whose=mine&ratio=16:9") == []
    assert seen(client_of(designer), "q=kite&tier=4K&references=1&whose=mine") == uids(wanted)


def test_a_filter_without_hits_says_which_one_to_take_back(designer: User, team: Team):
    hung(designer, team, prompt="red kite")
    page = client_of(designer).get("/gallery/?q=kite&starred=1").content.decode()
    assert 'href="?q=kite">' in page[page.index("Without one of these") :]
    assert "starred=1" not in page[page.index("Without one of these") : page.index("</section>")]


@pytest.mark.parametrize("query", ["q=nothing", "engine=no/such", "starred=1&tier=4K"])
def test_a_filter_nothing_helps_shows_the_way_to_everything(query: str, designer: User):
    page = client_of(designer).get(f"/gallery/?{query}").content.decode()
    assert "Show all pictures" in page


def test_an_empty_gallery_says_what_it_is_for(viewer: User):
    assert "No pictures yet" in client_of(viewer).get("/gallery/").content.decode()


IGNORED = [
    "ordering=user__password",
    "user__email__startswith=a",
    "_connector=OR",
    "team=2",
    "private=1",
    "trashed_at__isnull=1",
    "engine=../../x",
]
CLAMPED = [
    "before=0",
    "before=9e9",
    "before=abc",
    "before=-1",
    "before=99999999999999999999999",
    "rating=99",
    "since=x",
    "at=2026-13-99",
    "at=9999-12-31",
    "until=9999-12-31",
    "since=0001-01-01",
    "person=0",
    "tier=",
]


def test_what_is_no_filter_is_not_read(designer: User, viewer: User, team: Team):
    hung(designer, team, private=True)
    author, other = client_of(designer), client_of(viewer)
    for query in IGNORED + CLAMPED:
        assert seen(other, query) == [], query
        assert author.get(f"/gallery/?{query}").status_code == 200, query


def test_nothing_typed_breaks_the_page(designer: User, team: Team):
    hung(designer, team)
    client = client_of(designer)
    for typed in ("x" * 10_000, "%", "_", "\\", "' OR 1=1", "(a+)+$" * 100, "\0", "\x00kite", "🪁", "<script>"):
        answer = client.get("/gallery/", {"q": typed})
        assert answer.status_code == 200, typed[:20]
        assert b"<script>" not in answer.content.replace(b"<script src", b""), typed[:20]


def test_what_stands_in_a_prompt_is_only_text(designer: User, team: Team):
    hung(designer, team, prompt='{uid} "><script>alert(1)</script> {0}')
    page = client_of(designer).get("/gallery/").content.decode()
    assert "<script>alert" not in page
    assert "{uid} &quot;&gt;&lt;script&gt;" in page


def queries(client: Client, path: str) -> int:
    client.get(path)  # what is drawn once is drawn by now
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return len(asked)


@pytest.mark.parametrize("path", ["/gallery/", "/gallery/?q=kite&starred=1", "/gallery/trash/"])
def test_twice_the_rows_take_the_same_queries(path: str, designer: User, reviewer: User, team: Team):
    def hang(count: int) -> None:
        for user in (designer, reviewer):
            images = [image for _time in range(count) for image in hung(user, team, prompt="kite")]
            Image.objects.filter(pk__in=[images[0].pk]).update(trashed_at=timezone.now())
            Mark.objects.bulk_create(Mark(user=designer, image=image, starred=True) for image in images)
            search.renew([image.pk for image in images])

    hang(4)
    client = client_of(designer)
    before = queries(client, path)
    hang(8)
    assert queries(client, path) == before


@pytest.mark.parametrize("path", ["/gallery/", "/gallery/?before=9999", "/gallery/?q=kite&ratio=1:1", "/gallery/trash/"])
def test_nothing_is_counted_and_nothing_is_skipped(path: str, designer: User, team: Team):
    hung(designer, team, count=2)
    with CaptureQueriesContext(connection) as asked:
        client_of(designer).get(path)
    said = [one["sql"] for one in asked if "LIMIT 100) subquery" not in one["sql"]]  # the figures in the rail stop at a hundred
    assert not [sql for sql in said if "OFFSET" in sql or "COUNT(" in sql]


def test_a_language_has_its_own_tiles(designer: User, team: Team):
    hung(designer, team)
    client = client_of(designer)
    english = client.get("/gallery/").content.decode()
    User.objects.filter(pk=designer.pk).update(language="zh-hans")
    assert "Today" in english
    assert "Today" not in client.get("/gallery/").content.decode()


def test_the_way_to_a_date_needs_some_months(designer: User, team: Team):
    for months in range(4):
        hung(designer, team, created_at=timezone.now() - timedelta(days=31 * (3 - months)))
    page = client_of(designer).get("/gallery/?q=kite").content.decode()
    stops = re.findall(r'href="\?q=kite&amp;at=(\d{4}-\d\d)-\d\d"', page)
    assert len(set(stops)) >= 4


def test_the_row_is_as_high_as_it_was_left(designer: User, team: Team):
    client = client_of(designer)
    assert "row-176" in client.get("/gallery/").content.decode()
    for left, height in [("250", 256), ("9999999", 320), ("x", 176), ("1", 96)]:
        client.cookies["row"] = left
        assert f"row-{height} " in client.get("/gallery/").content.decode()


def test_a_person_in_two_teams_sees_the_one_they_work_in(designer: User, stranger: User, team: Team, other_team: Team):
    add_member(designer, other_team, Role.VIEWER)
    theirs = hung(stranger, other_team)[0]
    mine = hung(designer, team)[0]
    client = client_of(designer)
    assert seen(client) == uids(mine)
    client.post("/team/switch/", {"team": other_team.slug})
    assert seen(client) == uids(theirs)
