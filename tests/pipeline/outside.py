"""The settings of a test, for a program that it starts: the same folder and the same database, named by the environment."""

import os
from pathlib import Path

from studio.settings import *  # noqa: F403
from studio.settings import STORAGES

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STORAGE = Path(os.environ["STUDIO_DATA"]) / "media"
