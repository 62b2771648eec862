"""What the product does that is worth a line, and that there is never one without the other."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from generations import journal
from generations.connecting import connect
from generations.journal import Deed
from generations.models import Dialect, Invitation, JournalLine, ProviderAccount, Role, Team, User
from tests.account.test_openid import NOOR, come_back
from tests.cast import PASSWORD, client_of

pytestmark = pytest.mark.django_db

KEY = "sk-abcdefghijklmnop-1234"
GIVEN = {"name": "Main", "dialect": "apimart", "address": "https://api.apimart.ai", "key": KEY, "in_flight": "4", "per_minute": "60"}
HOME = "/administration/accounts/"


@pytest.fixture
def account() -> ProviderAccount:
    return connect("Main", Dialect.APIMART, "https://api.apimart.ai", KEY, False)[0]


def told(*fields: str) -> list[tuple[object, ...]]:
    """Whoever joins is signed in as well, which is told in tests/account."""
    return list(JournalLine.objects.exclude(deed=Deed.SIGN_IN).order_by("pk").values_list("deed", *fields))


def invitation(team: Team | None, email: str = "new@example.com") -> str:
    token = Invitation.write(team, email, Role.REVIEWER, None, timedelta(days=1))[1]
    return f"/join/{token}/" if team else f"/set-up/{token}/"


def test_the_first_line_is_who_founded_the_studio():
    Client().post(invitation(None, ""), {"team": "North", "name": "Mei Lin", "email": "mei@example.com", "password": PASSWORD})
    user = User.objects.get()
    assert told("actor", "subject") == [("studio.found", user.pk, f"user/{user.pk}")]


def test_who_invites_and_who_withdraws_is_written_down(admin: User, team: Team):
    client = client_of(admin)
    client.post("/team/", {"email": "new@example.com", "role": "viewer"})
    made = Invitation.objects.get()
    client.post(f"/team/invitations/{made.pk}/withdraw/")
    subject = f"invitation/{made.pk}"
    assert told("actor", "team", "subject") == [
        ("person.invite", admin.pk, team.pk, subject),
        ("invitation.withdraw", admin.pk, team.pk, subject),
    ]


def test_a_new_person_who_joins_is_written_down(team: Team):
    Client().post(invitation(team), {"name": "Noor", "password": PASSWORD})
    assert told("actor", "team", "details__role") == [("person.join", User.objects.get().pk, team.pk, "reviewer")]


def test_a_known_person_who_joins_is_written_down(team: Team, stranger: User):
    client_of(stranger).post(invitation(team, stranger.email))
    assert told("actor", "team") == [("person.join", stranger.pk, team.pk)]


def test_a_person_who_joins_by_single_sign_on_is_written_down(team: Team, settings):
    invitation(team, "noor@example.com")
    come_back(settings, NOOR)
    assert told("actor", "team") == [("person.join", User.objects.get().pk, team.pk)]


def test_a_new_account_is_written_down_without_its_key(owner: User):
    client_of(owner).post(f"{HOME}new/", GIVEN)
    assert told("actor", "subject") == [("account.add", owner.pk, f"provideraccount/{ProviderAccount.objects.get().pk}")]
    assert KEY not in str(list(JournalLine.objects.values()))


@pytest.mark.parametrize(
    ("changed", "deeds"),
    [
        ({"key": ""}, []),
        ({"key": "", "in_flight": "9", "name": "Other"}, [("account.change", {"changed": ["name", "in_flight"]})]),
        ({"key": "sk-another-key-of-theirs"}, [("key.change", {})]),
        ({"key": "sk-another-key-of-theirs", "name": "Other"}, [("account.change", {"changed": ["name"]}), ("key.change", {})]),
    ],
)
def test_what_changed_about_an_account_is_written_down(changed: dict[str, str], deeds: list, owner: User, account: ProviderAccount):
    client_of(owner).post(f"{HOME}{account.pk}/", GIVEN | changed)
    assert told("details") == deeds


def test_switching_is_written_down_once(owner: User, account: ProviderAccount):
    for _click in range(2):
        client_of(owner).post(f"{HOME}{account.pk}/switch/", {"enabled": "off"})
    assert told("details__enabled") == [("account.change", False)]


def test_only_engines_that_changed_are_written_down(owner: User, account: ProviderAccount):
    others = {f"{name}-on": "on" for name in ("seedream-5.0-lite", "seedream-4.5", "seedream-4.0")}
    client_of(owner).post(f"{HOME}{account.pk}/engines/", others)
    first = told("details__engine", "details__enabled")
    client_of(owner).post(f"{HOME}{account.pk}/engines/", others)
    assert told("details__engine", "details__enabled") == first
    assert ("engine.change", "apimart/seedream-5.0-lite", False) not in first


def test_the_connect_command_is_written_down(tmp_path):
    (tmp_path / "key").write_text(KEY)
    for _time in range(2):
        call_command("connect", "apimart", name="Main", key_file=str(tmp_path / "key"), stdout=StringIO())
    assert told("details__command") == [(deed, "connect") for deed in ("account.add", "account.change", "key.change")]


def test_the_create_user_command_is_written_down():
    words = ["create_user", "mara@example.com", "--team", "north"]
    call_command(*words, stdout=StringIO())
    call_command(*words, stdout=StringIO())
    call_command(*words, "--role", "admin", "--name", "Mara Lind", stdout=StringIO())
    assert told() == [(deed,) for deed in ("person.add", "team.add", "person.join", "person.change", "role.change")]
    assert told("details__role", "details__was")[-1] == ("role.change", "admin", "designer")


def test_the_rotate_keys_command_is_written_down(account: ProviderAccount):
    call_command("rotate_keys", stdout=StringIO())
    assert told("details") == [("keys.rotate", {"accounts": 1, "factors": 0, "webhooks": 0})]


class Full(Exception):
    pass


@pytest.fixture
def _full(monkeypatch):
    """A journal that takes nothing more."""

    def refuse(*_words: object, **_details: object) -> None:
        raise Full

    monkeypatch.setattr(journal, "write", refuse)


@pytest.mark.usefixtures("_full")
def test_without_its_line_nothing_is_done_by_administrators(owner: User, account: ProviderAccount):
    client = client_of(owner)
    before = list(ProviderAccount.objects.values())
    for page, given in {
        "new/": GIVEN | {"name": "Other"},
        f"{account.pk}/": GIVEN | {"name": "Other"},
        f"{account.pk}/switch/": {},
        f"{account.pk}/engines/": {},
    }.items():
        with pytest.raises(Full):
            client.post(f"{HOME}{page}", given)
    assert list(ProviderAccount.objects.values()) == before
    assert not account.choices.exists()


@pytest.mark.usefixtures("_full")
def test_without_its_line_nobody_is_invited(admin: User):
    with pytest.raises(Full):
        client_of(admin).post("/team/", {"email": "new@example.com", "role": "viewer"})
    assert not Invitation.objects.exists()


@pytest.mark.usefixtures("_full")
def test_without_its_line_nobody_joins(team: Team, stranger: User):
    for client, link in [(Client(), invitation(team)), (client_of(stranger), invitation(team, stranger.email))]:
        with pytest.raises(Full):
            client.post(link, {"name": "Noor", "password": PASSWORD})
    assert not team.members.exists()
    assert Invitation.objects.open().count() == 2
