"""The index as an FTS5 table. The words are ours, so its tokenizer has only spaces to find."""

from collections.abc import Sequence

from generations.search.words import Phrase

WRITE = "INSERT OR REPLACE INTO generations_terms (rowid, terms) VALUES (%s, %s)"
REMOVE = "DELETE FROM generations_terms WHERE rowid = %s"
FIND = "SELECT rowid FROM generations_terms WHERE terms MATCH %s AND rowid > %s AND rowid < %s ORDER BY rowid {order} LIMIT %s"
STALE = "DELETE FROM generations_terms WHERE rowid NOT IN (SELECT id FROM generations_image)"
TIDY = "INSERT INTO generations_terms (generations_terms) VALUES ('optimize')"


def line(words: Sequence[str]) -> str:
    return " ".join(words)


def question(parts: Sequence[Sequence[Phrase]]) -> str:
    return " AND ".join(f"({' OR '.join(map(said, part))})" for part in parts)


def said(phrase: Phrase) -> str:
    """Whatever stands in it is looked for, and is never part of the question."""
    row = " ".join(phrase.words).replace('"', '""')
    return f'"{row}" *' if phrase.begins else f'"{row}"'
