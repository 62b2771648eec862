import json

import pytest
from django.core.management import call_command

from generations.bench import dialects
from generations.bench.figure import Figure
from generations.management.commands import bench


def test_each_figure_stands_with_its_limit(capsys, monkeypatch):
    monkeypatch.setitem(bench.BENCHES, "dialects", lambda: iter([Figure("speed", 0.5, 1.0, "ms")]))
    call_command("bench", "dialects")
    assert json.loads(capsys.readouterr().out) == {"speed": {"value": 0.5, "limit": 1.0, "unit": "ms", "holds": True}}


def test_a_figure_over_its_limit_ends_with_1(monkeypatch):
    monkeypatch.setitem(bench.BENCHES, "dialects", lambda: iter([Figure("speed", 2.0, 1.0, "ms")]))
    with pytest.raises(SystemExit) as stopped:
        call_command("bench", "dialects")
    assert stopped.value.code == 1


def test_fourteen_large_references_never_lie_in_memory_together():
    assert dialects.references() < 2.5 * dialects.EACH / dialects.MEGABYTE
