"""The Chinese words: `make messages` collects them and compiles, `make lint` finds what is missing or out of date.

Both forms of the catalogue are committed, because people who only run the studio need not have gettext.
"""

import contextlib
import io
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.core.management import call_command
from django.core.management.commands.makemessages import Command as MakeMessages

from scripts import LEFT_OUT, ROOT

LANGUAGE = "zh_Hans"
CATALOGUE = Path("locale", LANGUAGE, "LC_MESSAGES", "django.po")
SOURCES = ("studio", "generations", "templates")
TOOLS = ("xgettext", "msgmerge", "msgattrib", "msgfmt", "msgunfmt")
HEADER = r"""msgid ""
msgstr ""
"Project-Id-Version: Seedbed\n"
"Language: zh_Hans\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"
"""
CLOCK = re.compile(r'^"(?:POT-Creation-Date|Report-Msgid-Bugs-To):.*\n', re.MULTILINE)  # differs every time, says nothing
LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[\d+\])?\s+)?"(.*)"$')


class Collector(MakeMessages):
    settings_available = False  # they would send it to the real folder
    # a guessed translation is worse than none: it looks finished
    msgmerge_options = [*MakeMessages.msgmerge_options, "--no-fuzzy-matching"]


@dataclass
class Entry:
    """One message of a catalogue; `parts` has its msgid and msgstr, every plural form apart."""

    fuzzy: bool = False
    obsolete: bool = False
    parts: dict[str, list[str]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        named = [part for name in ("msgctxt", "msgid", "msgid_plural") for part in self.parts.get(name, [])]
        return " | ".join(named)


def main(arguments: list[str]) -> int:
    if not all(shutil.which(tool) for tool in TOOLS):
        print("The translations need gettext (Debian: apt install gettext, macOS: brew install gettext).")
        return LEFT_OUT
    checking = "--check" in arguments
    with tempfile.TemporaryDirectory() as folder:
        fresh = collect(Path(folder))
        if not checking:
            keep(fresh)
        found = list(problems(read(ROOT / CATALOGUE), read(fresh)))
    found += [] if found else compiled(ROOT / CATALOGUE)
    print(*found, sep="\n", end="\n" if found else "")
    return int(bool(found) and checking)


def collect(folder: Path) -> Path:
    """What the sources say now, merged with what is translated already, in a copy."""
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    catalogue = folder / CATALOGUE
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text((ROOT / CATALOGUE).read_text(encoding="utf-8") if (ROOT / CATALOGUE).exists() else HEADER, encoding="utf-8")
    with contextlib.chdir(folder):
        how = {"no_obsolete": True, "no_wrap": True, "no_location": True, "verbosity": 0}
        call_command(Collector(stdout=io.StringIO()), locale=[LANGUAGE], **how)
    return catalogue


def keep(fresh: Path) -> None:
    target = ROOT / CATALOGUE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(CLOCK.sub("", fresh.read_text(encoding="utf-8")), encoding="utf-8")
    compile_to(target.with_suffix(".mo"), target)


def compile_to(target: Path, catalogue: Path) -> str:
    """With a look at placeholders: a translation that loses one would break a page. The answer is what msgfmt objects to."""
    done = subprocess.run(["msgfmt", "--check-format", "-o", target, catalogue], capture_output=True, text=True, errors="replace")
    return done.stderr.strip() if done.returncode else ""


def read(catalogue: Path) -> list[Entry]:
    if not catalogue.exists():
        return []
    blocks = catalogue.read_text(encoding="utf-8").split("\n\n")
    entries = [read_entry(block.splitlines()) for block in blocks]
    return [entry for entry in entries if entry.key or entry.obsolete]  # the one without a key is the header


def read_entry(lines: list[str]) -> Entry:
    entry = Entry()
    parts: list[str] = []
    for line in lines:
        entry.fuzzy |= line.startswith("#,") and "fuzzy" in line
        entry.obsolete |= line.startswith("#~")
        if found := LINE.match(line.removeprefix("#~ ")):
            name, text = found.groups()
            if name:
                parts = entry.parts.setdefault(name, [])
                parts.append("")
            parts[-1] += text
    return entry


def problems(written: list[Entry], fresh: list[Entry]) -> Iterator[str]:
    known, used = {entry.key for entry in written}, {entry.key for entry in fresh}
    found = {
        "not collected yet, run `make messages`": used - known,
        "no longer used, run `make messages`": {entry.key for entry in written if entry.obsolete or entry.key not in used},
        "marked fuzzy": {entry.key for entry in written if entry.fuzzy},
        "not translated": {entry.key for entry in written if entry.key in used and not all(entry.parts.get("msgstr", [""]))},
    }
    for what, keys in found.items():
        if keys:
            yield "\n    ".join([f"{CATALOGUE}: {len(keys)} {what}:", *sorted(keys)])


def compiled(catalogue: Path) -> list[str]:
    """Compared by what they say: the bytes differ from one gettext to the next."""
    with tempfile.TemporaryDirectory() as folder:
        fresh, kept = Path(folder) / "fresh.mo", catalogue.with_suffix(".mo")
        if complaint := compile_to(fresh, catalogue):
            return [complaint]
        same = kept.exists() and spoken(kept) == spoken(fresh)
    return [] if same else [f"{kept.relative_to(ROOT)}: not what {catalogue.name} says, run `make messages`"]


def spoken(path: Path) -> str:
    return subprocess.run(["msgunfmt", path], capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
