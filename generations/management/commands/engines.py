import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from generations.catalogue import ENGINES
from generations.catalogue.engine import Engine
from generations.offers import offers


class Command(BaseCommand):
    help = "Lists the engines of the catalogue, their limits, and the accounts at which they can be used."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        accounts: dict[str, list[str]] = {}
        for offer in offers():
            accounts.setdefault(offer.engine.id, []).append(offer.account.name)
        told = [describe(engine, accounts.get(engine.id, [])) for engine in ENGINES.values()]
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        for one in told:
            self.stdout.write(f"{one['id']:<28} {one['name']:<26} {line(one)}")


def describe(engine: Engine, accounts: list[str]) -> dict[str, Any]:
    rules = engine.references
    return {
        "id": engine.id,
        "name": engine.name,
        "wire_id": engine.wire_id,
        "accounts": accounts,
        "tiers": {tier: {ratio: str(size) for ratio, size in table.items()} for tier, table in engine.tiers.items()},
        "auto": engine.auto,
        "pixels": [engine.free.least, engine.free.most] if engine.free else None,
        "images": engine.most_images,
        "references": {"needed": rules.needed, "most": rules.most, "with_images": rules.with_images, "formats": list(rules.formats)},
        "seed": engine.seed,
        "guidance": [engine.guidance.least, engine.guidance.most] if engine.guidance else None,
        "formats": list(engine.formats),
        "watermark": engine.watermark,
        "ends": engine.ends.isoformat() if engine.ends else None,
        "successor": engine.successor or None,
    }


def line(one: dict[str, Any]) -> str:
    references = one["references"]["most"]
    facts = [
        "/".join(one["tiers"]) or "adaptive",
        f"{one['images']} image{'' if one['images'] == 1 else 's'}",
        f"{references} references" if references != 1 else "1 reference",
        f"ends {one['ends']}" if one["ends"] else "",
        f"at {', '.join(one['accounts'])}" if one["accounts"] else "no account",
    ]
    return ", ".join(filter(None, facts))
