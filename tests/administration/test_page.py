from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from generations import journal
from generations.administration.pulse import ago
from generations.health import backups
from generations.models import Dialect, Gate, Heartbeat, JournalLine, ProviderAccount, Status, Stock, Team, User
from tests.administration.test_unknown import doubtful
from tests.cast import client_of
from tests.made import made

pytestmark = pytest.mark.django_db

TABS = ["", "unknown/", "failures/", "teams/", "people/", "storage/", "health/", "journal/", "engines.csv"]


@pytest.fixture
def account() -> ProviderAccount:
    return ProviderAccount.objects.create(name="Sandbox Ark", dialect=Dialect.ARK, sandbox=True)


def shown(owner: User) -> str:
    return client_of(owner).get("/administration/").content.decode()


def test_it_shows_accounts_and_engines(owner: User, account: ProviderAccount):
    page = shown(owner)
    assert "Sandbox Ark" in page
    assert "Seedream 5.0 Pro" in page


@pytest.mark.parametrize("who", ["viewer", "designer", "reviewer", "admin", "stranger"])
def test_it_is_for_site_administrators_only(who: str, account: ProviderAccount, request: pytest.FixtureRequest):
    client = client_of(request.getfixturevalue(who))
    assert [client.get(f"/administration/{tab}").status_code for tab in TABS] == [403] * len(TABS)
    assert client.post(f"/administration/accounts/{account.pk}/switch/", {"enabled": "off"}).status_code == 403
    account.refresh_from_db()
    assert account.enabled


def test_whoever_is_in_no_team_can_still_put_things_right(owner: User, account: ProviderAccount):
    owner.memberships.all().delete()
    client = client_of(owner)
    assert [client.get(f"/administration/{tab}").status_code for tab in TABS] == [200] * len(TABS)


def test_switching_twice_the_same_way_is_the_same(owner: User, account: ProviderAccount):
    for _click in range(2):
        client_of(owner).post(f"/administration/accounts/{account.pk}/switch/", {"enabled": "off"})
    account.refresh_from_db()
    assert not account.enabled
    assert not ProviderAccount.sandbox_wanted()


def test_htmx_gets_the_switch_and_a_toast(owner: User, account: ProviderAccount):
    answer = client_of(owner).post(f"/administration/accounts/{account.pk}/switch/", {"enabled": "off"}, headers={"hx-request": "true"})
    page = answer.content.decode()
    assert page.count("<form") == 1
    assert "Sandbox Ark is switched off." in page


def test_a_paused_account_waits_and_is_opened_again(owner: User, account: ProviderAccount):
    client, path = client_of(owner), f"/administration/accounts/{account.pk}/"
    page = client.post(f"{path}pause/", follow=True).content.decode()
    assert "What is asked for waits." in page
    assert Gate.objects.get().paused
    client.post(f"{path}reopen/")
    assert not Gate.objects.get().paused
    assert JournalLine.objects.filter(deed="account.change").count() == 2


def test_limits_of_a_sandbox_account_can_be_changed_and_open_no_gate(owner: User, account: ProviderAccount):
    Gate.objects.create(account=account, paused="for a while")
    client, path = client_of(owner), f"/administration/accounts/{account.pk}/"
    client.post(path, {"in_flight": "9", "per_minute": "120"})
    account.refresh_from_db()
    assert (account.in_flight, account.per_minute, Gate.objects.get().paused) == (9, 120, "for a while")


@pytest.mark.parametrize("wrong", ["0", "1001", "many", ""])
def test_a_limit_that_lets_nothing_through_is_refused(wrong: str, owner: User, account: ProviderAccount):
    answer = client_of(owner).post(f"/administration/accounts/{account.pk}/", {"in_flight": wrong, "per_minute": "60"})
    account.refresh_from_db()
    assert (answer.status_code, account.in_flight) == (422, 4)


def test_a_missing_account_is_not_there(owner: User):
    client = client_of(owner)
    for deed in ("switch", "pause", "reopen", "test", "engines"):
        assert client.post(f"/administration/accounts/99999/{deed}/", {"enabled": "on"}).status_code == 404


# --- what waits, and how the studio is ---


def test_the_newest_three_unknown_ones_stand_there(designer: User, team: Team, owner: User):
    for number in range(4):
        doubtful(designer, team, said=f"case number {number}")
    page = shown(owner)
    assert page.count('id="waits-') == 3
    assert "All 4" in page
    assert "$0.14 held" in page


def test_nothing_is_claimed_that_nobody_has_counted(owner: User):
    page = shown(owner)
    assert "Counted every night; not yet." in page
    assert "None yet" in page
    assert "0 workers alive" in page


def test_what_the_night_counted_is_shown(owner: User):
    counts = {"delivered": 12_480, "stored": 12_480, "missing": 0, "sample": 5}
    Stock.objects.create(**counts, originals=38_000_000_000, copies=100_000_000, uploads=100_000_000, spool=0)
    Heartbeat.stamp("node/1/2")
    page = shown(owner)
    assert "12,480 · 12,480 · 0" in page
    assert "38.2\xa0GB" in page
    assert "1 worker alive" in page


def test_the_last_backup_is_shown_with_its_age_and_its_place(owner: User, monkeypatch: pytest.MonkeyPatch):
    with transaction.atomic():
        journal.write("backup", subject=backups.SUBJECT, made="20261121T013000Z", files=3, bytes=2_000_000, place="/mnt/backup")
    page = shown(owner)
    assert "s ago" in page
    assert "in /mnt/backup" in page
    assert "manage.py backup" not in page
    monkeypatch.setattr(backups, "OLD", timedelta())
    assert "Run manage.py backup every night." in shown(owner)


def test_an_old_backup_is_told_in_days():
    assert [ago(timedelta(days=days)) for days in (1, 2, 8)] == ["24\xa0h ago", "2 days ago", "8 days ago"]


def test_the_oldest_due_request_is_as_old_as_it_is(designer: User, team: Team, owner: User):
    made(designer, team, Status.QUEUED, due_at=timezone.now() - timedelta(minutes=15))
    assert "15\xa0min" in shown(owner)
