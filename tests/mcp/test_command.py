import pytest
from django.core.management import CommandError, call_command

from generations import tokens
from generations.management.commands import mcp
from generations.models import Team, Token, User
from tests.tokens.given import given

pytestmark = pytest.mark.django_db


def test_without_the_package_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(mcp, "find_spec", lambda name: None)
    with pytest.raises(CommandError, match="EXTRAS=mcp make run") as told:
        call_command("mcp")
    assert told.value.returncode == 2


def test_without_a_token_it_says_where_to_put_one():
    with pytest.raises(CommandError, match="STUDIO_TOKEN"):
        call_command("mcp")


def test_a_token_that_nobody_has(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("STUDIO_TOKEN", "sk-studio-" + "a" * 49)
    with pytest.raises(CommandError, match="no such token"):
        call_command("mcp")


def test_a_token_that_was_revoked(tmp_path, designer: User, team: Team):
    (tmp_path / "token").write_text(f"{given(designer, team)[1]}\n")
    tokens.revoke(Token.objects.all(), designer)
    with pytest.raises(CommandError, match="revoked"):
        call_command("mcp", token_file=str(tmp_path / "token"))


def test_a_token_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("mcp", token_file=str(tmp_path / "none"))
