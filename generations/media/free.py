"""Is there room for what will come? Asked before new work is paid for."""

import shutil
from pathlib import Path

from django.conf import settings

LEAST = 2 * 1000**3
TIMES = 5  # the answer, the picture in it, its smaller sizes, and some to spare


def room(expected: int, least: int = LEAST, times: int = TIMES) -> bool:
    """With a bucket, only what lies here counts: answers and files on their way. A disk that does not answer has no room."""
    folders = [settings.DATA, *([settings.STORAGE] if isinstance(settings.STORAGE, Path) else [])]
    try:
        return all(shutil.disk_usage(folder).free >= max(least, times * expected) for folder in folders)
    except OSError:
        return False
