"""The bench of the pipeline measures what it says. Whether its figures hold is not asked here."""

import socket
from uuid import uuid4

import pytest
from django.test import Client

from generations.bench import load
from generations.bench.browser import Line
from generations.models import Generation, Status

pytestmark = pytest.mark.django_db


def test_a_click_on_generate_is_one_request_in_line():
    browser, token = load.guest("9")
    client = Client(headers={"cookie": browser.cookie, "host": "127.0.0.1"}, enforce_csrf_checks=True)
    answer = client.post("/generate/", {**load.form("9", token), "key": str(uuid4())})
    assert (answer.status_code, answer.headers["content-length"]) == (302, "0")
    assert (Generation.objects.get().status, Generation.objects.get().engine) == (Status.QUEUED, load.ENGINE[load.CLICKED])


def test_another_answer_than_it_waits_for_is_no_figure():
    """A page that says why not, say."""
    here, there = socket.socketpair()
    line = Line(here, b"302")
    there.sendall(b"HTTP/1.1 422 Unprocessable Entity\r\nContent-Length: 0\r\n\r\n")
    with here, there, pytest.raises(AssertionError, match="422"):
        line.read()
