from collections.abc import Iterator
from pathlib import Path

import pytest

from generations.media import staging
from tests.media.s3 import bucket, s3  # noqa: F401  # fixtures


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path):
    settings.DATA, settings.STORAGE = tmp_path / "data", tmp_path / "data" / "media"


@pytest.fixture
def desk() -> Iterator[Path]:
    with staging.desk() as found:
        yield found


@pytest.fixture(params=["folder", "bucket"])
def storage(request) -> str | Path:
    """Both kinds of store, as the settings name them."""
    if request.param == "bucket":
        return request.getfixturevalue("bucket")
    return request.getfixturevalue("settings").STORAGE
