import json
import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from generations.bench import api, dialects, gallery, pipeline, review, usage
from generations.bench.figure import Figure

BENCHES: dict[str, Callable[..., Iterator[Figure]]] = {
    "dialects": dialects.figures,
    "pipeline": pipeline.figures,
    "gallery": gallery.figures,
    "usage": usage.figures,
    "review": review.figures,
    "api": api.figures,
}


class Command(BaseCommand):
    help = "Measures, and prints one JSON object: each figure with its limit and whether it holds. Ends with 1 if one does not."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=list(BENCHES))
        parser.add_argument("--images", type=int, help="how many images the gallery has, or how many requests there are to sum up")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        wanted = {"images": images} if (images := options.get("images")) else {}
        found = list(BENCHES[name](**wanted))
        told = {one.name: {"value": round(one.value, 3), "limit": one.limit, "unit": one.unit, "holds": one.holds} for one in found}
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        if not all(one.holds for one in found):
            sys.exit(1)
