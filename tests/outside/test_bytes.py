"""The pictures themselves, on their way out."""

import pytest
from django.test import Client

from generations.media import names
from generations.models import Image, Share
from tests.filed import filed
from tests.gallery.test_files import body
from tests.outside.given import TOKEN, front, page_of, small, whole

pytestmark = pytest.mark.django_db


def test_every_size_is_there(share: Share, image: Image, client: Client):
    for side in names.SIDES:
        answer = client.get(f"/s/{TOKEN}/{image.uid}/{side}.webp")
        assert (answer["Content-Type"], answer.content[8:12]) == ("image/webp", b"WEBP"), side


def test_no_other_size_is(share: Share, image: Image, client: Client):
    for side in ("0", "321", "2560", "99999999999999999999"):
        assert client.get(f"/s/{TOKEN}/{image.uid}/{side}.webp").status_code == 404, side


def test_an_original_is_byte_for_byte_what_came(share: Share, image: Image, client: Client):
    Share.objects.update(originals=True)
    answer = client.get(whole(image))
    assert body(answer) == filed(image)
    assert answer["Content-Disposition"] == f'attachment; filename="round-two-{str(image.uid)[:8]}.jpg"'


def test_nobody_keeps_a_picture_longer_than_its_link(share: Share, image: Image, client: Client):
    Share.objects.update(originals=True)
    for path in (small(image), whole(image)):
        assert client.get(path)["Cache-Control"] == "private, max-age=60", path


def test_what_the_browser_has_is_not_sent_again_while_the_link_works(share: Share, image: Image, client: Client):
    etag = client.get(small(image))["ETag"]
    assert client.get(small(image), headers={"if-none-match": etag}).status_code == 304
    share.delete()
    assert client.get(small(image), headers={"if-none-match": etag}).status_code == 404


def test_a_picture_can_do_nothing(share: Share, image: Image, client: Client):
    answer = client.get(small(image))
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_web_server_in_front_sends_it_where_it_can(share: Share, image: Image, client: Client, settings):
    settings.ACCEL = "/pictures/"
    assert client.get(small(image))["X-Accel-Redirect"] == f"/pictures/{names.derived(image.sha256, 320)}"


def test_looking_is_all_that_is_possible(share: Share, image: Image, client: Client):
    for path in (small(image), whole(image)):
        for method in ("post", "put", "delete", "patch"):
            assert getattr(client, method)(path).status_code == 405
    for path in (front(), page_of(image)):
        for method in ("put", "delete", "patch"):
            assert getattr(client, method)(path).status_code == 405


def test_a_picture_costs_two_questions(share: Share, image: Image, client: Client, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert client.get(small(image)).status_code == 200
