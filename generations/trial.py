"""One request through catalogue, dialect, client and fetch, without the queue and without a row: to try an account."""

import io
import warnings
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep

from PIL import Image

from generations.catalogue.request import Reference
from generations.catalogue.sizes import Size
from generations.dialects.outcome import Accepted, Finished, Item, Next, Pending, Reading, Trouble
from generations.dialects.wire import Call, Picture
from generations.providers.client import Client
from generations.providers.failure import Failure

FORMATS = ("JPEG", "PNG", "WEBP")
PATIENCE, PAUSE = 600.0, 2.0

Say = Callable[[str], None]


class NoPicture(ValueError):
    """A file that is none of the pictures we know; the text says which."""


def look(file: Path) -> tuple[Reference, Picture]:
    """A file of the operator's own, as the request describes it and as it is sent."""
    try:
        content = file.read_bytes()
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                form, size = str(image.format).lower(), Size(*image.size)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NoPicture(f"{file} is not a PNG, JPEG or WEBP image.") from None
    digest = sha256(content).hexdigest()
    return Reference(digest, form, size, len(content)), Picture(digest, form, len(content), lambda: io.BytesIO(content))


def run(client: Client, call: Call, say: Say) -> Reading:
    answer = client.send(call)
    reading = answer if isinstance(answer, Trouble) else client.read(answer)
    if isinstance(reading, Accepted):
        say(f"Accepted as {reading.task}.")
        reading = follow(client, reading.task)
    return reading


def follow(client: Client, task: str) -> Reading:
    last = monotonic() + PATIENCE
    reading: Reading = Pending()
    while not over(reading) and monotonic() < last:
        sleep(PAUSE)
        answer = client.ask(task)
        reading = answer if isinstance(answer, Trouble) else client.read_status(answer, task)
    return reading


def over(reading: Reading) -> bool:
    if isinstance(reading, Trouble):
        return reading.next is not Next.WAIT
    return isinstance(reading, Finished)


def keep(client: Client, finished: Finished, folder: Path) -> Iterator[str]:
    """Every picture into the folder, byte for byte; a line for each."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, item in enumerate(finished.items, start=1):
        yield f"{place}: {keep_one(client, item, folder / str(place))}"


def keep_one(client: Client, item: Item, target: Path) -> str:
    if item.trouble:
        return f"{item.trouble.sentence} {item.trouble.said}".strip()
    file = io.BytesIO(item.content)
    try:
        if item.link:
            client.fetch(item.link, file)
        with Image.open(file, formats=FORMATS) as image:
            form, (width, height) = str(image.format).lower(), image.size
    except Failure as failure:
        return str(failure)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return "What came is not a PNG, JPEG or WEBP image."
    named = target.with_suffix(f".{form}")
    named.write_bytes(file.getvalue())
    return f"{width}x{height} {form.upper()}, {len(file.getvalue())} bytes, {named}"
