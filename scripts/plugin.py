"""What the suite adds to pytest: markers it deselects by, and, where nothing may be left out, no skipped tests."""

import os

import pytest

from scripts.scratch import is_strict

MARKERS = {
    "redis": "needs redis-server; REDIS_SERVER names it",
    "sqlite": "is about SQLite, and left out on PostgreSQL",
    "postgres": "is about PostgreSQL, and left out on SQLite",
}


def pytest_configure(config: pytest.Config) -> None:
    for name, meaning in MARKERS.items():
        config.addinivalue_line("markers", f"{name}: {meaning}")


def skipped(config: pytest.Config) -> int:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", [])) if reporter and is_strict(dict(os.environ)) else 0


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if count := skipped(terminalreporter.config):
        terminalreporter.write_line(f"Nothing may be left out here, but {count} {'test was' if count == 1 else 'tests were'} skipped.")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.exitstatus == pytest.ExitCode.OK and skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
