"""The `requests` library, answered by this very process: what is generated for a server, and what the docs print, run without one."""

from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import requests
from django.test import Client
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPResponse

STUDIO = "http://testserver"


class Within(BaseAdapter):
    def send(self, request: requests.PreparedRequest, *_how: Any, **_options: Any) -> requests.Response:
        address = urlsplit(str(request.url))
        path = f"{address.path}?{address.query}" if address.query else address.path
        headers = {name: value if isinstance(value, str) else value.decode("latin-1") for name, value in request.headers.items()}
        kind = headers.pop("Content-Type", "")
        body = request.body if isinstance(request.body, bytes) else (request.body or "").encode()
        found = Client().generic(str(request.method), path, body, kind, headers=headers)
        return answered(request, found)

    def close(self) -> None:
        pass


def answered(request: requests.PreparedRequest, found: Any) -> requests.Response:
    content = b"".join(found.streaming_content) if found.streaming else found.content
    raw = HTTPResponse(BytesIO(content), dict(found.headers), found.status_code, preload_content=False)
    return HTTPAdapter().build_response(request, raw)


def session() -> requests.Session:
    made = requests.Session()
    made.mount(STUDIO, Within())
    return made
