"""Buckets to test with: a real server of S3 on loopback, and one that answers as it is told."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from uuid import uuid4

import pytest

from generations.media.bucket import PATIENT, connect


def reached_at(port: int) -> dict[str, str]:
    return {
        "endpoint_url": f"http://127.0.0.1:{port}",
        "region_name": "us-east-1",
        "aws_access_key_id": "key",
        "aws_secret_access_key": "secret",
    }


@pytest.fixture(scope="session")
def s3() -> Iterator[dict[str, str]]:
    program = [sys.executable, "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]
    with subprocess.Popen(
        program, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env={"PATH": os.environ["PATH"]}
    ) as server:
        assert server.stderr
        said = next(line for line in server.stderr if "http://127.0.0.1:" in line)
        Thread(target=server.stderr.read, daemon=True).start()  # it writes a line for each call, and would stop when nobody reads
        yield reached_at(int(said.rsplit(":", 1)[1]))
        server.terminate()


@pytest.fixture
def bucket(s3, settings) -> str:
    """A new one, as STUDIO_STORAGE names it, with a prefix."""
    name = f"pictures-{uuid4().hex[:8]}"
    settings.BUCKET = s3
    connect(PATIENT).create_bucket(Bucket=name)
    settings.STORAGE = f"s3://{name}/studio"
    return settings.STORAGE


Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Moody:
    """Says of each method what it answers, the last one again and again: a status, headers, a body."""

    answers: dict[str, list[Answer]]
    asked: list[str] = field(default_factory=list)


def error(status: int, code: str) -> Answer:
    return status, {"Content-Type": "application/xml"}, f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()


@contextmanager
def moody(**answers: Answer | list[Answer]) -> Iterator[tuple[Moody, dict[str, str]]]:
    state = Moody({method: said if isinstance(said, list) else [said] for method, said in answers.items()})

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # in which a client may ask before it sends

        def answer(self) -> None:
            state.asked.append(self.command)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            said = state.answers.get(self.command, [(200, {}, b"")])
            status, headers, body = said.pop(0) if len(said) > 1 else said[0]
            self.send_response(status)
            for name, text in {"Content-Length": str(len(body)), "Connection": "close", **headers}.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else body)

        do_GET = do_PUT = do_HEAD = do_DELETE = answer

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield state, reached_at(server.server_address[1])
        server.shutdown()
        thread.join()
