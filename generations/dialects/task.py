"""What the tasks of TensorsLab and APIMart have in common."""

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Any

from generations.catalogue.sizes import Size
from generations.dialects.complaint import Complaint, judge
from generations.dialects.faults import EMPTY, Fault, failed
from generations.dialects.loose import word
from generations.dialects.outcome import Finished, Item, Trouble
from generations.dialects.uri import read_base64, write_data_uri

MOST = 400
MOST_PICTURES = 100  # more were never asked for


def read_task(value: Any) -> str:
    """A task's number, or "" if it is none that could be asked for."""
    found = word(value)
    return found if found.isprintable() and len(found) <= MOST and found not in (".", "..") else ""


def pictures(found: Iterable[str], sent: Collection[str], size: Size | None = None) -> tuple[Item, ...]:
    """Every picture once, without our own references, which have been seen among the results."""
    return tuple(picture(link, size) for link in islice(dict.fromkeys(found), MOST_PICTURES) if link not in sent)


def picture(link: str, size: Size | None) -> Item:
    if not link.startswith("data:"):
        return Item(link, size=size)
    content = read_base64(link)
    return Item(content=content, size=size) if content else Item(trouble=failed(EMPTY, False))


def link_of(item: Item) -> str:
    return item.link or write_data_uri(item.content)


def ended(fault: Fault | None, complaint: Complaint, items: tuple[Item, ...], free: bool) -> Finished | Trouble:
    """A task that failed. What came nevertheless is kept."""
    trouble = failed(fault or judge(complaint), free, complaint.message, complaint.label)
    return Finished((*items, Item(trouble=trouble))) if items else trouble
