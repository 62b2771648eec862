import pytest

from generations.media import names

HASH = "ab" + "cd" * 31


def test_a_file_lies_under_its_hash():
    assert names.original(HASH, "jpeg") == f"o/ab/cd/{HASH}.jpg"
    assert names.reference(HASH, "png") == f"r/ab/cd/{HASH}.png"
    assert names.derived(HASH, 640) == f"d/640/ab/cd/{HASH}.webp"


@pytest.mark.parametrize("hash_of", ["", HASH[:-1], HASH + "a", HASH.upper(), "../" + HASH[3:], HASH[:-1] + "\n", HASH + "\n"])
def test_only_a_hash_makes_a_name(hash_of):
    for make in (lambda: names.original(hash_of, "png"), lambda: names.derived(hash_of, 320)):
        with pytest.raises(ValueError, match="SHA-256"):
            make()


def test_only_what_we_keep_has_a_name():
    with pytest.raises(KeyError):
        names.original(HASH, "svg")
    with pytest.raises(ValueError, match="no side of 500"):
        names.derived(HASH, 500)


def test_a_type_is_what_the_name_says():
    assert names.type_of(names.original(HASH, "jpeg")) == "image/jpeg"
    assert names.type_of(names.derived(HASH, 320)) == "image/webp"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("holiday.png", "holiday.png"),
        ("../../etc/passwd", "passwd"),
        ("C:\\photos\\cat.jpg", "cat.jpg"),
        ("a\0.png", "a.png"),
        ("one\r\nSet-Cookie: two", "oneSet-Cookie: two"),
        ("photo\u202egnp.exe", "photognp.exe"),
        (".htaccess", "htaccess"),
        ("-rf", "rf"),
        ("红色风筝 .png", "红色风筝 .png"),
        ("x" * 5000, "x" * 120),
        ("/", ""),
    ],
)
def test_the_name_somebody_gave_is_only_shown(given, shown):
    assert names.shown(given) == shown
