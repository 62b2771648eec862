"""A store behind an S3 interface: Amazon's, or one of the many that speak like it."""

import errno
import hashlib
import shutil
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO, cast
from uuid import uuid4

import boto3.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from generations.media import disk, staging
from generations.media.names import Kept, Name, type_of

PIECE = 256 * 1024
ABSENT = ("404", "NoSuchKey", "NotFound")
# Checksums in trailers are new, and older servers take them for a part of the file; Content-MD5 they all know.
SPEECH = {"signature_version": "s3v4", "request_checksum_calculation": "when_required", "response_checksum_validation": "when_required"}
TRIES = {"mode": "standard", "total_max_attempts": 3}
PATIENT = Config(connect_timeout=5, read_timeout=20, retries=TRIES, max_pool_connections=32, **SPEECH)
HASTY = Config(connect_timeout=2, read_timeout=2, retries={"total_max_attempts": 1}, **SPEECH)
FOREVER = "private, max-age=31536000, immutable"
SESSION, MAKING = boto3.session.Session(), Lock()


class BucketTrouble(OSError):
    """`code` is the server's word for it, or the name of what went wrong on the way there."""

    def __init__(self, code: str) -> None:
        super().__init__(errno.EIO, f"The bucket answers with {code}")
        self.code = code


class Bucket:
    def __init__(self, place: str) -> None:
        """From `s3://bucket/prefix`."""
        self.bucket, _slash, prefix = place.removeprefix("s3://").partition("/")
        self.prefix = f"{prefix}/" if prefix else ""

    @cached_property
    def client(self) -> Any:
        return connect(PATIENT)

    def at(self, name: str) -> dict[str, str]:
        return {"Bucket": self.bucket, "Key": self.prefix + name}

    def keep(self, staged: Path, name: Name) -> None:
        size = staged.stat().st_size
        with named(), staged.open("rb") as file:
            digest = b64encode(hashlib.file_digest(file, md5).digest()).decode()
            file.seek(0)
            about = {"ContentType": type_of(name), "CacheControl": FOREVER, "ContentMD5": digest, "ContentLength": size}
            self.client.put_object(**self.at(name), Body=file, **about)
        if self.size(name) != size:  # the local file is given up only when the other one is surely there
            raise BucketTrouble("WrongSize")
        staged.unlink()

    def open(self, name: Name) -> BinaryIO:
        disk.make(staging.place())
        file = tempfile.TemporaryFile(dir=staging.place())  # noqa: SIM115  the caller closes it
        try:
            with named():
                shutil.copyfileobj(self.client.get_object(**self.at(name))["Body"], file, PIECE)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return cast(BinaryIO, file)

    def has(self, name: Name) -> bool:
        try:
            return self.size(name) >= 0
        except FileNotFoundError:
            return False

    def size(self, name: Name) -> int:
        with named():
            return int(self.client.head_object(**self.at(name))["ContentLength"])

    def remove(self, name: Name) -> None:
        with named():
            self.client.delete_object(**self.at(name))

    def kept(self, under: str) -> Iterator[Kept]:
        with named():
            for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=f"{self.prefix}{under}/"):
                for found in page.get("Contents", []):
                    yield Kept(Name(found["Key"].removeprefix(self.prefix)), found["Size"], found["LastModified"])

    def link(self, name: Name, seconds: int) -> str | None:
        with named():
            return str(self.client.generate_presigned_url("get_object", Params=self.at(name), ExpiresIn=seconds))

    def probe(self) -> None:
        """Everything that keeping pictures needs, with something small and little patience."""
        client, place = connect(HASTY), self.at(f"health/{uuid4().hex}")
        with named():
            client.put_object(**place, Body=b"still here")
            if client.get_object(**place)["Body"].read() != b"still here":
                raise BucketTrouble("WrongBytes")
            client.list_objects_v2(Bucket=self.bucket, Prefix=place["Key"], MaxKeys=1)
            client.delete_object(**place)


def connect(config: Config) -> Any:
    """Threads may share what this gives, but not the making of it."""
    given = {name: value for name, value in settings.BUCKET.items() if value}
    with MAKING:
        return SESSION.client("s3", config=config, **given)


def md5() -> Any:
    """Against accidents on the way, not against anybody."""
    return hashlib.md5(usedforsecurity=False)


@contextmanager
def named() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", "Unknown"))
        if code in ABSENT:
            raise FileNotFoundError(errno.ENOENT, "The bucket has no such file") from None
        raise BucketTrouble(code) from None
    except BotoCoreError as error:
        raise BucketTrouble(type(error).__name__) from None
