from generations.health import versions


def test_this_python_is_new_enough():
    assert [finding.state for finding in versions.python()] == ["ok"]


def test_an_old_python_is_noticed():
    assert [finding.state for finding in versions.python((3, 10))] == ["warn"]


def test_every_package_is_named_with_its_version():
    (found,) = versions.packages()
    assert found.state == "ok"
    assert "Django 5.2" in found.sentence


def test_a_missing_package_is_bad(monkeypatch):
    monkeypatch.setitem(versions.NEEDED, "Nothing", "there-is-no-such-package")
    (found,) = versions.packages()
    assert (found.state, found.sentence) == ("bad", "Not installed: Nothing.")
