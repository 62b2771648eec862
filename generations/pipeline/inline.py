"""Pictures that lie in an answer itself. They are on the disk before the answer counts, and in memory only one answer at a time."""

from dataclasses import replace

from generations.dialects.outcome import Finished, Reading
from generations.media import spool, staging


def light(reading: Reading) -> Reading:
    """Without the pictures: they are taken from where they are kept."""
    if isinstance(reading, Finished):
        return replace(reading, items=tuple(replace(item, content=b"") for item in reading.items))
    return reading


def carries(reading: Reading) -> bool:
    return isinstance(reading, Finished) and any(item.content and not item.link for item in reading.items)


def hold(key: str, reading: Finished) -> None:
    """Each in a file of its own: the answer to a question is not kept."""
    for index, item in enumerate(reading.items):
        if item.content and not item.link:
            with staging.desk() as desk:
                path = desk / "came"
                path.write_bytes(item.content)
                spool.hold(key, index, path)
