"""Find uv, or fetch the one version we trust from PyPI. It needs neither pip nor the venv module of this Python."""

import hashlib
import html
import http.client
import os
import platform
import re
import shutil
import ssl
import subprocess
import sys
import urllib.request
import zipfile
from base64 import b64encode
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from scripts import ROOT, VENV, Stop

VERSION = "0.13.8"
OLDEST = (0, 13)  # an older one may not understand what this one wrote into uv.lock
PYPI = "https://pypi.org/simple"
UNREACHABLE = "{} cannot be reached ({}). Check the network and run this again."
FORGED = "What {} sent as uv {} is not the file we know, so it was not used. Try again, or install uv yourself."
UNTRUSTED = "This machine does not trust the certificate of the package index. Name the authority's file in SSL_CERT_FILE."
# The Linux wheels are static: they run on glibc and musl alike, so nobody has to find out which one this is.
WHEELS = {
    ("linux", "x86_64"): ("musllinux_1_1_x86_64", "29451c60f5e8b07403e0a175d5229efc36b0289b34143ff4aaa499a5dd52553a"),
    ("linux", "aarch64"): (
        "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
        "0b3e8b1a4f5e405e31e2ff33de8af4744831e9f7338539671efbd8c3c94e791d",
    ),
    ("darwin", "x86_64"): ("macosx_10_12_x86_64", "b7124ca1956ec2e476a1003ea5715a15f0266afaec37f4dc9c6972ba8183e6d1"),
    ("darwin", "arm64"): ("macosx_11_0_arm64", "62b6943c7fd64fac6854f780bea6e0359e5a5bc3241f83ee357bb38276afac49"),
}


def find() -> str | None:
    """A uv that works, fetched if need be; None where there is none for this machine and pip has to do."""
    found = shutil.which("uv")
    if found and version_of(found) >= OLDEST:
        return found
    kept = ROOT / ".cache" / f"uv-{VERSION}" / "uv"
    if not kept.exists() and not fetch(kept):
        return None
    return str(kept) if version_of(str(kept)) else None


def version_of(program: str) -> tuple[int, ...]:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    numbers = re.search(r"(\d+)\.(\d+)", said)
    return tuple(int(number) for number in numbers.groups()) if numbers else ()


def environment() -> dict[str, str]:
    """For running uv: with this Python, in our folder, trusting whom this machine trusts (companies often sit in between)."""
    ours = {"UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(VENV)}
    others = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    if not os.access(os.environ.get("XDG_CACHE_HOME") or Path("~").expanduser(), os.W_OK):
        ours["UV_CACHE_DIR"] = str(ROOT / ".cache" / "uv")
    return {**({"UV_SYSTEM_CERTS": "true"} if knows_authorities() else {}), **others, **ours}


def knows_authorities() -> bool:
    """A bare container has none; there uv's own list has to do."""
    paths = ssl.get_default_verify_paths()
    return sys.platform == "darwin" or bool(paths.cafile or (paths.capath and any(Path(paths.capath).iterdir())))


def fetch(target: Path) -> bool:
    wheel = WHEELS.get((sys.platform, platform.machine()))
    if not wheel:
        return False
    tags, digest = wheel
    packed = download(f"uv-{VERSION}-py3-none-{tags}.whl")
    if packed is None:
        return False
    if hashlib.sha256(packed).hexdigest() != digest:
        raise Stop(FORGED.format(host(index()), VERSION))
    unpack(packed, target)
    return True


def download(name: str) -> bytes | None:
    """The wheel, wherever the index keeps it; None if this index has none."""
    page = f"{index()}/uv/"
    try:
        links = re.findall(r'href="([^"]+)"', read(page).decode())
        link = next((html.unescape(link) for link in links if name in link), None)
        return read(urljoin(page, link)) if link else None
    except (http.client.InvalidURL, ValueError):
        return None  # an address only pip understands
    except (OSError, http.client.HTTPException) as error:
        if getattr(error, "code", 500) < 500:
            return None
        reason = getattr(error, "reason", None) or error
        raise Stop(UNTRUSTED if "certificate" in str(reason).lower() else UNREACHABLE.format(host(page), reason)) from None


def read(address: str) -> bytes:
    parts = urlsplit(address)
    # every index speaks HTML; the newer JSON form is missing on many mirrors
    headers = {"Accept": "text/html", "User-Agent": "seedbed-bootstrap"}
    if parts.username:
        name_and_password = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Authorization"] = f"Basic {b64encode(name_and_password.encode()).decode()}"
    request = urllib.request.Request(parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl(), headers=headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return bytes(answer.read())


def unpack(packed: bytes, target: Path) -> None:
    """Beside its place first: a half-written program must never look like a whole one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    archive, draft = target.with_suffix(f".whl.{os.getpid()}"), target.with_suffix(f".{os.getpid()}")
    try:
        archive.write_bytes(packed)
        with zipfile.ZipFile(archive) as wheel:
            draft.write_bytes(wheel.read(f"uv-{VERSION}.data/scripts/uv"))
        draft.chmod(0o755)
        draft.replace(target)
    finally:
        archive.unlink(missing_ok=True)
        draft.unlink(missing_ok=True)


def index() -> str:
    names = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")
    return next((os.environ[name] for name in names if os.environ.get(name)), PYPI).rstrip("/")


def host(address: str) -> str:
    """Never the whole address: a mirror's often carries a password."""
    return urlsplit(address).hostname or "the package index"
