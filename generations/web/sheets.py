"""Tables to take away: written while they are sent, and safe to open in whatever a person opens them with."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header

Cell = str | int | float | Decimal | date | None

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # without it spreadsheets take our Chinese for something else
FORMULA = tuple("=+-@")  # what makes a spreadsheet calculate, or start a program
AT_ONCE = 200  # lines


class Echo:
    """A file that hands back what is written into it."""

    def write(self, line: str) -> str:
        return line


def answer(name: str, heads: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    """As a download, `name.csv`."""
    response = StreamingHttpResponse(in_pieces(lines(heads, rows)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = str(content_disposition_header(True, f"{name}.csv"))
    response["Cache-Control"] = "private, no-store"
    return response


def in_pieces(lines: Iterable[str]) -> Iterator[str]:
    """Not every line alone: that would be a packet for each."""
    piece: list[str] = []
    for line in lines:
        piece.append(line)
        if len(piece) == AT_ONCE:
            yield "".join(piece)
            piece.clear()
    if piece:
        yield "".join(piece)


def lines(heads: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Text always stands in quotes, so that a separator of another country begins no new cell. Figures stay figures."""
    write = csv.writer(Echo(), quoting=csv.QUOTE_NONNUMERIC).writerow
    yield BOM + write([safe(head) for head in heads])
    for row in rows:
        yield write([safe(cell) for cell in row])


def safe(cell: Cell) -> Cell:
    """A text that would be taken for a formula gets an apostrophe: then it is read as what it is."""
    if isinstance(cell, int | float | Decimal):
        return cell
    text = "" if cell is None else str(cell).replace("\0", "")
    return f"'{text}" if dangerous(text) else text


def dangerous(text: str) -> bool:
    """Also behind what cannot be seen and may be cut off, and as the full-width signs that some programs read like the usual ones."""
    first = next((sign for sign in text if unicodedata.category(sign)[0] not in "CZ"), "")
    return text.startswith(("\t", "\r", "\n")) or unicodedata.normalize("NFKC", first).startswith(FORMULA)


def amount(micro: int | None) -> Decimal | None:
    """Money as a figure: millionths become units, nothing is rounded."""
    return None if micro is None else Decimal(micro).scaleb(-6)
