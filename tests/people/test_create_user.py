from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from generations.models import JournalLine, Membership, Team, Token, User
from tests.studio.start import manage
from tests.tokens.given import given

pytestmark = pytest.mark.django_db


@pytest.fixture
def password(tmp_path):
    def write(content: str | bytes = "a-lantern-in-the-orchard\n"):
        file = tmp_path / "password"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write


def create(*words: object) -> str:
    said = StringIO()
    call_command("create_user", *map(str, words), stdout=said)
    return said.getvalue()


def test_a_person_is_added_to_a_team_that_is_made(password):
    said = create("Mara@example.com", "--team", "red-kite", "--role", "reviewer", "--password-file", password(), "--name", "Mara Lind")
    assert said.splitlines() == ["mara@example.com was added.", "The team Red kite (red-kite) was made.", "Reviewer in Red kite."]
    member = Membership.objects.get()
    assert (member.user.name, member.team.slug, member.role) == ("Mara Lind", "red-kite", "reviewer")


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_one_line_break_at_the_end_is_not_part_of_the_password(password, end):
    create("mara@example.com", "--team", "north", "--password-file", password(f" a-lantern-in-the-orchard {end}"))
    assert User.objects.get().check_password(" a-lantern-in-the-orchard ")


def test_the_password_may_come_by_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO("a-lantern-in-the-orchard\n"))
    create("mara@example.com", "--team", "north", "--password-file", "-")
    assert User.objects.get().check_password("a-lantern-in-the-orchard")


def test_without_a_password_file_there_is_no_password():
    assert create("mara@example.com", "--team", "north").startswith("mara@example.com was added, without a password.")
    assert not User.objects.get().has_usable_password()


def test_a_new_member_is_a_designer_and_is_called_by_the_address():
    create("mara@example.com", "--team", "north")
    assert (Membership.objects.get().role, User.objects.get().name) == ("designer", "mara")


def test_again_changes_nothing(password):
    words = ("mara@example.com", "--team", "north", "--role", "admin", "--password-file", password())
    create(*words)
    before = User.objects.values().get()
    assert create(*words).splitlines() == ["mara@example.com is already here.", "Admin in North."]
    assert User.objects.values().get() == before


def test_what_is_new_is_changed_and_said(designer, password):
    said = create("DANA@example.com", "--team", "north", "--role", "admin", "--password-file", password("another-orchard-lantern"))
    assert said.splitlines() == ["dana@example.com is already here; new: password.", "Admin in Studio North, no longer designer."]
    designer.refresh_from_db()
    assert designer.check_password("another-orchard-lantern")


def test_a_new_password_takes_all_tokens_with_it(designer, team, password):
    token = given(designer, team)[0]
    create(designer.email, "--team", "north", "--name", "Dana")
    assert Token.objects.get().alive
    said = create(designer.email, "--team", "north", "--password-file", password("another-orchard-lantern"))
    assert "Their tokens for programs do not work any more." in said
    assert not Token.objects.get().alive
    assert JournalLine.objects.get(deed="token.revoke").subject == f"token/{token.pk}"


def test_what_is_not_said_stays(reviewer):
    create(reviewer.email, "--team", "north")
    reviewer.refresh_from_db()
    assert (reviewer.memberships.get().role, reviewer.name, reviewer.has_usable_password()) == ("reviewer", "Rui Reviewer", True)


def test_an_administrator_needs_no_team():
    assert (
        create("mara@example.com", "--administrator")
        == "mara@example.com was added as an administrator of the studio, without a password.\n"
    )
    assert User.objects.get().is_superuser


def test_a_member_can_become_an_administrator(designer):
    create(designer.email, "--administrator", "--name", "Dana")
    designer.refresh_from_db()
    assert (designer.is_staff, designer.is_superuser, designer.name) == (True, True, "Dana")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nobody", "--team", "north"], "“nobody” is not an e-mail address."),
        ([f"{'a' * 250}@example.com", "--team", "north"], "is not an e-mail address."),
        (["a@example.com", "--team", "no slug"], "“no slug” cannot be a team"),
        (["a@example.com", "--team", "x" * 61], "cannot be a team"),
        (["a@example.com", "--team", "north", "--role", "king"], "There is no role “king”. Roles are viewer, designer, reviewer, admin."),
        (["a@example.com", "--team", "north", "--name", "x" * 81], "The name is too long"),
        (["a@example.com", "--team", "north", "--password-file", "/gone"], "The password file /gone cannot be read."),
        (["a@example.com"], "Name a team with --team"),
    ],
)
def test_a_mistake_is_one_sentence_and_writes_nothing(words, sentence):
    with pytest.raises(CommandError) as refused:
        create(*words)
    assert sentence in str(refused.value)
    assert (User.objects.count(), Team.objects.count()) == (0, 0)


@pytest.mark.parametrize("content", ["short", "", "password1234", "mara@example.com", b"\xff\xfe" * 20])
def test_a_poor_password_is_refused_and_writes_nothing(password, content):
    with pytest.raises(CommandError):
        create("mara@example.com", "--team", "north", "--password-file", password(content))
    assert (User.objects.count(), Team.objects.count()) == (0, 0)


def test_from_a_shell_a_mistake_ends_with_one_and_no_traceback(tmp_path):
    done = manage("create_user", "nobody", "--team", "north", STUDIO_DATA=tmp_path)
    assert (done.returncode, done.stderr) == (1, "CommandError: “nobody” is not an e-mail address.\n")


def test_a_database_without_tables_is_one_sentence(tmp_path):
    done = manage("create_user", "mara@example.com", "--team", "north", STUDIO_DATA=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("CommandError: The database cannot be used: ")
    assert "Traceback" not in done.stderr
