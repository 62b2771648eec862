"""The bench of the usage page has real books. Whether its figures hold is not asked here."""

import pytest

from generations.bench import ledger
from generations.models import Generation, Tally


@pytest.mark.django_db
def test_the_books_are_summed_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ledger, "DAYS", 40)
    monkeypatch.setattr(ledger, "BUSY", 20)
    monkeypatch.setattr(ledger, "TIMES", 2)
    told = ledger.told(200)
    assert set(told) == {"cookie", "rebuilt", "first", "again", "idle"}
    assert sum(Tally.objects.values_list("requests", flat=True)) == Generation.objects.count() == 220
    assert sum(Tally.objects.values_list("spent", flat=True)) == sum(Generation.objects.values_list("charged", flat=True)) > 0
    assert sum(Tally.objects.values_list("wasted", flat=True)) > 0
