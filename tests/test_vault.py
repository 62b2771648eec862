import pytest
from cryptography.fernet import Fernet

from generations import vault

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.mark.parametrize("text", ["sk-123", "", "密钥", "x" * 4000])
def test_what_is_sealed_can_be_opened(text):
    assert vault.open(vault.seal(text)) == text


def test_a_seal_tells_nothing_and_is_never_the_same_twice():
    one, two = vault.seal("sk-123"), vault.seal("sk-123")
    assert one != two
    assert "sk-123" not in one


def test_a_new_key_opens_what_an_old_one_sealed(settings):
    settings.ENCRYPTION_KEYS = [OLD]
    sealed = vault.seal("sk-123")
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    assert vault.open(sealed) == "sk-123"


def test_the_first_key_seals(settings):
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    sealed = vault.seal("sk-123")
    settings.ENCRYPTION_KEYS = [NEW]
    assert vault.open(sealed) == "sk-123"


def test_without_its_key_a_seal_stays_shut_and_says_what_to_do(settings):
    settings.ENCRYPTION_KEYS = [OLD]
    sealed = vault.seal("sk-123")
    settings.ENCRYPTION_KEYS = [NEW]
    with pytest.raises(vault.Unreadable, match="STUDIO_ENCRYPTION_KEYS"):
        vault.open(sealed)


@pytest.mark.parametrize("damage", ["", "nonsense", "é", "gAAAAA"])
def test_damaged_seals_stay_shut(damage):
    with pytest.raises(vault.Unreadable):
        vault.open(damage)
