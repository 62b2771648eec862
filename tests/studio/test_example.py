import re

from django.conf import settings

from studio.settings import env

EXAMPLE = (settings.BASE_DIR / ".env.example").read_text(encoding="utf-8")


def test_the_example_names_exactly_what_the_settings_read():
    assert sorted(re.findall(r"^#([A-Z_]+)=", EXAMPLE, re.MULTILINE)) == sorted(env.readings)


def test_the_example_sets_nothing_until_somebody_chooses():
    assert [line for line in EXAMPLE.splitlines() if line and not line.startswith("#")] == []


def test_the_example_shows_the_defaults():
    shown = dict(re.findall(r"^#([A-Z_]+)=(.+)$", EXAMPLE, re.MULTILINE))
    del shown["STUDIO_DATA"]  # a path of the machine it runs on
    assert {name: env.readings[name].shown for name in shown if env.readings[name].source == "default"} == shown
