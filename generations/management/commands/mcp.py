import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from generations.calling.caller import Unwelcome, recognise
from generations.tokens import find

USUAL = 8010
WITHOUT = "This needs the extra package mcp. Install it with “EXTRAS=mcp make run”, then start again."
TOKENLESS = "Say whose studio it is: a token in STUDIO_TOKEN, or --token-file FILE. People make tokens on their account page."


class Command(BaseCommand):
    help = "Lets language models use the studio, by the Model Context Protocol: at this program's own streams, or over HTTP."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--http", action="store_true", help="serve many clients, each with a token of its own")
        parser.add_argument("--host", default=settings.HOST, help="with --http")
        parser.add_argument("--port", type=int, default=USUAL, help=f"with --http; usually {USUAL}")
        parser.add_argument("--token-file", metavar="FILE", help="without --http: whose studio it is; or STUDIO_TOKEN in the environment")

    def handle(self, *args: Any, **options: Any) -> None:
        if find_spec("mcp") is None:
            raise CommandError(WITHOUT, returncode=2)
        if options["http"]:
            from generations.mcp.over_http import over_http

            over_http(options["host"], options["port"], lambda said: print(said, flush=True))
        else:
            import anyio

            from generations.mcp.server import over_stdio

            anyio.run(over_stdio, known(read(options["token_file"])))


def read(file: str | None) -> str:
    if file is None:
        return os.environ.pop("STUDIO_TOKEN", "").strip()
    try:
        return (sys.stdin.readline() if file == "-" else Path(file).read_text(encoding="utf-8")).strip()
    except (OSError, ValueError):
        raise CommandError(f"The token file {file} cannot be read.") from None


def known(text: str) -> str:
    if not text:
        raise CommandError(TOKENLESS)
    token = find(text)
    if token is None:
        raise CommandError("There is no such token. Was all of it copied?")
    try:
        recognise(token)
    except Unwelcome as unwelcome:
        raise CommandError(unwelcome.sentence) from None
    return text
