import os
from time import monotonic
from urllib.request import urlopen

import pytest

from generations.media import names, store
from generations.media.bucket import PATIENT, Bucket, BucketTrouble, connect
from tests.media.s3 import error, moody

NAME = names.original("ab" * 32, "png")


@pytest.fixture
def picture(desk):
    path = desk / "picture"
    path.write_bytes(b"pixels")
    return path


def test_pictures_lie_below_the_prefix(bucket, picture):
    store.store().keep(picture, NAME)
    listed = connect(PATIENT).list_objects_v2(Bucket=bucket.split("/")[2])["Contents"]
    assert [found["Key"] for found in listed] == [f"studio/{NAME}"]


def test_a_link_gives_the_picture_to_whoever_has_it_and_says_what_it_is(bucket, picture):
    store.store().keep(picture, NAME)
    link = store.store().link(NAME, 60)
    assert "X-Amz-Expires=60" in link
    with urlopen(link, timeout=10) as answer:
        assert (answer.read(), answer.headers["Content-Type"]) == (b"pixels", "image/png")
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"


def page(name: str, more: str = "") -> tuple[int, dict[str, str], bytes]:
    found = f"<Contents><Key>{name}</Key><Size>6</Size><LastModified>2026-11-20T10:00:00Z</LastModified></Contents>"
    rest = f"<IsTruncated>true</IsTruncated><NextContinuationToken>{more}</NextContinuationToken>" if more else ""
    return 200, {}, f"<ListBucketResult>{rest}{found}</ListBucketResult>".encode()


def test_a_listing_goes_on_after_the_first_page(settings):
    with moody(GET=[page("o/1.png", more="there"), page("o/2.png")]) as (_server, settings.BUCKET):
        assert [found.name for found in Bucket("s3://pictures").kept("o")] == ["o/1.png", "o/2.png"]


def test_a_probe_leaves_nothing_behind(bucket):
    Bucket(bucket).probe()
    assert list(Bucket(bucket).kept("health")) == []


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"PUT": error(403, "AccessDenied")}, "AccessDenied"),
        ({"PUT": error(404, "NoSuchBucket")}, "NoSuchBucket"),
        ({"HEAD": (200, {"Content-Length": "5"}, b"")}, "WrongSize"),
        ({"HEAD": (403, {}, b"")}, "403"),
    ],
)
def test_what_was_not_surely_uploaded_stays_here(settings, picture, answers, code):
    with moody(**answers) as (_server, settings.BUCKET), pytest.raises(BucketTrouble, match=code) as trouble:
        Bucket("s3://pictures").keep(picture, NAME)
    assert (picture.read_bytes(), trouble.value.code) == (b"pixels", code)


def test_a_server_that_stumbles_is_asked_three_times(settings, picture):
    with moody(PUT=error(503, "SlowDown")) as (server, settings.BUCKET), pytest.raises(BucketTrouble, match="SlowDown"):
        Bucket("s3://pictures").keep(picture, NAME)
    assert (server.asked, picture.read_bytes()) == (["PUT"] * 3, b"pixels")


def test_a_file_that_breaks_off_is_not_opened(settings):
    short = (200, {"Content-Length": "100"}, b"only this")
    with moody(GET=short) as (_server, settings.BUCKET), pytest.raises(BucketTrouble):
        Bucket("s3://pictures").open(NAME)


def test_a_server_that_is_not_there_is_trouble_soon(settings):
    with moody() as (_server, settings.BUCKET):
        pass
    started = monotonic()
    with pytest.raises(BucketTrouble, match="EndpointConnectionError"):
        Bucket("s3://pictures").probe()
    assert monotonic() - started < 5


def test_a_forked_process_connects_anew(bucket):
    before = store.store()
    read, write = os.pipe()
    if not os.fork():
        os.write(write, b"anew" if store.store() is not before else b"same")
        os._exit(0)
    os.wait()
    assert os.read(read, 4) == b"anew"
    assert store.store() is before
