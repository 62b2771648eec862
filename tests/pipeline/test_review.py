"""What a review needs is there when an image comes: its place in the queue, and what the provider's own content filter said."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from generations import search
from generations.models import Attempt, Image, Review, Reviewing, Team, User
from generations.search.facets import FLAGGED
from generations.search.find import word
from generations.web.filtered import findings
from tests.pipeline.studio import hurrying, made

pytestmark = pytest.mark.django_db
SINCE = import_module("generations.migrations.0010_removed_and_flagged")


@pytest.fixture(autouse=True)
def _studio(port: int, settings, tmp_path: Path) -> Iterator[None]:
    settings.SANDBOX_PORT, settings.DATA, settings.STORAGE = port, tmp_path, tmp_path / "media"
    settings.STORAGE.mkdir()
    with hurrying():
        yield


def test_where_every_image_is_reviewed_it_waits_as_soon_as_it_has_come(designer: User, team: Team):
    Team.objects.update(review=Reviewing.EVERY)
    image = made(designer, team, "ark").images.get()
    assert (image.review, image.asked_by) == (Review.WAITING, designer)
    assert image.asked_at >= image.created_at


def test_what_the_content_filter_said_comes_along(designer: User, team: Team):
    image = made(designer, team, "gateway", "a harbour at night [drill:filter-notes]").images.get()
    [said] = Attempt.objects.get().filters["data"]
    assert said["content_filter_results"]["violence"] == {"filtered": False, "severity": "low"}
    assert said["revised_prompt"] == "As you asked, in the painter's own words"
    assert [finding.text for finding in findings(image)] == [
        "Found in the picture: violence (a little).",
        "Found in the prompt: swearing (found).",
    ]
    assert image.flagged


def test_what_came_before_it_could_be_filtered_is_looked_at_once_more(designer: User, team: Team):
    image = made(designer, team, "gateway", "a harbour at night [drill:filter-notes]").images.get()
    Image.objects.update(flagged=False)
    search.renew([image.pk])
    assert not search.find([[word(FLAGGED)]], 5)
    SINCE.look_back(apps, SimpleNamespace(connection=connection))
    assert Image.objects.get().flagged
    assert search.find([[word(FLAGGED)]], 5) == [image.pk]


def test_what_was_held_back_of_a_group_is_said_beside_the_rest(designer: User, team: Team):
    drilled = "three harbours [drill:item-refused]"
    generation = made(designer, team, "ark", drilled, engine="ark/seedream-4.0", images=3)
    assert Image.objects.stored().count() == 2
    assert "OutputImageSensitiveContentDetected" in Attempt.objects.get().filters["data"][2]["error"]["code"]
    assert findings(generation.images.first())[0].text == "Held back of the same request: 1."
    assert all(image.flagged for image in generation.images.all())


def test_most_providers_say_nothing_and_nothing_is_kept(designer: User, team: Team):
    image = made(designer, team, "ark").images.get()
    assert (Attempt.objects.get().filters, findings(image), image.flagged) == (None, [], False)
