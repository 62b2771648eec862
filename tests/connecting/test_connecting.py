import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from generations import vault
from generations.connecting import Unusable, connect, read_address, read_key
from generations.models import Dialect, ProviderAccount

KEY = "sk-abcdefghijklmnop-1234"


@pytest.mark.parametrize("typed", [KEY, f"  {KEY}\n", f"Bearer {KEY}", f"bearer   {KEY} \r\n"])
def test_a_pasted_key_is_trimmed(typed: str):
    assert read_key(typed) == KEY


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "The key is empty."),
        ("Bearer ", "The key is empty."),
        ("sk-ключ", "characters that cannot be sent"),
        ("two words", "characters that cannot be sent"),
        ("a\x00b", "characters that cannot be sent"),
        ("k" * 5000, "is too long"),
    ],
)
def test_a_key_that_cannot_be_sent_is_refused(typed: str, sentence: str):
    with pytest.raises(Unusable, match=sentence):
        read_key(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://api.apimart.ai", "https://api.apimart.ai"),
        (" https://API.apimart.ai/ ", "https://api.apimart.ai"),
        ("https://api.apimart.ai/v1/", "https://api.apimart.ai"),
        ("https://api.apimart.ai/v1/images/generations", "https://api.apimart.ai"),
        ("https://ark.example/api/v3", "https://ark.example"),
        ("https://gw.example:8443/openai/v1", "https://gw.example:8443/openai"),
    ],
)
def test_an_address_is_kept_without_the_dialects_own_path(typed: str, kept: str):
    assert read_address(typed, private=False) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("http://api.apimart.ai", "must begin with https://"),
        ("ftp://api.apimart.ai", "must begin with https://"),
        ("api.apimart.ai", "must begin with https://"),
        ("", "must begin with https://"),
        ("https://", "must be like"),
        ("https://me:secret@api.apimart.ai", "must be like"),
        ("https://api.apimart.ai?x=1", "must be like"),
        ("https://api.apimart.ai:99999", "not an address"),
        ("https://[::1", "not an address"),
        ("https://a\\@b.example", "does not belong"),
        ("https://a b.example", "does not belong"),
    ],
)
def test_an_address_that_is_none_is_refused(typed: str, sentence: str):
    with pytest.raises(Unusable, match=sentence):
        read_address(typed, private=False)


INSIDE = ["localhost", "gateway", "gw.lan", "db.internal.", "10.0.0.5", "127.0.0.1", "169.254.169.254", "[::1]", "[fd00::1]", "100.64.0.1"]


@pytest.mark.parametrize("host", INSIDE)
def test_an_address_in_our_own_network_has_to_be_meant(host: str):
    with pytest.raises(Unusable, match="private network"):
        read_address(f"https://{host}:8443/v1", private=False)
    assert read_address(f"https://{host}:8443/v1", private=True) == f"https://{host}:8443"


def test_our_own_network_may_do_without_tls():
    assert read_address("http://gateway.lan:3000/v1", private=True) == "http://gateway.lan:3000"


@pytest.mark.django_db
def test_a_key_is_kept_sealed_and_its_end_shown():
    account, new = connect("Main", Dialect.APIMART, "https://api.apimart.ai", KEY, False)
    assert (new, account.key_end, account.read_key()) == (True, "1234", KEY)
    assert KEY not in str(ProviderAccount.objects.values())


@pytest.mark.django_db
def test_connecting_again_brings_it_up_to_date():
    connect("Main", Dialect.APIMART, "https://api.apimart.ai", KEY, False)
    account, new = connect("Main", Dialect.APIMART, "https://api.apib.ai", "sk-other-key-of-theirs", False, in_flight=9)
    assert (new, account.address, account.in_flight) == (False, "https://api.apib.ai", 9)
    assert ProviderAccount.objects.count() == 1


@pytest.mark.django_db
def test_the_command_connects(tmp_path, capsys):
    (tmp_path / "key").write_text(f"{KEY}\n")
    call_command(
        "connect", "gateway", name="GW", base_url="http://127.0.0.1:3000/v1", key_file=str(tmp_path / "key"), allow_private_address=True
    )
    assert "GW was added: gateway at http://127.0.0.1:3000." in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"key_file": "/gone"}, "cannot be read"),
        ({"base_url": None}, "Say where it is"),
        ({"base_url": "http://x.example"}, "must begin with https"),
        ({"in_flight": 0}, "whole numbers"),
    ],
)
def test_the_command_says_what_is_wrong_and_writes_nothing(options, sentence, tmp_path):
    (tmp_path / "key").write_text(KEY)
    given = {"name": "GW", "base_url": "https://gw.example", "key_file": str(tmp_path / "key"), **options}
    with pytest.raises(CommandError, match=sentence):
        call_command("connect", "gateway", **given)
    assert not ProviderAccount.objects.exists()


@pytest.mark.django_db
def test_keys_are_sealed_anew_with_a_new_first_key(settings, capsys):
    account, _new = connect("Main", Dialect.APIMART, "https://api.apimart.ai", KEY, False)
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode(), *settings.ENCRYPTION_KEYS]
    call_command("rotate_keys")
    settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS[:1]
    account.refresh_from_db()
    assert account.read_key() == KEY
    assert "1 provider keys" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_key_nobody_can_read_stops_the_change(settings):
    connect("Main", Dialect.APIMART, "https://api.apimart.ai", KEY, False)
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("rotate_keys")
    with pytest.raises(vault.Unreadable):
        ProviderAccount.objects.get().read_key()
