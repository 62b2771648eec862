"""What runs on SQLite alone. Questions that one database may answer otherwise than the other are asked of both.

BOTH=1 asks both of everything, as before a release.
"""

import os

import pytest
from django.db import connection


def of(room: str, *names: str) -> tuple[str, ...]:
    return tuple(f"tests/{room}/test_{name}.py" for name in names)


# Rooms and files in which nothing asks for the database, so that they are not even read.
NONE = (
    *("tests/architecture", "tests/catalogue", "tests/dialects", "tests/media", "tests/providers", "tests/sandbox", "tests/scripts"),
    *("tests/test_network.py", "tests/test_vault.py"),
    *of("calling", "pace", "room"),
    *of("compat", "refusals"),
    *of("health", "configuration", "storage", "versions"),
    *of("search", "words"),
    *of("studio", "addresses", "dotenv", "env", "example", "keys", "settings", "silence", "slow"),
    *of("telling", "docs"),
    *of("uploading", "mend", "parcels"),
    *of("usage", "amounts", "chart"),
)

# Whole studios and what drives them from outside: the rooms behind them ask both.
WHOLE = (
    *("tests/bench", "tests/browser", "tests/demo", "tests/isolation", "tests/journeys", "tests/mcp", "tests/soak", "tests/trial"),
    *of("api", "bodies", "description", "docs", "studio", "uploads"),
    *of("calling", "references", "routing", "sieve", "stopping", "studio"),
    *of("compat", "ark", "bad_input", "clients", "ends", "openai", "repeats", "seeds", "task", "upload"),
    *of("pipeline", "faults", "faults_waiting"),
    *of("supervisor", "child", "drain", "kills", "leash", "start", "stop", "wedge"),
)

# Forms, pages and refusals. Of rows they want one, or the few that belong to it, by what stands in them: that has no two answers.
PLAIN = (
    *("tests/connecting", "tests/notices", "tests/web"),
    *of("account", "mails", "password", "preferences", "sign_in", "tokens"),
    *of("administration", "accounts", "confirm", "masks", "page"),
    *of("api", "frame", "media"),
    *of("compat", "later", "stream", "v1"),
    *of("compose", "about", "actions", "bad_input", "cards", "cards_notes", "composer", "composer_words", "polls", "prices"),
    *of("compose", "references", "references_from", "references_in_form", "rules", "tabs"),
    *of("gallery", "bad_forms", "closed", "compare", "download", "files", "lightbox", "sharing", "variations", "zip"),
    *of("health", "doctor"),
    *of("outside", "comments", "pages", "password"),
    *of("studio", "lines"),
    *of("team", "confirm", "invite", "members", "policies", "switch"),
)
BOTH = os.environ.get("BOTH") == "1"
ONCE = () if BOTH else (*NONE, *WHOLE, *PLAIN)


def asks(item: pytest.Item) -> bool:
    """For the database, itself or through a fixture."""
    return bool(item.get_closest_marker("django_db")) or "django_db_setup" in getattr(item, "fixturenames", ())


def elsewhere(item: pytest.Item) -> bool:
    """Not for this database: it is about the other one, or about none, which the run on SQLite sees to."""
    if connection.vendor == "sqlite":
        return item.get_closest_marker("postgres") is not None
    return item.get_closest_marker("sqlite") is not None or not (BOTH or asks(item))
