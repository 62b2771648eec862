import re
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings as studio
from django.db import transaction
from django.db.transaction import TransactionManagementError

from generations import journal
from generations.journal import Deed
from generations.models import JournalLine, Role, Team, User
from tests.journal.conftest import add

pytestmark = pytest.mark.django_db


def test_a_line_says_who_did_what_to_what_in_numbers(admin: User, team: Team):
    with transaction.atomic():
        journal.write(Deed.ROLE_CHANGE, actor=admin, team=team, subject=admin, role=Role.ADMIN, was=None)
    line = JournalLine.objects.get()
    assert (line.actor, line.team, line.deed, line.subject) == (admin.pk, team.pk, "role.change", f"user/{admin.pk}")
    assert line.details == {"role": "admin", "was": None}


def test_each_line_holds_on_to_the_one_before():
    add(3)
    first, second, third = JournalLine.objects.order_by("pk")
    assert (first.before, second.before, third.before) == ("", first.hash, second.hash)
    assert len({first.hash, second.hash, third.hash}) == 3


def test_the_hash_is_always_made_in_the_same_way():
    at = datetime(2026, 11, 20, 9, tzinfo=timezone(timedelta(hours=1)))
    line = JournalLine(at=at, actor=7, deed="export", subject="image/1", details={"b": [1, "é"], "a": True}, before="f" * 64)
    told = f'["{"f" * 64}","2026-11-20T08:00:00.000000+00:00",7,null,"export","image/1",{{"a":true,"b":[1,"\\u00e9"]}}]'
    assert journal.chain.digest(line) == sha256(told.encode()).hexdigest()


def test_it_is_not_written_outside_a_transaction():
    with pytest.raises(TransactionManagementError):
        journal.write(Deed.EXPORT)
    assert not JournalLine.objects.exists()


def test_what_is_undone_was_not_done():
    with transaction.atomic():
        journal.write(Deed.EXPORT)
        transaction.set_rollback(True)
    add(1)
    assert JournalLine.objects.get().before == ""


def test_an_unknown_deed_is_refused():
    with transaction.atomic(), pytest.raises(ValueError, match=r"generation\.strat"):
        journal.write("generation.strat")


def test_every_deed_is_written_somewhere():
    """That there is none but these is for mypy to say."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in Path(studio.BASE_DIR, "generations").rglob("*.py"))
    assert set(re.findall(r"Deed\.([A-Z_]+)", code)) >= set(Deed.__members__)


def test_deeds_fit_their_column():
    longest = JournalLine._meta.get_field("deed").max_length
    assert all(re.fullmatch(r"[a-z]+([.-][a-z_]+)*", deed) and len(deed) <= longest for deed in Deed)
