"""A customer of the sandbox's providers, with nothing but the standard library."""

import io
import json
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from PIL import Image

from generations.catalogue import ENGINES
from generations.catalogue.request import GenerationRequest
from generations.dialects import get_dialect, wire
from generations.dialects.outcome import Pending
from generations.dialects.transfer import write_body
from generations.sandbox.world import World

MOST = 200_000_000
KEY = "sk-sandbox-1234"
ENGINE = {
    "tensorslab": "tensorslab/seedream-5.0-lite",
    "apimart": "apimart/seedream-5.0-lite",
    "anyfast": "anyfast/seedream-5.0-t2i",
    "gateway": "gateway/seedream-4.0",
    "ark": "ark/seedream-4.0",
}


@dataclass(frozen=True)
class Got:
    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def picture(self):
        return Image.open(io.BytesIO(self.body))

    @property
    def answer(self):
        return wire.Answer(self.status, self.body, self.headers)


@dataclass(frozen=True)
class Shop:
    port: int
    world: World
    patience: float = 30

    def call(self, method, path, body=None, headers=None, key=KEY):
        line = HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        try:
            named = ({"Authorization": f"Bearer {key}"} if key else {}) | (headers or {})
            line.request(method, path, body, named)
            got = line.getresponse()
            if (got.length or 0) > MOST:
                raise HTTPException("too much")
            return Got(got.status, {name.lower(): value for name, value in got.headers.items()}, got.read())
        finally:
            line.close()

    def post(self, path, value, headers=None, key=KEY):
        return self.call("POST", path, json.dumps(value).encode(), {"Content-Type": "application/json", **(headers or {})}, key)

    def get(self, path, key=KEY):
        return self.call("GET", path, key=key)

    def fetch(self, link):
        parts = urlsplit(link)
        return self.call("GET", f"{parts.path}?{parts.query}", key="")

    def send(self, dialect, call, key=KEY):
        """A call as the dialect has written it."""
        body = write_body(call)
        headers = dict(call.headers) | ({"Content-Type": body.type} if body else {})
        return self.call(call.method, f"/{dialect}{call.path}", b"".join(body.pieces) if body else None, headers, key)

    def buy(self, dialect, prompt, idempotency="", key=KEY, pictures=(), engine="", **wishes):
        engine = ENGINES[engine or ENGINE[dialect]]
        ratio = "1:1" if engine.tiers else "auto"  # all of one size, which the atelier has painted before
        asked = GenerationRequest(**{"engine": engine.id, "prompt": prompt, "ratio": ratio, "tier": engine.usual[1], **wishes})
        return self.send(dialect, get_dialect(dialect).write_request(asked, engine, pictures, idempotency), key)

    def read(self, dialect, got):
        return get_dialect(dialect).read_answer(got.answer)

    def poll(self, dialect, task):
        return self.send(dialect, get_dialect(dialect).write_question(task))

    def state(self, dialect, task):
        return get_dialect(dialect).read_status(self.poll(dialect, task).answer, task)

    def wait(self, dialect, task, patience=30.0):
        """Until it is no longer pending."""
        end = time.monotonic() + patience
        while isinstance(state := self.state(dialect, task), Pending) and time.monotonic() < end:
            time.sleep(0.01)
        return state

    def order(self, dialect, prompt, **wishes):
        """Bought, and waited for if it has to be."""
        read = self.read(dialect, self.buy(dialect, prompt, **wishes))
        return self.wait(dialect, read.task) if get_dialect(dialect).ASKS else read

    @property
    def ledger(self):
        return self.get("/ledger").json
