"""What the page begins with: a first call, a whole program, what errors and pages look like."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from generations.api import examples
from generations.api.docs.calls import coloured, shell, written

CURL = """\
export STUDIO_TOKEN="sk-studio-…"

curl {origin}/api/me \\
  -H "Authorization: Bearer $STUDIO_TOKEN"
"""

PYTHON = """\
import os, time

import requests

studio = requests.Session()
studio.headers["Authorization"] = f"Bearer {{os.environ['STUDIO_TOKEN']}}"

made = studio.post(
    "{origin}/api/generations",
    headers={{"Idempotency-Key": "kite-0001"}},
    json={{"engine": "{engine}", "prompt": "A red kite above tea fields", "wait": 30}},
).json()
while not made["ended"]:
    time.sleep(1)
    made = studio.get(f"{origin}/api/generations/{{made['id']}}").json()

for image in made["images"]:
    print(image["url"])
"""

PAGES_CURL = """\
curl "{origin}/api/generations?status=done&limit=100" \\
  -H "Authorization: Bearer $STUDIO_TOKEN"
"""

PAGES_PYTHON = """\
page = "{origin}/api/generations?status=done&limit=100"
while page:
    found = studio.get(page).json()
    for generation in found["items"]:
        print(generation["id"], generation["request"]["prompt"])
    page = found["next"]
"""


@dataclass(frozen=True)
class Begin:
    curl: SafeString
    python: SafeString
    pages_curl: SafeString
    pages_python: SafeString
    error: SafeString


def begin(origin: str) -> Begin:
    return Begin(
        curl=shell(filled(CURL, origin)),
        python=coloured(filled(PYTHON, origin)),
        pages_curl=shell(filled(PAGES_CURL, origin)),
        pages_python=coloured(filled(PAGES_PYTHON, origin)),
        error=coloured(written(examples.FAULTS[422])),
    )


def filled(text: str, origin: str) -> str:
    return text.format(origin=origin, engine=examples.REQUEST["engine"]).rstrip()
