"""The bench of the review measures what it says. Whether its figures hold is not asked here."""

import pytest
from django.test import Client

from generations.bench import library, waiting
from generations.models import Image, Review
from tests.review.conftest import HTMX

pytestmark = pytest.mark.django_db


def test_a_queue_has_images_that_wait_and_images_that_were_decided():
    library.fill(160)
    waiting.line_up()
    told = waiting.told()
    client = Client(headers={"cookie": told["cookie"], "host": "127.0.0.1"})
    assert client.get(f"/review/?image={told['waiting'][-1]}", headers=HTMX).status_code == 200
    fields = {"current": f"{told['waiting'][0]}:0", "approve": "1", "csrfmiddlewaretoken": told["csrf"]}
    assert client.post("/review/decide/", fields, headers=HTMX).status_code == 200
    assert Image.objects.get(uid=told["waiting"][0]).review == Review.APPROVED
    assert Image.objects.filter(decision__isnull=False).count() > 20
