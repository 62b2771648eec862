"""What we stand on."""

import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from django.utils.translation import gettext as _

from generations.health.finding import Finding, bad, ok, warn

LEAST = (3, 11)
NEEDED = {"Django": "django", "django-q2": "django-q2", "gunicorn": "gunicorn", "Pillow": "pillow", "allauth": "django-allauth"}
OPTIONAL = {"psycopg": "psycopg", "redis": "redis", "boto3": "boto3"}


def python(running: tuple[int, ...] = sys.version_info[:2]) -> list[Finding]:
    sentence = f"Python {platform.python_version()}."
    if running < LEAST:
        return [warn("versions", sentence, _("The studio is tested with Python 3.11 and newer."))]
    return [ok("versions", sentence)]


def packages() -> list[Finding]:
    missing = [name for name, package in NEEDED.items() if not installed(package)]
    if missing:
        sentence = _("Not installed: {names}.").format(names=", ".join(missing))
        return [bad("versions", sentence, _("Install the locked dependencies: make run does."))]
    present = [f"{name} {found}" for name, package in {**NEEDED, **OPTIONAL}.items() if (found := installed(package))]
    return [ok("versions", f"{', '.join(present)}.")]


def installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
