"""A library to measure on: real rows, real small files, prompts in two languages.

`python -m generations.bench.library IMAGES` fills a studio that is empty, and says as JSON what there is to ask it for.
"""

import json
import os
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402
from PIL import Image as Picture  # noqa: E402
from PIL import ImageDraw  # noqa: E402

from generations import search  # noqa: E402
from generations.catalogue import ENGINES  # noqa: E402
from generations.catalogue.request import GenerationRequest  # noqa: E402
from generations.media import derive, names  # noqa: E402
from generations.models import (  # noqa: E402
    Attempt,
    Dialect,
    Generation,
    Image,
    ImageStatus,
    Mark,
    ProviderAccount,
    Role,
    Status,
    Team,
    User,
)
from generations.people import add_member, add_person  # noqa: E402

EACH = 4  # images of a generation
DAYS = 500
PICTURES = 4_000  # that are asked for, from all over the library
FACES = 24  # pictures that are drawn; every file is a link to one of them
RATIOS = ("1:1", "4:3", "3:4", "3:2", "2:3", "16:9", "9:16", "21:9")
WORDS = """red kite terraced tea fields misty morning harbour night city lights koi pond water lilies terracotta stairs arches sunlit
wall botanical print fern stems still life vase fruit tin plinth studio light dunes low sun snow pines mountains neon rain street paper
cut shapes quarter circle pattern poster wave linen ceramic bottle cream label product shot soft shadow editorial portrait""".split()  # noqa: SIM905  # a list of a hundred strings is not easier to read
CHINESE = (
    "水墨山水",
    "红色风筝",
    "梯田茶园",
    "城市夜景",
    "锦鲤池塘",
    "产品主图",
    "剪纸图案",
    "静物花瓶",
    "雪山松林",
    "海浪日落",
    "柔和光影",
    "极简海报",
)
RARE = "obsidian", "黑曜石"

chance = random.Random(20261120)  # noqa: S311  # the same library every time


def fill(images: int) -> None:
    with transaction.atomic():
        account = ProviderAccount.objects.create(name="Sandbox", dialect=Dialect.APIMART, sandbox=True)
        people = list(members())
        count = images // EACH
        generations = [generation(number, count, account, *chance.choice(people)) for number in range(count)]
        Generation.objects.bulk_create(generations, batch_size=500)
        attempts = Attempt.objects.bulk_create([Attempt(generation=one, number=1, account=account) for one in generations], batch_size=500)
        faces = list(drawn())
        made = [image(attempt, index, *chance.choice(faces)) for attempt in attempts for index in range(EACH)]
        Image.objects.bulk_create(made, batch_size=500)
        Mark.objects.bulk_create([Mark(image=one, user_id=one.user_id, starred=True) for one in made[::40]], batch_size=500)
    search.rebuild()


def members() -> Iterator[tuple[User, Team]]:
    """Six in the team that is measured, two in another."""
    teams = [Team.objects.create(name=name, slug=name.lower()) for name in ("Bench", "Others")]
    for number in range(8):
        user, team = add_person(f"person{number}@example.com", f"Person {number}"), teams[number // 6]
        add_member(user, team, Role.DESIGNER)
        yield user, team


def generation(number: int, count: int, account: ProviderAccount, user: User, team: Team) -> Generation:
    engine = list(ENGINES)[min(int(chance.expovariate(0.6)), 6)]  # most of them use the same one
    asked = GenerationRequest(engine=engine, prompt=prompt(number), ratio=chance.choice(RATIOS), tier="2K", images=EACH)
    made = timezone.now() - timedelta(days=DAYS * (1 - number / count))
    return Generation(
        team=team, user=user, private=chance.random() < 0.05, request_key=UUID(int=number), digest=f"{number:064x}",
        request=asked.store(), engine=engine, prompt=asked.prompt, images_asked=EACH, account=account, status=Status.DONE,
        created_at=made, finished_at=made,
    )  # fmt: skip


def prompt(number: int) -> str:
    rare = RARE[number // 1000 % 2] if number % 1000 == 0 else ""
    return "，".join([*chance.sample(CHINESE, 4), rare]) if number % 3 == 0 else " ".join([*chance.choices(WORDS, k=24), rare])


def image(attempt: Attempt, index: int, face: Path, placeholder: str) -> Image:
    one = attempt.generation
    sha = sha256(f"{one.pk}/{index}".encode()).hexdigest()
    link(face, names.derived(sha, 320))
    wide, _, high = one.request["ratio"].partition(":")
    broken = [{"name": "size", "promised": "2048x2048", "delivered": "1920x1920"}] if chance.random() < 0.02 else []
    return Image(
        generation=one, attempt=attempt, index=index, status=ImageStatus.STORED, sha256=sha, format="jpeg", bytes=1_000_000,
        width=int(wide) * 128, height=int(high) * 128, placeholder=placeholder, derived=True, broken=broken, team_id=one.team_id,
        user_id=one.user_id, private=one.private, engine=one.engine, ratio=one.request["ratio"], tier="2K",
        referenced=chance.random() < 0.3, created_at=one.created_at, stored_at=one.created_at,
    )  # fmt: skip


def link(face: Path, name: str) -> None:
    target = Path(settings.STORAGE) / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)  # of a library that was here before
    os.link(face, target)


def drawn() -> Iterator[tuple[Path, str]]:
    """As large as a real one in bytes: soft colours with some grain."""
    for number in range(FACES):
        picture = Picture.effect_noise((320, 240), 24).convert("RGB")
        tint = Picture.new("RGB", picture.size, tuple(chance.randrange(60, 220) for _channel in "rgb"))
        picture = Picture.blend(picture, tint, 0.7)
        ImageDraw.Draw(picture).ellipse((chance.randrange(200), 40, 280, 200), fill=tuple(chance.randrange(256) for _channel in "rgb"))
        path = Path(settings.STORAGE) / f"face-{number}.webp"
        picture.save(path, "WEBP", quality=derive.QUALITY)
        yield path, derive.placeholder(picture)


def told() -> dict[str, object]:
    """How somebody asks who is signed in, and for what."""
    user = User.objects.order_by("pk")[0]
    visitor = Client(headers={"host": "127.0.0.1"})
    visitor.force_login(user)
    visitor.get("/gallery/")  # what is drawn once is drawn by now
    with CaptureQueriesContext(connection) as asked:
        visitor.get("/gallery/")
    images = Image.objects.filter(team=user.teams.get(), private=False).order_by("-pk")
    return {
        "cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in visitor.cookies.items()),
        "queries": len(asked),
        "half": images[images.count() // 2].pk,
        "pictures": [str(uid) for uid in images.order_by("?").values_list("uid", flat=True)[:PICTURES]],
    }


if __name__ == "__main__":
    fill(int(sys.argv[1]))
    print(json.dumps(told()))  # noqa: T201
