"""Collects static files as the start of a studio would, inside its own settings: `python -m tests.servers.collecting`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
django.setup()

from django.conf import settings  # noqa: E402

from generations.supervisor import assets  # noqa: E402

if __name__ == "__main__":
    assets.collect(settings.STATIC_ROOT, settings.VERSION)
