import json
from argparse import ArgumentParser
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError

from generations import trial
from generations.catalogue.check import check, read_size
from generations.catalogue.problem import Problem
from generations.catalogue.request import GenerationRequest, Reference
from generations.catalogue.settle import complete, fates, settle
from generations.connecting import client_of
from generations.dialects.outcome import Finished, Trouble
from generations.dialects.wire import Call
from generations.offers import Offer, find_offer
from generations.providers.client import Client
from generations.providers.failure import Failure
from generations.providers.preview import preview

ASKED = ("prompt", "images", "ratio", "tier", "seed", "guidance", "format", "watermark", "web_search")


class Command(BaseCommand):
    help = "Sends one request without the queue and keeps what comes back. It prints what will be sent; --dry-run stops there."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("engine")
        parser.add_argument("prompt")
        parser.add_argument("--account", metavar="NAME", help="without it, the first that serves the engine")
        for name in ("ratio", "tier", "format"):
            parser.add_argument(f"--{name}", default="")
        parser.add_argument("--size", default="", help="exact pixels, such as 2048x2048, instead of ratio and tier")
        parser.add_argument("--images", type=int, default=1)
        parser.add_argument("--seed", type=int)
        parser.add_argument("--guidance", type=float)
        parser.add_argument("--watermark", action="store_true")
        parser.add_argument("--web-search", action="store_true")
        parser.add_argument("--reference", action="append", default=[], metavar="FILE", help="may be given several times, in order")
        parser.add_argument("-o", "--output", default=".", metavar="FOLDER")
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        offer = find_offer(options["engine"], options["account"])
        if offer is None:
            raise CommandError(f"No account that is switched on serves {options['engine']}. `manage.py engines` lists what can be used.")
        try:
            looked = [trial.look(Path(name)) for name in options["reference"]]
            request = read(options, offer, tuple(reference for reference, _picture in looked))
            client = client_of(offer.account)
        except (trial.NoPicture, Failure) as problem:
            raise CommandError(str(problem)) from None
        call = client.write(settle(request, offer.engine), offer.engine, [picture for _reference, picture in looked], str(uuid4()))
        self.stdout.write(json.dumps(preview(call, offer.account.base), ensure_ascii=False, indent=2))
        for field in fates(request, offer.engine):
            if field.fate == "left out":
                self.stdout.write(f"{field.name} is left out: {offer.engine.name} does not take it.")
        if options["dry_run"]:
            return
        with client.way:
            self.run(client, call, Path(options["output"]))

    def run(self, client: Client, call: Call, folder: Path) -> None:
        began = monotonic()
        reading = trial.run(client, call, self.stdout.write)
        if not isinstance(reading, Finished):
            raise CommandError(f"{reading.sentence} {reading.said}".strip() if isinstance(reading, Trouble) else "It is still being made.")
        self.stdout.write(f"Finished in {monotonic() - began:.1f} s.")
        for line in trial.keep(client, reading, folder):
            self.stdout.write(line)


def read(options: dict[str, Any], offer: Offer, references: tuple[Reference, ...]) -> GenerationRequest:
    size = read_size(options["size"]) if options["size"] else None
    if isinstance(size, Problem):
        raise CommandError(str(size))
    given = {name: options[name] for name in ASKED}
    request = complete(GenerationRequest(offer.engine.id, **given, size=size, references=references), offer.engine)
    if problems := check(request, offer.engine):
        raise CommandError("\n".join(f"{problem.field}: {problem}" for problem in problems))
    return request
