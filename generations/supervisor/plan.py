"""Which programs run, with what, and what must be in order before they do."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from generations.models import Dialect, ProviderAccount
from generations.supervisor import assets, preflight, schema
from generations.supervisor.child import Child

WEB_GRACE = 25  # a little more than gunicorn's own graceful_timeout
SANDBOX_GRACE = 5


@dataclass(frozen=True)
class Plan:
    """In the order of stopping: no new visitors, then no work, and last the provider that the work talks to."""

    web: Child
    workers: Child
    sandbox: Child

    def __iter__(self) -> Iterator[Child]:
        return iter((self.web, self.workers, self.sandbox))


def prepare(crashed: bool, may_migrate: bool) -> None:
    """Everything that could stand in the way of a start; each ends with a sentence and exit code 1 if it does."""
    preflight.check_port(settings.HOST, settings.PORT, patience=5 if crashed else 0)
    preflight.check_database()
    if settings.REDIS_URL:
        preflight.check_queue()
    schema.bring_up_to_date(settings.DATA, settings.VERSION, may_migrate)
    assets.collect(settings.STATIC_ROOT, settings.VERSION)
    first_accounts()


def first_accounts() -> None:
    """A studio without any account could make nothing: give it one pretend provider per dialect."""
    if not ProviderAccount.objects.exists():
        accounts = [ProviderAccount(name=f"Sandbox {dialect.label}", dialect=dialect, sandbox=True) for dialect in Dialect]
        ProviderAccount.objects.bulk_create(accounts, ignore_conflicts=True)  # another node may do the same


def draw(leash: int, grace: float) -> Plan:
    port = settings.SANDBOX_PORT or preflight.free_port()
    (settings.DATA / "sandbox.port").write_text(str(port), encoding="utf-8")  # for commands beside us
    environment = inherit(port)

    def child(name: str, patience: float, *command: str) -> Child:
        return Child(name, list(command), environment, Path(settings.BASE_DIR), leash, patience)

    return Plan(
        web=child("web", WEB_GRACE, "gunicorn", "-c", "studio/gunicorn.conf.py"),
        workers=child("workers", grace, "manage.py", "qcluster", "--skip-checks"),
        sandbox=child("sandbox", SANDBOX_GRACE, "generations.sandbox", "--speed", str(settings.SANDBOX_SPEED), "--port", str(port)),
    )


def inherit(sandbox_port: int) -> dict[str, str]:
    """The children read the same settings; what we decided, or read from `.env` for gunicorn, is handed down as variables."""
    decided = {
        "HOST": settings.HOST,
        "PORT": str(settings.PORT),
        "STUDIO_DATA": str(settings.DATA),
        "STUDIO_SANDBOX_PORT": str(sandbox_port),
        "STUDIO_WEB_PROCESSES": str(settings.WEB_PROCESSES),
        "STUDIO_WEB_THREADS": str(settings.WEB_THREADS),
        "STUDIO_WEB_WAITING": str(settings.WEB_WAITING),
    }
    kept = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in decided}
    return {**kept, **decided, "PYTHONUNBUFFERED": "1"}
