"""The index as a table of its own with a GIN index. Words are written as the type keeps them, so no parser has a say."""

from collections.abc import Sequence

from generations.search.words import Phrase

WRITE = "INSERT INTO generations_terms (id, terms) VALUES (%s, %s::tsvector) ON CONFLICT (id) DO UPDATE SET terms = EXCLUDED.terms"
REMOVE = "DELETE FROM generations_terms WHERE id = %s"
FIND = "SELECT id FROM generations_terms WHERE terms @@ %s::tsquery AND id > %s AND id < %s ORDER BY id {order} LIMIT %s"
STALE = "DELETE FROM generations_terms WHERE id NOT IN (SELECT id FROM generations_image)"
TIDY = "ANALYZE generations_terms"


def line(words: Sequence[str]) -> str:
    places: dict[str, list[str]] = {}
    for place, word in enumerate(words, start=1):
        places.setdefault(word, []).append(str(place))
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())


def question(parts: Sequence[Sequence[Phrase]]) -> str:
    return " & ".join(f"({' | '.join(map(said, part))})" for part in parts)


def said(phrase: Phrase) -> str:
    """Words in a row; the last one may go on. Whatever stands in them is looked for, and is never part of the question."""
    row = " <-> ".join(f"'{quoted(word)}'" for word in phrase.words)
    return f"({row}:*)" if phrase.begins else f"({row})"


def quoted(word: str) -> str:
    return word.replace("\\", "\\\\").replace("'", "''")
