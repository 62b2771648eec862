"""What a day's sums say of each way in which a request can end."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generations import reviewing
from generations.accounting import Day, catch_up, count, recount
from generations.models import Attempt, Charge, Generation, Image, Outcome, Status, Tally, Team, User, Verdict
from generations.web import trash
from tests.accounting.ledger import FOUR, PRICE, day_of, ended, pay, shown, tally
from tests.made import asked, pictured
from tests.pipeline.studio import hurrying
from tests.pipeline.studio import made as really

pytestmark = pytest.mark.django_db

ENDINGS: list[tuple[str, Status, dict[str, Any], dict[str, int]]] = [
    ("done", Status.DONE, {"stored": 4, "charged": FOUR}, {"delivered": 4, "spent": FOUR}),
    ("free", Status.DONE, {"stored": 4, "charged": 0, "charge": Charge.YES, "price": 0}, {"delivered": 4}),
    (
        "partial, the rest was not made",
        Status.PARTIAL,
        {"stored": 3, "missing": 1, "charged": 3 * PRICE},
        {"delivered": 3, "missing": 1, "spent": 3 * PRICE},
    ),
    (
        "partial, a link was dead",
        Status.PARTIAL,
        {"stored": 3, "lost": 1, "charged": FOUR},
        {"delivered": 3, "missing": 1, "spent": FOUR, "empty": 1, "wasted": PRICE},
    ),
    ("refused", Status.REFUSED, {"charged": 0}, {"refused": 1}),
    ("failed, and free", Status.FAILED, {"charged": 0}, {"failed": 1, "missing": 4}),
    ("failed, all missing", Status.FAILED, {"missing": 4, "charged": 0}, {"failed": 1, "missing": 4}),
    ("failed, and charged", Status.FAILED, {"charged": FOUR}, {"failed": 1, "missing": 4, "spent": FOUR, "empty": 1, "wasted": FOUR}),
    ("failed, nobody knows", Status.FAILED, {"charged": None}, {"failed": 1, "missing": 4, "held": FOUR}),
    (
        "failed, without a price",
        Status.FAILED,
        {"charged": 0, "charge": Charge.YES, "price": None},
        {"failed": 1, "missing": 4, "empty": 1},
    ),
    ("unknown", Status.UNKNOWN, {"charged": None}, {"unknown": 1, "held": FOUR}),
    ("expired", Status.EXPIRED, {"lost": 4, "charged": FOUR}, {"failed": 1, "missing": 4, "spent": FOUR, "empty": 1, "wasted": FOUR}),
    ("cancelled", Status.CANCELLED, {"charged": 0}, {}),
    ("queued", Status.QUEUED, {"charged": None}, {"held": FOUR}),
    ("asking for approval", Status.ASKING, {"charged": None}, {"held": FOUR}),
]


@pytest.mark.parametrize(("status", "how", "said"), [ending[1:] for ending in ENDINGS], ids=[ending[0] for ending in ENDINGS])
def test_each_end_counts_as_what_it_is(status: Status, how: dict[str, Any], said: dict[str, int], designer: User, team: Team):
    generation = ended(designer, team, status, **how)
    catch_up()
    assert shown(tally(generation)) == {"requests": 1, **said}


def test_what_a_provider_counted_but_did_not_send_is_wasted(designer: User, team: Team):
    """It made three, and says that it charged four."""
    generation = ended(designer, team, Status.PARTIAL, stored=3, missing=1, charged=FOUR)
    generation.attempts.update(billed=4)
    catch_up()
    assert (tally(generation).wasted, tally(generation).empty) == (PRICE, 1)


def test_more_than_was_asked_for_is_not_less(designer: User, team: Team):
    generation = ended(designer, team, stored=4, charged=FOUR)
    pictured(generation, 1, extra=True)
    catch_up()
    assert (tally(generation).delivered, tally(generation).missing, tally(generation).wasted) == (5, 0, 0)


def test_a_first_call_that_was_charged_for_nothing_is_wasted_though_the_second_brought_all(designer: User, team: Team):
    generation = ended(designer, team, Status.UNKNOWN, charged=FOUR)
    Attempt.objects.create(generation=generation, number=2, account=generation.account, outcome=Outcome.ANSWERED)
    pictured(generation, 4)
    pay(generation, FOUR)
    Generation.objects.filter(pk=generation.pk).update(status=Status.DONE)
    catch_up()
    assert shown(tally(generation)) == {"requests": 1, "delivered": 4, "spent": 2 * FOUR, "empty": 1, "wasted": FOUR}


def test_images_still_coming_are_no_loss(designer: User, team: Team):
    generation = ended(designer, team, Status.COLLECTING, stored=1, lost=1, charged=FOUR)
    Image.objects.filter(status="lost").update(status="coming")
    catch_up()
    assert (tally(generation).empty, tally(generation).wasted, tally(generation).missing) == (0, 0, 0)


def test_broken_promises_are_counted_by_image(designer: User, team: Team):
    generation = ended(designer, team, stored=3, charged=FOUR)
    pictured(generation, 1, broken=[{"name": "size", "promised": "2048x2048", "delivered": "1920x1920"}])
    catch_up()
    assert (tally(generation).delivered, tally(generation).broken) == (4, 1)


# --- what happens later ---


def test_an_approval_counts_until_it_is_taken_back(designer: User, reviewer: User, team: Team):
    generation = ended(designer, team, stored=4, charged=FOUR)
    image = generation.images.first()
    reviewing.decide(image, Verdict.APPROVED, "", reviewer, 0)
    catch_up()
    assert tally(generation).approved == 1
    reviewing.take_back(image, reviewer, 1)
    catch_up()
    assert tally(generation).approved == 0
    reviewing.decide(image, Verdict.REJECTED, "too dark", reviewer, 2)
    catch_up()
    assert (tally(generation).approved, tally(generation).rejected) == (0, 1)


def test_an_image_thrown_away_was_delivered_and_approved_all_the_same(designer: User, reviewer: User, team: Team):
    generation = ended(designer, team, stored=2, charged=FOUR)
    reviewing.decide(generation.images.first(), Verdict.APPROVED, "", reviewer, 0)
    trash.trash(generation.images.all(), designer, team)
    catch_up()
    assert (tally(generation).delivered, tally(generation).approved) == (2, 1)
    Image.objects.update(status="removed", trashed_at=None)
    recount(day_of(generation))
    assert (tally(generation).delivered, tally(generation).approved) == (2, 1)


def test_a_late_result_changes_the_day_it_was_asked_for(designer: User, team: Team):
    generation = ended(designer, team, Status.UNKNOWN, charged=None, created_at=timezone.now() - timedelta(days=3))
    catch_up()
    assert tally(generation).unknown == 1
    pictured(generation, 4, late=True)
    pay(generation, FOUR)
    generation.move(Status.COLLECTING, timezone.now())
    generation.move(Status.DONE)
    catch_up()
    assert shown(Tally.objects.get()) == {"requests": 1, "delivered": 4, "spent": FOUR}


def test_what_is_gone_is_gone(designer: User, team: Team):
    generation = ended(designer, team, charged=0)
    catch_up()
    Tally.objects.update(engine="of long ago")
    assert recount(day_of(generation))
    assert [one.engine for one in Tally.objects.all()] == [generation.engine]


def test_people_engines_and_accounts_are_kept_apart(designer: User, reviewer: User, team: Team):
    for user in (designer, reviewer):
        for engine in ("apimart/seedream-5.0-lite", "gateway/seedream-4.0"):
            ended(user, team, stored=4, charged=FOUR, request=asked(engine=engine, images=4))
    catch_up()
    assert [one.requests for one in Tally.objects.all()] == [1] * 4


def test_to_count_again_changes_nothing(designer: User, team: Team, django_assert_max_num_queries):
    day = day_of(ended(designer, team, stored=4, charged=FOUR))
    assert recount(day)
    before = Tally.objects.values().get()
    with django_assert_max_num_queries(8):
        assert not recount(day)
    assert Tally.objects.values().get() == before


def test_what_the_pipeline_writes_is_counted(designer: User, team: Team, port: int, settings, tmp_path):
    settings.SANDBOX_PORT, settings.DATA, settings.STORAGE = port, tmp_path, tmp_path / "media"
    settings.STORAGE.mkdir()
    with hurrying():
        whole = really(designer, team, "ark", images=2)
        fewer = really(designer, team, "ark", "[drill:fewer] a harbour", images=4)
        refused = really(designer, team, "ark", "[drill:prompt-refused] a harbour")
    catch_up()
    one = Tally.objects.get()
    assert (one.requests, one.refused, one.held) == (3, int(refused.status == Status.REFUSED), 0)
    assert one.spent == whole.charged + fewer.charged > 0
    assert one.delivered == Image.objects.exclude(sha256="").count() >= 3
    assert (one.missing, one.wasted) == (4 - fewer.images.exclude(sha256="").count(), 0)


# --- days ---


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Asia/Shanghai", "Africa/Cairo", "America/Havana", "Asia/Kathmandu"])
def test_every_moment_lies_in_one_day(zone: str, settings):
    """Also where the clock is put forward at midnight, or an hour comes twice."""
    settings.TIME_ZONE = zone
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    while moment.year == 2026:
        day = Day.of(1, moment)
        assert day.begins <= moment < day.ends, moment
        assert Day(1, day.date + timedelta(days=1)).begins == day.ends
        moment += timedelta(minutes=97)


def test_a_day_in_spring_has_23_hours_and_one_in_autumn_25(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    lengths = [Day(1, day).ends.astimezone(UTC) - Day(1, day).begins.astimezone(UTC) for day in (date(2026, 3, 29), date(2026, 10, 25))]
    assert lengths == [timedelta(hours=23), timedelta(hours=25)]


def test_a_month_ends_where_the_studio_is(designer: User, team: Team, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    late = ended(designer, team, stored=4, charged=FOUR, created_at=datetime(2026, 10, 31, 22, 59, tzinfo=UTC))
    early = ended(designer, team, stored=4, charged=FOUR, created_at=datetime(2026, 10, 31, 23, 0, tzinfo=UTC))
    catch_up()
    assert [day_of(one).date for one in (late, early)] == [date(2026, 10, 31), date(2026, 11, 1)]
    assert sorted(Tally.objects.values_list("day", "delivered")) == [(date(2026, 10, 31), 4), (date(2026, 11, 1), 4)]


def test_twice_the_requests_are_counted_with_the_same_queries(designer: User, team: Team):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            count(day_of(generation))
        return len(asked)

    generation = ended(designer, team, stored=2, lost=1, charged=FOUR)
    few = queries()
    for _time in range(3):
        ended(designer, team, stored=2, lost=1, charged=FOUR)
    assert queries() == few
