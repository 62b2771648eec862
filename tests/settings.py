"""The studio's own settings, on a throw-away folder. Only the database is chosen from outside, by DATABASE_URL."""

import os
import tempfile
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="seedbed-tests-"))

for name in list(os.environ):
    if (name.startswith("STUDIO_") and not name.startswith("STUDIO_TEST_")) or name.removesuffix("_FILE") in ("HOST", "PORT", "REDIS_URL"):
        del os.environ[name]  # what a developer has set must not decide a test
os.environ |= {"STUDIO_DATA": str(HOME), "STUDIO_DOTENV": os.devnull}

from studio.settings import *  # noqa: E402, F403
from studio.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"] == "studio.embedded":
    # a file: in memory there is no WAL, and threads would share one connection
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
