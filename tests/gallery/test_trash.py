import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from generations import search
from generations.gallery.trash import DAYS, GRACE, purge
from generations.media import names
from generations.media.names import Name
from generations.media.store import store
from generations.models import Generation, Image, ImageStatus, JournalLine, Team, Upload, User
from generations.search.words import asked
from tests.cast import client_of
from tests.gallery.stock import filed, hung, png

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(designer: User, team: Team) -> Image:
    return hung(designer, team, prompt="obsidian")[0]


def trash(client: Client, *images: Image, **headers: str):
    return client.post("/gallery/discard/", {"image": [str(image.uid) for image in images]}, headers=headers)


def trashed(image: Image) -> bool:
    image.refresh_from_db()
    return image.trashed_at is not None


def test_it_leaves_the_gallery_and_lies_in_the_trash(image: Image, designer: User):
    client = client_of(designer)
    trash(client, image)
    assert str(image.uid) not in client.get("/gallery/").content.decode()
    assert f'id="i-{image.uid}"' in client.get("/gallery/trash/").content.decode()


def test_it_comes_back(image: Image, designer: User):
    client = client_of(designer)
    trash(client, image)
    client.post("/gallery/restore/", {"image": str(image.uid)})
    assert not trashed(image)
    assert f'id="i-{image.uid}"' in client.get("/gallery/").content.decode()


def test_what_went_together_comes_back_together(designer: User, team: Team):
    client, earlier = client_of(designer), hung(designer, team)[0]
    trash(client, earlier)
    images = hung(designer, team, count=3)
    page = trash(client, *images, **{"hx-request": "true"}).content.decode()
    moment = re.findall(r'name="moment" value="([^"]+)"', page)[-1]
    client.post("/gallery/restore/", {"moment": moment})
    assert [trashed(image) for image in (earlier, *images)] == [True, False, False, False]


def test_the_page_loses_just_what_went(designer: User, reviewer: User, team: Team):
    mine, theirs = hung(designer, team)[0], hung(reviewer, team)[0]
    page = trash(client_of(designer), mine, theirs, **{"hx-request": "true"}).content.decode()
    assert f'<div id="i-{mine.uid}" hx-swap-oob="delete">' in page
    assert str(theirs.uid) not in page
    assert "1 was made by somebody else and stays." in page


def test_only_its_author_and_team_administrators_put_it_there(image: Image, reviewer: User, admin: User):
    trash(client_of(reviewer), image)
    assert not trashed(image)
    trash(client_of(admin), image)
    assert trashed(image)


def test_a_viewer_puts_nothing_there(image: Image, viewer: User, stranger: User):
    assert trash(client_of(viewer), image).status_code == 403
    trash(client_of(stranger), image)
    assert not trashed(image)


def test_nobody_elses_trash_is_seen_or_emptied(image: Image, designer: User, reviewer: User, admin: User, viewer: User):
    trash(client_of(designer), image)
    shown = [str(image.uid) in client_of(user).get("/gallery/trash/").content.decode() for user in (designer, reviewer, admin)]
    assert shown == [True, False, True]
    assert client_of(viewer).get("/gallery/trash/").status_code == 403
    client_of(reviewer).post("/gallery/restore/", {"image": str(image.uid)})
    assert trashed(image)


def test_it_is_written_down(image: Image, designer: User, team: Team):
    client = client_of(designer)
    trash(client, image)
    client.post("/gallery/restore/", {"image": str(image.uid)})
    lines = JournalLine.objects.filter(subject=f"image/{image.pk}").order_by("pk")
    assert [(line.deed, line.actor, line.team) for line in lines] == [
        (f"image.{deed}", designer.pk, team.pk) for deed in ("trash", "restore")
    ]


def test_the_card_of_its_request_looks_different(image: Image, designer: User):
    before = Generation.objects.get().version
    trash(client_of(designer), image)
    assert Generation.objects.get().version > before


def test_nothing_chosen_says_so(designer: User):
    client = client_of(designer)
    assert client.post("/gallery/discard/", {"image": ["x", "", "0" * 40]}, follow=True).status_code == 200
    assert not JournalLine.objects.exists()


@pytest.mark.parametrize("moment", ["", "x", "2026-13-01", "2026-01-01", "2026-01-01T00:00:00", "9" * 500])
def test_a_moment_that_is_none_brings_nothing_back(moment: str, image: Image, designer: User):
    client = client_of(designer)
    trash(client, image)
    assert client.post("/gallery/restore/", {"moment": moment}).status_code == 302
    assert trashed(image)


# --- after thirty days ---


def later(days: float) -> datetime:
    return timezone.now() + timedelta(days=days)


@pytest.fixture
def lost(image: Image) -> Image:
    """In the trash, with its files."""
    filed(image)
    age(image)
    Image.objects.filter(pk=image.pk).update(trashed_at=timezone.now())
    search.renew([image.pk])
    return image


def files(image: Image) -> list[Name]:
    wanted = [names.original(image.sha256, image.format), *(names.derived(image.sha256, side) for side in names.SIDES)]
    return [name for name in wanted if store().has(name)]


def age(image: Image) -> None:
    """Its file was put there long ago."""
    os.utime(Path(settings.STORAGE) / names.original(image.sha256, image.format), (0, 0))


def test_until_then_nothing_happens(lost: Image):
    assert purge(later(DAYS - 0.1)) == 0
    assert len(files(lost)) == 4


def test_then_it_is_gone_and_its_row_still_says_that_it_came(lost: Image, designer: User):
    assert purge(later(DAYS + 0.1)) == 1
    lost.refresh_from_db()
    assert lost.status == ImageStatus.REMOVED
    assert str(lost.uid) not in client_of(designer).get("/gallery/trash/").content.decode()
    assert client_of(designer).get(f"/images/{lost.uid}/320.webp").status_code == 404
    assert search.find([asked("obsidian")], 9) == []


def test_it_is_written_down_who_lost_what(lost: Image, team: Team):
    purge(later(DAYS + 0.1))
    line = JournalLine.objects.get(deed="image.purge")
    assert (line.team, line.actor, line.details) == (team.pk, None, {"images": 1})


def test_its_files_follow_a_week_later_and_once(lost: Image):
    purge(later(DAYS + 0.1))
    assert len(files(lost)) == 4
    purge(later(DAYS + GRACE.days + 0.1))
    assert files(lost) == []
    assert not Image.objects.filter(status=ImageStatus.REMOVED, trashed_at__isnull=False).exists()


def end(*_images: Image) -> None:
    for _night in range(2):
        purge(later(DAYS + GRACE.days + 0.1))


def test_a_file_that_another_picture_shows_stays(lost: Image, designer: User, team: Team):
    other = hung(designer, team)[0]
    filed(other)
    end()
    assert other.sha256 == lost.sha256
    assert len(files(other)) == 4


def test_two_pictures_that_end_together_take_their_file_along(lost: Image, designer: User, team: Team):
    other = hung(designer, team, trashed_at=timezone.now())[0]
    filed(other)
    age(other)
    end()
    assert files(lost) == []


def test_a_file_that_is_a_reference_too_stays(lost: Image, designer: User, team: Team):
    Upload.objects.create(team=team, user=designer, sha256=lost.sha256, format="png", width=64, height=64, bytes=1)
    end()
    assert len(files(lost)) == 4


def test_a_file_that_was_just_put_there_waits_for_another_night(lost: Image):
    """Somebody may be writing down a picture with the same bytes."""
    now = later(DAYS + GRACE.days + 0.1)
    os.utime(Path(settings.STORAGE) / names.original(lost.sha256, "png"), (now.timestamp() - 60,) * 2)
    purge(now)
    assert len(files(lost)) == 4
    purge(now + timedelta(days=2))
    assert files(lost) == []


def test_what_is_not_in_the_trash_is_never_touched(designer: User, team: Team):
    image = hung(designer, team)[0]
    filed(image, png("blue"))
    end()
    assert len(files(image)) == 4
