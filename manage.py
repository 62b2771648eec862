#!/usr/bin/env python
import gc
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    gc.disable()  # nothing of what is read now ever goes again
    import django
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError

    django.setup()
    gc.freeze()
    gc.enable()
    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, ProgrammingError):
        from studio.unready import is_unready

        if not is_unready():
            raise
        sys.exit("The database is not ready: start the studio once with `make run`.")
