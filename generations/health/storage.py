"""Can files be written, will they still fit tomorrow, and are secrets ours alone?"""

import os
import shutil
import stat
import tempfile
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from generations.health.finding import Finding, bad, ok, warn

MB, GB = 1000**2, 1000**3
TRUSTED = 60.0  # seconds that a bucket which worked is not asked again: its owner pays for every question
KEYLESS = ("NoCredentialsError", "PartialCredentialsError", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken")
FAR = ("EndpointConnectionError", "ConnectTimeoutError", "ReadTimeoutError", "ConnectionClosedError", "SSLError", "PermanentRedirect")

worked: dict[str, float] = {}  # buckets, and when


def folders() -> list[Finding]:
    reasons = [(folder, refusal(folder)) for folder in own_folders()]
    failed = [f"{folder} ({reason})" for folder, reason in reasons if reason]
    if failed:
        fix = _("Make these writable for the user the studio runs as, or free some space: {folders}.").format(folders=", ".join(failed))
        return [bad("storage", _("Files cannot be written."), fix)]
    if isinstance(settings.STORAGE, str) and (fix := repair(settings.STORAGE)):
        return [bad("storage", _("Pictures cannot be kept in the bucket."), fix)]
    return [ok("storage", _("Files can be written."))]


def own_folders() -> list[Path]:
    return list(dict.fromkeys(place for place in (settings.DATA, settings.STORAGE) if isinstance(place, Path)))


def repair(place: str) -> str:
    """What to do about a bucket that takes no pictures; nothing if it does."""
    if monotonic() - worked.get(place, -TRUSTED) < TRUSTED:
        return ""
    from generations.media.bucket import Bucket, BucketTrouble  # its driver is not everywhere

    try:
        Bucket(place).probe()
    except BucketTrouble as trouble:
        return advice(place, trouble.code)
    worked[place] = monotonic()
    return ""


def advice(place: str, code: str) -> str:
    if code == "NoSuchBucket":
        fix = _("Make the bucket {place}, or mend STUDIO_STORAGE ({code}).")
    elif code in KEYLESS:
        fix = _("Mend AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for {place} ({code}).")
    elif code in FAR:
        fix = _("See that {place} can be reached from here, and mend AWS_ENDPOINT_URL or AWS_DEFAULT_REGION ({code}).")
    elif code == "AccessDenied":
        fix = _("Let the key list {place}, and put, get and delete objects in it ({code}).")
    else:
        fix = _("Look into {place} and its settings: it answers with {code}.")
    return fix.format(place=place, code=code)


def refusal(folder: Path) -> str:
    """Why a file cannot be kept there. Permissions alone do not tell: disks are full, read-only or gone."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".health-") as file:
            file.write(b"still here")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error.strerror or type(error).__name__
    return ""


def space() -> list[Finding]:
    disks = {folder.stat().st_dev: folder for folder in own_folders() if folder.is_dir()}
    return [room(folder, *shutil.disk_usage(folder)[::2]) for folder in disks.values()]


def room(folder: Path, total: int, free: int) -> Finding:
    sentence = _("{free} of {total} are free.").format(free=filesizeformat(free), total=filesizeformat(total)).replace("\xa0", " ")
    fix = _("Free some space on the disk of {folder}, or move it to a larger one.").format(folder=folder)
    if free < 500 * MB:
        return bad("storage", sentence, fix)
    if free < 5 * GB or free < total / 10:
        return warn("storage", sentence, fix)
    return ok("storage", sentence)


def secrets() -> list[Finding]:
    """Only the files we made ourselves: what the operator mounts is arranged by the operator."""
    files = [file for file in settings.SECRETS.glob("*") if file.is_file()] if settings.SECRETS.is_dir() else []
    seen = [file for file in files if stat.S_IMODE(file.stat().st_mode) & 0o077]
    if seen:
        fix = _("Run chmod 600 {files}.").format(files=" ".join(map(str, seen)))
        return [bad("storage", _("Other users of this machine may read the studio's secrets."), fix)]
    return [ok("storage", _("Secrets are readable by the studio alone."))]
