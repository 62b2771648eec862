"""SQLite as Django has it, but whoever waits to write looks every millisecond.

SQLite's own pauses grow to a tenth of a second. While workers write one thing after the other, a click would then find the door open
only by luck.
"""

import sqlite3
from time import monotonic
from typing import Any

from django.db.backends.sqlite3 import base

LOOK = 1  # millisecond


class Cursor(base.SQLiteCursorWrapper):
    patience: float  # seconds

    def execute(self, query: str, params: Any = None) -> Any:
        began = monotonic()
        while True:
            try:
                return super().execute(query, params)
            except sqlite3.OperationalError as problem:
                busy = getattr(problem, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
                if not busy or self.connection.in_transaction or monotonic() - began > self.patience:
                    raise


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, parameters: dict[str, Any]) -> Any:
        connection = super().get_new_connection(parameters)
        if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):  # without it a commit may have to wait for readers
            connection.execute(f"PRAGMA busy_timeout = {LOOK}")
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = self.connection.cursor(factory=Cursor)
        cursor.patience = self.settings_dict["OPTIONS"].get("timeout", 5)
        return cursor
