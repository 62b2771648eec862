"""What is true of every page: nothing axe calls serious, no sideways scrolling, in both languages, on every width, by day and night."""

from collections.abc import Iterator
from contextlib import contextmanager
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
# whatever `region` finds is moderate, and to find it takes long; where a fault is says its HTML
SERIOUS = """async ([where, more]) => {
  const options = { resultTypes: ["violations"], selectors: false, rules: { region: { enabled: false } }, ...more };
  const { violations } = await axe.run(where, options);
  return violations.filter(({ impact }) => ["serious", "critical"].includes(impact))
    .map(({ id, nodes }) => `${id}: ${JSON.stringify(nodes.map(({ html }) => html.slice(0, 120)))}`);
}"""
Look = tuple[int, str]
LOOKS: dict[str, list[Look]] = {"en": [(1440, "light"), (390, "dark")], "zh-hans": [(1024, "dark"), (390, "light")]}
COLOURS = ("color-contrast", "link-in-text-block")  # the rules that may see by night what they do not see by day
DAY_AND_NIGHT = [(width, scheme) for width in (1440, 1024, 390) for scheme in ("light", "dark")]
in_both_languages = pytest.mark.parametrize("language", LOOKS)


@contextmanager
def axe(page: Page) -> Iterator[None]:
    """In every page that is opened meanwhile, before its own scripts: half a megabyte that is sent once instead of to each of them."""
    line = page.context.new_cdp_session(page)  # through the debugger, which the page's own policy does not bind
    line.send("Page.enable")
    line.send("Page.addScriptToEvaluateOnNewDocument", {"source": AXE})
    yield
    line.detach()


def faults(page: Page, where: str | dict[str, list[list[str]]] = ":root", rules: tuple[str, ...] = ()) -> list[str]:
    """What lies half under an open menu has that menu's colours for a background, so a menu is looked at alone."""
    if not page.evaluate("'axe' in window"):
        line = page.context.new_cdp_session(page)
        line.send("Runtime.evaluate", {"expression": AXE})
        line.detach()
    page.evaluate(SETTLE)
    return list(page.evaluate(SERIOUS, [where, {"runOnly": rules} if rules else {}]))


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
    """On a width that it has been seen on already, only colours are new."""
    widths = [width for width, _scheme in looks]
    for number, name in enumerate(seen(page, looks)):
        rules = COLOURS if widths[number] in widths[:number] else ()
        assert (faults(page, rules=rules), sideways(page)) == ([], False), name


def visit(page: Page, paths: list[str], looks: list[Look]) -> None:
    with axe(page):
        for path in paths:
            page.goto(path)
            sound(page, looks)
