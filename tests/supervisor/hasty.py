"""`manage.py up`, but with less calm where it waits for what may never end, so that tests do: `python -m tests.supervisor.hasty`."""

import os
import sys

import django
from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
django.setup()

from generations.supervisor import drain, pulse  # noqa: E402

CALM = 4.0

if __name__ == "__main__":
    drain.CALM = pulse.GRACE = CALM
    execute_from_command_line(["manage.py", "up", *sys.argv[1:]])
