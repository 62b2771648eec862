"""What the suite adds to pytest: markers it deselects by, who begins with what, and, where nothing may be left out, no skipped tests."""

import os

import pytest

from scripts.scratch import is_strict

MARKERS = {
    "waits": "mostly waits, so others can run beside it",
    "redis": "needs redis-server; REDIS_SERVER names it",
    "sqlite": "is about SQLite, and left out on PostgreSQL",
    "postgres": "is about PostgreSQL, and left out on SQLite",
}

WAITING = 3  # processes that begin with what waits, while the others keep the processors busy


def pytest_configure(config: pytest.Config) -> None:
    for name, meaning in MARKERS.items():
        config.addinivalue_line("markers", f"{name}: {meaning}")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each test process begins with as many neighbours as the others, and some of them with a share of what mostly waits."""
    processes = getattr(config, "workerinput", {}).get("workercount", 1)
    waiting, rest = [*filter(waits, items)], [item for item in items if not waits(item)]
    shares = min(WAITING, processes - 1)
    for number in range(shares):
        start = len(items) * (processes - shares + number) // processes
        rest[start:start] = waiting[len(waiting) * number // shares : len(waiting) * (number + 1) // shares]
    items[:] = rest if shares else items


def waits(item: pytest.Item) -> bool:
    """For processes that it has started, or for a provider that is slow; pages that are drawn take the processor."""
    return bool(item.get_closest_marker("waits")) or bool(item.get_closest_marker("stack") and not item.get_closest_marker("browser"))


def skipped(config: pytest.Config) -> int:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return len(reporter.stats.get("skipped", [])) if reporter and is_strict(dict(os.environ)) else 0


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if count := skipped(terminalreporter.config):
        terminalreporter.write_line(f"Nothing may be left out here, but {count} {'test was' if count == 1 else 'tests were'} skipped.")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if session.exitstatus == pytest.ExitCode.OK and skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
