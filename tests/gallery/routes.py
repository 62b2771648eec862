"""Every address that a designer works with, and what stands in it: of one's own, of strangers, of nobody."""

import re
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.http import HttpResponse

from generations import collecting, search
from generations.models import Collection, PromptTemplate, Team, User
from tests.filed import filed
from tests.made import made, pictured
from tests.uploading.rows import row

PAGES = ["/", "/gallery/", "/gallery/trash/", "/collections/", "/references/", "/templates/", "/prompts/"]
LOOKS = [
    "/?from={generation}",
    "/images/{image}/",
    "/images/{image}/inspector/",
    "/images/{image}/320.webp",
    "/images/{image}/original",
    "/images/{image}/download/",
    "/images/{image}/review/",
    "/compare/?a={image}&b={image}",
    "/generations/{generation}/variations/",
    "/collections/{collection}/",
    "/uploads/{upload}.webp",
    "/templates/{template}/",
]
DEEDS = [
    "/images/{image}/review/",
    "/images/{image}/mark/",
    "/generations/{generation}/rerun/",
    "/generations/{generation}/missing/",
    "/generations/{generation}/stop/",
    "/generations/{generation}/check-again/",
    "/generations/{generation}/resend/",
    "/generations/{generation}/share/",
    "/generations/{generation}/variations/",
    "/collections/{collection}/change/",
    "/collections/{collection}/delete/",
    "/collections/{collection}/remove/",
    "/collections/{collection}/move/",
    "/uploads/{upload}/share/",
    "/uploads/{upload}/forget/",
    "/templates/{template}/use/",
    "/templates/{template}/delete/",
]
FORMS = [
    "/generate/",
    "/composer/",
    "/uploads/",
    "/templates/",
    "/gallery/count/",
    "/gallery/star/",
    "/gallery/ask/",
    "/gallery/zip/",
    "/gallery/collect/",
    "/gallery/discard/",
    "/gallery/restore/",
    "/collections/",
    "/collections/collect/",
]
ALSO_PAGES = {
    "/images/{image}/review/",
    "/composer/",
    "/gallery/zip/",
    "/templates/",
    "/collections/",
    "/collections/collect/",
    "/generations/{generation}/variations/",
}
KEPT = ["generation", "image", "upload", "reference", "mark", "collection", "placement", "prompttemplate", "entry", "attempt"]
OF_OURS = re.compile(r'value="[0-9A-Za-z]{64}"|"X-CSRFToken": "[^"]+"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')

Things = dict[str, str]


def things(user: User, team: Team) -> Things:
    """One of each."""
    generation = made(user, team)
    [image] = pictured(generation)
    filed(image)
    search.index(generation)
    collection = Collection.objects.create(team=team, user=user, name="Spring")
    collecting.place(collection.pk, [image.pk])
    template = PromptTemplate.objects.create(team=team, user=user, name=f"Kites {image.uid}", text="A kite", shared=True)
    upload = row(user, team)
    found = {
        "image": image.uid,
        "generation": generation.uid,
        "collection": collection.uid,
        "upload": upload.sha256,
        "template": template.pk,
    }
    return {name: str(value) for name, value in found.items()}


def nothing() -> Things:
    return {name: str(uuid4()) for name in ("image", "generation", "collection")} | {"upload": "0" * 64, "template": "987654"}


def same(answer: HttpResponse, asked: Things) -> tuple[int, str]:
    """What one sees of it, without its own address and the numbers that are other ones each time."""
    page = re.sub(r'(name="next" value="[^"?]*)[^"]*', r"\1", answer.content.decode())
    for text in sorted(asked.values(), key=len, reverse=True):
        page = page.replace(text, "…") if len(text) > 10 else page
    return answer.status_code, OF_OURS.sub("…", page)


def everything() -> list[Any]:
    """All that these pages could change."""
    return [list(apps.get_model("generations", name).objects.order_by("pk").values()) for name in KEPT]
