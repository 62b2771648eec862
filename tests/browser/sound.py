"""What is true of every page: nothing axe calls serious, no sideways scrolling, in both languages, on every width, by day and night."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generations.models import User

AXE = (Path(__file__).parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
# what fades from one theme to the next is there at once, and what follows the width has followed
SETTLE = """() => {
  document.getAnimations().filter((one) => one instanceof CSSTransition).forEach((one) => one.finish());
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
Look = tuple[int, str]
LOOKS: dict[str, list[Look]] = {"en": [(1440, "light"), (390, "dark")], "zh-hans": [(1024, "dark"), (390, "light")]}
DAY_AND_NIGHT = [(width, scheme) for width in (1440, 1024, 390) for scheme in ("light", "dark")]
in_both_languages = pytest.mark.parametrize("language", LOOKS)


def faults(page: Page, where: str = ":root") -> list[str]:
    """What lies half under an open menu has that menu's colours for a background, so a menu is looked at alone."""
    if not page.evaluate("'axe' in window"):
        line = page.context.new_cdp_session(page)  # through the debugger, which the page's own policy does not bind
        line.send("Runtime.evaluate", {"expression": AXE})
        line.detach()
    page.evaluate(SETTLE)
    found = page.evaluate("where => axe.run(where, {resultTypes: ['violations']})", where)
    serious = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {json.dumps([node['html'][:120] for node in one['nodes']])}" for one in serious]


def sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def speak(user: User, language: str) -> None:
    User.objects.filter(pk=user.pk).update(language=language)


def seen(page: Page, looks: list[Look]) -> Iterator[str]:
    """One page that is there, seen in one way after the other."""
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLE)
        yield f"{page.url} {width} {scheme}"


def sound(page: Page, looks: list[Look]) -> None:
    for name in seen(page, looks):
        assert (faults(page), sideways(page)) == ([], False), name


def visit(page: Page, paths: list[str], looks: list[Look]) -> None:
    for path in paths:
        page.goto(path)
        sound(page, looks)
