import hashlib
import io
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from scripts import Stop, uv

PROGRAM = b"#!/bin/sh\necho uv 0.13.8\n"
NAME = f"uv-{uv.VERSION}-py3-none-here.whl"


def wheel() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo(f"uv-{uv.VERSION}.data/scripts/uv"), PROGRAM)  # a fixed date: the same bytes each time
    return packed.getvalue()


class Index(BaseHTTPRequestHandler):
    """A package index in its HTML form, whose links are relative as on many mirrors."""

    pages = {"/simple/uv/": f'<a href="../../files/{NAME}#sha256=0">{NAME}</a>'.encode(), f"/files/{NAME}": wheel()}
    asked: list[str | None] = []

    def do_GET(self) -> None:
        self.asked.append(self.headers["Authorization"])
        found = self.pages.get(self.path)
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(found or b"")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Index) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://127.0.0.1:{server.server_port}/simple")
        yield f"127.0.0.1:{server.server_port}/simple"
        server.shutdown()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without uv, for which there is a wheel."""
    monkeypatch.setattr(uv, "ROOT", tmp_path)
    monkeypatch.setattr(uv.shutil, "which", lambda name: None)
    know(monkeypatch, hashlib.sha256(wheel()).hexdigest())
    return tmp_path


def know(monkeypatch: pytest.MonkeyPatch, digest: str) -> None:
    monkeypatch.setattr(uv, "WHEELS", {(sys.platform, uv.platform.machine()): ("here", digest)})


def test_uv_is_fetched_once(index: str, here: Path):
    found = uv.find()
    Index.asked.clear()
    assert found == uv.find() == str(here / ".cache" / f"uv-{uv.VERSION}" / "uv")
    assert not Index.asked
    assert Path(found).read_bytes() == PROGRAM


def test_a_file_that_is_not_the_known_one_is_never_unpacked(index: str, here: Path, monkeypatch: pytest.MonkeyPatch):
    know(monkeypatch, "0" * 64)
    with pytest.raises(Stop, match="is not the file we know"):
        uv.find()
    assert not (here / ".cache").exists()


def test_an_index_without_uv_leaves_it_to_pip(index: str, here: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Index, "pages", {})
    assert uv.find() is None


def test_a_machine_nobody_makes_a_wheel_for_leaves_it_to_pip(here: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(uv, "WHEELS", {})
    assert uv.find() is None


def test_no_network_is_one_sentence_without_the_password(here: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PIP_INDEX_URL", "http://me:secret@127.0.0.1:9/simple")
    with pytest.raises(Stop, match=r"^127\.0\.0\.1 cannot be reached \(.*refused\)\. Check the network") as stop:
        uv.find()
    assert "secret" not in str(stop.value)


def test_a_password_in_the_address_reaches_the_mirror(index: str, here: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", f"http://me:p%40ss@{index}")
    Index.asked.clear()
    assert uv.find()
    assert set(Index.asked) == {"Basic bWU6cEBzcw=="}


@pytest.mark.parametrize(("said", "used"), [("uv 0.13.9 (abc)", True), ("uv 1.0.0", True), ("uv 0.5.1", False), ("nonsense", False)])
def test_a_uv_that_is_there_is_used_if_it_is_new_enough(here: Path, monkeypatch: pytest.MonkeyPatch, said: str, used: bool):
    own = here / "uv"
    own.write_text(f"#!/bin/sh\necho '{said}'\n")
    own.chmod(0o755)
    monkeypatch.setattr(uv.shutil, "which", lambda name: str(own))
    monkeypatch.setattr(uv, "WHEELS", {})
    assert uv.find() == (str(own) if used else None)


def test_a_home_that_cannot_be_written_does_not_matter(here: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "/nowhere")
    assert uv.environment()["UV_CACHE_DIR"] == str(here / ".cache" / "uv")
