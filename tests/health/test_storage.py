from pathlib import Path

import pytest

from generations.health import readiness, storage
from generations.media.bucket import Bucket
from tests.media.s3 import bucket, error, moody, s3  # noqa: F401  # fixtures

GB = 1000**3


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    for name in ("DATA", "STORAGE", "SECRETS"):
        setattr(settings, name, tmp_path / name.lower())
        (tmp_path / name.lower()).mkdir()
    storage.worked.clear()


def test_folders_that_take_files_are_fine(settings):
    assert [finding.state for finding in storage.folders()] == ["ok"]
    assert list(settings.STORAGE.iterdir()) == []


def test_a_folder_that_takes_none_is_named_in_the_fix_alone(settings, tmp_path):
    settings.STORAGE = tmp_path / "gone"
    (found,) = storage.folders()
    assert found.state == "bad"
    assert f"{tmp_path}/gone (No such file or directory)" in found.fix
    assert str(tmp_path) not in found.sentence


def test_permissions_alone_are_not_believed():
    assert storage.refusal(Path("/proc")) != ""


@pytest.mark.parametrize(
    ("total", "free", "state"),
    [
        (100 * GB, 50 * GB, "ok"),
        (100 * GB, 10 * GB, "ok"),
        (100 * GB, 10 * GB - 1, "warn"),
        (10 * GB, 5 * GB - 1, "warn"),
        (10 * GB, GB // 2, "warn"),
        (10 * GB, GB // 2 - 1, "bad"),
        (100 * GB, 0, "bad"),
    ],
)
def test_little_space_is_noticed_before_it_is_gone(total, free, state):
    assert storage.room(Path("/srv"), total, free).state == state


def test_one_disk_is_measured_once():
    assert len(storage.space()) == 1


@pytest.mark.parametrize(("mode", "state"), [(0o600, "ok"), (0o400, "ok"), (0o640, "bad"), (0o604, "bad")])
def test_secrets_are_for_the_studio_alone(settings, mode, state):
    key = settings.SECRETS / "secret_key"
    key.touch()
    key.chmod(mode)
    (found,) = storage.secrets()
    assert (found.state, str(key) in found.fix) == (state, state == "bad")


def test_a_bucket_that_takes_pictures_is_fine(bucket):  # noqa: F811
    assert [finding.state for finding in storage.folders()] == ["ok"]
    assert list(Bucket(bucket).kept("health")) == []


def test_a_bucket_that_works_is_not_asked_every_moment(settings, bucket):  # noqa: F811
    storage.folders()
    settings.BUCKET = {}
    assert [finding.state for finding in storage.folders()] == ["ok"]


def test_a_bucket_that_is_not_there_is_named_in_the_fix_alone(settings, bucket):  # noqa: F811
    settings.STORAGE = "s3://no-such-bucket"
    (found,) = storage.folders()
    assert (found.state, found.sentence) == ("bad", "Pictures cannot be kept in the bucket.")
    assert found.fix == "Make the bucket s3://no-such-bucket, or mend STUDIO_STORAGE (NoSuchBucket)."


@pytest.mark.parametrize(
    ("answers", "fix"),
    [
        ({"PUT": error(403, "AccessDenied")}, "Let the key list s3://pictures, and put, get and delete objects in it (AccessDenied)."),
        ({"DELETE": error(403, "AccessDenied")}, "Let the key list s3://pictures"),
        ({"PUT": error(403, "InvalidAccessKeyId")}, "Mend AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for s3://pictures"),
        ({"GET": (200, {}, b"something else")}, "Look into s3://pictures and its settings: it answers with WrongBytes."),
        ({"PUT": error(500, "InternalError")}, "it answers with InternalError"),
    ],
)
def test_what_a_bucket_complains_of_is_told_with_what_to_do(settings, answers, fix):
    settings.STORAGE = "s3://pictures"
    said = {"GET": [(200, {}, b"still here"), (200, {}, b"<ListBucketResult/>")], **answers}
    with moody(**said) as (_server, settings.BUCKET):
        (found,) = storage.folders()
    assert found.state == "bad"
    assert fix in found.fix


def test_a_bucket_out_of_reach_is_told_soon(settings):
    settings.STORAGE = "s3://pictures"
    with moody() as (_server, settings.BUCKET):
        pass
    (found,) = storage.folders()
    assert "See that s3://pictures can be reached from here" in found.fix


def test_without_a_key_a_bucket_is_not_asked(settings, monkeypatch, tmp_path):
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    settings.STORAGE, settings.BUCKET = "s3://pictures", {"endpoint_url": "http://127.0.0.1:9"}
    (found,) = storage.folders()
    assert found.fix == "Mend AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for s3://pictures (NoCredentialsError)."


def test_a_balancer_learns_that_the_bucket_is_away_and_no_names(settings, monkeypatch):
    monkeypatch.setattr(readiness, "NEEDED", readiness.NEEDED[:1])
    settings.STORAGE = "s3://pictures"
    with moody(PUT=error(403, "AccessDenied")) as (_server, settings.BUCKET):
        (found,) = readiness.Examination().wait()
    assert (found.state, found.sentence) == ("bad", "Pictures cannot be kept in the bucket.")


def test_with_a_bucket_only_our_own_disk_is_measured(settings):
    settings.STORAGE = "s3://pictures"
    assert len(storage.space()) == 1
    assert storage.own_folders() == [settings.DATA]
