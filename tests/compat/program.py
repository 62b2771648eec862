"""A program that was written for a provider, and now calls the studio: Django's client with a token, and what such a program reads."""

from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.test import Client
from PIL import Image as Picture

from generations.dialects import get_asking
from generations.dialects.outcome import Reading
from generations.dialects.wire import Answer
from generations.models import Generation, Scope, Team, Token, User
from tests.pipeline.steps import Steps, forward

ALL = tuple(Scope)
LITE = {"model": "doubao-seedream-5-0-lite", "prompt": "a red kite", "size": "1:1", "resolution": "2K", "n": 1}
FORM = {"prompt": "a red kite", "batchsize": "1", "resolution": "2K"}


class Program:
    def __init__(self, user: User, team: Team, scopes: tuple[Scope, ...] = ALL) -> None:
        fields = {"name": "Script", "scopes": [scope.value for scope in scopes], "per_minute": 6000}
        self.token, self.text = Token.write(None, user=user, team=team, **fields)
        self.client = Client(headers={"Authorization": f"Bearer {self.text}"})

    def post(self, path: str, value: Any, **headers: str) -> HttpResponse:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        return self.client.post(f"/compat{path}", value, content_type="application/json", headers=named)

    def send(self, path: str, **fields: Any) -> HttpResponse:
        """A form."""
        return self.client.post(f"/compat{path}", fields)

    def get(self, path: str) -> HttpResponse:
        return self.client.get(f"/compat{path}")

    # --- the two doors that answer with tasks ---

    def submit(self, dialect: str, prompt: str = "a red kite", images: int = 1) -> HttpResponse:
        if dialect == "tensorslab":
            return self.send("/tensorslab/v1/images/seedreamv45", **FORM | {"prompt": prompt, "batchsize": str(images)})
        return self.post("/apimart/v1/images/generations", LITE | {"prompt": prompt, "n": images})

    def ask(self, dialect: str, task: str) -> HttpResponse:
        if dialect == "tensorslab":
            return self.post("/tensorslab/v1/images/infobytaskid", {"taskid": task})
        return self.get(f"/apimart/v1/tasks/{task}")


def task_of(answer: HttpResponse) -> str:
    data = answer.json()["data"]
    return str(data["taskid"] if isinstance(data, dict) else data[0]["task_id"])


def started(answer: HttpResponse) -> Generation:
    return Generation.objects.get(uid=answer["X-Generation"])


def read(dialect: str, task: str, answer: HttpResponse) -> Reading:
    """What our own client for that provider would take it for."""
    headers = {name.lower(): text for name, text in answer.headers.items()}
    return get_asking(dialect).read_status(Answer(answer.status_code, answer.content, headers), task)


def drawing(colour: str = "teal", size: tuple[int, int] = (640, 480)) -> BytesIO:
    file = BytesIO()
    Picture.new("RGB", size, colour).save(file, "PNG")
    file.seek(0)
    file.name = "kite.png"
    return file


def live(driver: Steps) -> None:
    """Hour after hour, until nothing is due any more."""
    driver.settle()
    while Generation.objects.filter(due_at__isnull=False).exists():
        forward(hours=1)
        driver.settle()
