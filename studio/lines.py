"""What a line of the log holds."""

from logging import ERROR, LogRecord


def brief(record: LogRecord) -> bool:
    """Somebody was refused: that is a line, but no fault of ours, and needs no traceback."""
    if record.levelno < ERROR:
        record.exc_info = record.exc_text = None
    return True
