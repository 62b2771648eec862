import os
from math import ceil

from django.conf import settings

from tests.studio.start import manage, refusal, setting


def test_every_problem_is_listed_in_one_message(tmp_path):
    done = manage("check", STUDIO_DATA=tmp_path, PORT="99999", STUDIO_WORKERS="1e5", STUDIO_LOG="LOUD", STUDIO_SECRET_KEY="weak")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "The studio cannot start with these settings:",
        "  - STUDIO_SECRET_KEY is too weak: it needs at least 50 random characters. Unset it to have one made.",
        "  - PORT must be a whole number from 1 to 65535, not “99999”.",
        "  - STUDIO_WORKERS must be a whole number from 1 to 64, not “1e5”.",
        "  - STUDIO_LOG must be one of DEBUG, INFO, WARNING, ERROR, not “LOUD”.",
    ]


def test_what_would_only_break_later_is_refused_now(tmp_path):
    said = refusal(STUDIO_DATA=tmp_path, STUDIO_SANDBOX_SPEED="fast", STUDIO_EMAIL_FROM="not an address", STUDIO_STATIC="/proc/x")
    assert said.count("\n  - ") == 3


def test_debug_with_a_public_address_is_refused(tmp_path):
    said = refusal(STUDIO_DATA=tmp_path, STUDIO_DEBUG="yes", STUDIO_PUBLIC_URL="https://studio.example")
    assert "STUDIO_DEBUG shows source code to visitors." in said


def test_a_data_folder_that_cannot_be_is_one_problem(tmp_path):
    (tmp_path / "file").write_text("")
    said = refusal(STUDIO_DATA=tmp_path / "file" / "data")
    assert said.count("\n  - ") == 1
    assert f"STUDIO_DATA names {tmp_path}/file/data, a folder that cannot be written." in said


def test_a_data_folder_of_somebody_else_is_refused():
    not_even_root = "/proc/seedbed"
    assert "a folder that cannot be written" in refusal(STUDIO_DATA=not_even_root)


def test_a_bad_database_address_is_refused_and_not_repeated(tmp_path):
    said = refusal(STUDIO_DATA=tmp_path, DATABASE_URL="postgres://me:s3cret/x@db:99999/name")
    assert "DATABASE_URL must be a whole address that begins with postgres://" in said
    assert "s3cret" not in said


def test_a_value_from_a_file_that_is_not_utf8_is_refused(tmp_path):
    (tmp_path / "key").write_bytes(b"\xff" * 60)
    assert f"STUDIO_SECRET_KEY_FILE names {tmp_path}/key, which cannot be read." in refusal(
        STUDIO_DATA=tmp_path, STUDIO_SECRET_KEY_FILE=tmp_path / "key"
    )


def test_half_an_identity_provider_is_refused(tmp_path):
    assert "STUDIO_OIDC_ISSUER needs" in refusal(STUDIO_DATA=tmp_path, STUDIO_OIDC_ISSUER="https://id.example")


def test_the_first_start_makes_secrets_that_only_we_may_read(tmp_path):
    first, again = (setting("SECRET_KEY", STUDIO_DATA=tmp_path) for _start in range(2))
    assert first == again == (tmp_path / "secrets" / "secret_key").read_text()
    modes = {path.name: oct(path.stat().st_mode)[-3:] for path in [tmp_path / "secrets", *(tmp_path / "secrets").iterdir()]}
    assert modes == {"secrets": "700", "secret_key": "600", "encryption_keys": "600"}


def test_https_follows_the_public_address(tmp_path):
    names = ["SECURE", "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_NAME", "SECURE_SSL_REDIRECT", "ALLOWED_HOSTS[-1]"]
    assert setting(*names, STUDIO_DATA=tmp_path, STUDIO_PUBLIC_URL="HTTPS://Studio.Example:443/") == [
        True, ["https://studio.example"], "__Host-session", True, "studio.example",
    ]  # fmt: skip


def test_bound_to_every_network_card_the_studio_answers_to_its_own_name(tmp_path):
    found = setting("ALLOWED_HOSTS", STUDIO_DATA=tmp_path, HOST="::")
    assert os.uname().nodename.lower() in found
    assert "[::]" not in found


def test_a_bucket_is_reached_as_the_usual_variables_say(tmp_path):
    (tmp_path / "key").write_text("s3cret\n")
    given = {
        "STUDIO_STORAGE": "s3://pictures/studio",
        "AWS_ENDPOINT_URL": "http://minio:9000",
        "AWS_SECRET_ACCESS_KEY_FILE": tmp_path / "key",
    }
    place, reached = setting("STORAGE", "BUCKET", STUDIO_DATA=tmp_path, **given)
    assert (place, reached["endpoint_url"], reached["aws_secret_access_key"]) == ("s3://pictures/studio", "http://minio:9000", "s3cret")
    assert not (tmp_path / "media").exists()


def test_a_bucket_that_cannot_be_is_refused(tmp_path):
    said = refusal(STUDIO_DATA=tmp_path, STUDIO_STORAGE="s3://", AWS_ENDPOINT_URL="minio:9000")
    assert "STUDIO_STORAGE must be a folder, s3://bucket or s3://bucket/prefix, not “s3://”." in said
    assert "AWS_ENDPOINT_URL must be a whole address that begins with https:// or http://." in said


def test_mail_goes_where_the_address_says(tmp_path):
    names = ["MAIL", "EMAIL_HOST", "EMAIL_USE_TLS"]
    assert setting(*names, STUDIO_DATA=tmp_path, STUDIO_EMAIL_URL="smtp+tls://mail.example") == [True, "mail.example", True]


def test_the_dotenv_file_counts(tmp_path):
    (tmp_path / "env").write_text(f"PORT=8123\nSTUDIO_DATA='{tmp_path}'\n")
    assert setting("PORT", STUDIO_DOTENV=tmp_path / "env") == 8123


def test_the_queue_never_hands_out_work_that_may_still_run():
    queue = settings.Q_CLUSTER
    turns = 1 + ceil((queue["queue_limit"] + queue["bulk"]) / queue["workers"])
    assert queue["retry"] >= queue["timeout"] * turns + 30
