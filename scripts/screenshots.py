"""Fresh pictures for the README: a throw-away demo studio, looked at by a real browser."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from scripts import ROOT, Stop
from scripts.postgres import free_port
from scripts.scratch import scratch
from scripts.suite import find_tools

TARGET = ROOT / "docs" / "screens"
WHO = "admin@example.com"  # whose requests all went well
SPEED = "40"  # times as fast as the providers that the sandbox plays
PATIENCE = 240_000  # milliseconds, until all of the demo's pictures are there
STUCK = 1  # request of the demo that never ends
MOST = 1_000_000  # bytes of all pictures together
WIDE, PHONE = (1440, 900), (390, 780)
ENDED = f"() => {{ const {{running, waiting}} = document.getElementById('feed-status').dataset; return +running + +waiting <= {STUCK}; }}"
PAINTED = "() => [...document.images].every((one) => one.loading === 'lazy' && !one.checkVisibility() || one.complete)"


def main() -> int:
    chromium = find_tools(dict(os.environ)).chromium
    if chromium is None:
        print("The pictures need Chromium: apt install chromium (Debian), brew install --cask chromium (macOS).", file=sys.stderr)
        return 1
    TARGET.mkdir(exist_ok=True)
    try:
        with scratch() as variables, demo(variables) as (address, password), sync_playwright() as playwright:
            shoot(playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--hide-scrollbars"]), address, password)
            return weigh()
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1


@contextmanager
def demo(variables: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Its address, and the password of everybody in it."""
    port = free_port()
    environment = {**variables, "PORT": str(port), "STUDIO_SANDBOX_SPEED": SPEED}
    program = [sys.executable, "manage.py"]
    told = subprocess.run([*program, "create_demo"], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    with subprocess.Popen([*program, "up"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as studio:
        try:
            if not any("is ready" in line for line in iter(studio.stdout.readline, "")):  # type: ignore[union-attr]
                raise Stop("The demo studio did not start. `make demo` may say more.")
            yield f"http://127.0.0.1:{port}", told.split()[-1]
        finally:
            studio.terminate()


def shoot(browser: Browser, address: str, password: str) -> None:
    page = browser.new_page(base_url=address)
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill(WHO)
    page.get_by_label("Password").fill(password)
    page.locator("form .primary").click()
    page.goto("/?whose=team")
    page.wait_for_function(ENDED, timeout=PATIENCE)
    inside = page.context.storage_state()

    def take(name: str, look: Callable[[Page], None], size: tuple[int, int] = WIDE, scheme: str = "light") -> None:
        viewport = {"width": size[0], "height": size[1]}
        options = {"base_url": address, "storage_state": inside, "viewport": viewport, "color_scheme": scheme, "reduced_motion": "reduce"}
        window = browser.new_context(**options)  # type: ignore[arg-type]
        look(seen := window.new_page())
        seen.wait_for_load_state("networkidle")
        seen.wait_for_function(PAINTED)
        keep(seen.screenshot(), name)
        window.close()

    for scheme, end in (("light", ""), ("dark", "-dark")):
        for name, look in {"studio": studio, "gallery": gallery, "lightbox": lightbox}.items():
            take(name + end, look, scheme=scheme)
    take("phone", phone, PHONE)


# --- what is looked at ---


def studio(page: Page) -> None:
    page.goto("/?whose=mine")
    page.locator("#field-prompt").fill("A paper kite above terraced tea fields, thin morning fog, flat gouache")
    page.locator("#field-ratio label", has_text="16:9").click()
    page.locator("#field-images").fill("4")
    page.locator("#draft").get_by_text("Draft saved").wait_for()
    page.locator(".card", has_text="Sand dunes").locator(".tile > a").nth(1).click()
    page.locator("#inspector [data-inspected]").wait_for()


def gallery(page: Page) -> None:
    page.goto("/gallery/")
    page.mouse.move(800, 420)


def lightbox(page: Page) -> None:
    page.goto("/gallery/")
    page.get_by_role("link", name="A red kite").first.click()
    page.locator("[data-large]").wait_for()


def phone(page: Page) -> None:
    page.goto("/?whose=mine")


# --- what is kept ---


def keep(screen: bytes, name: str) -> None:
    with Image.open(BytesIO(screen)) as picture:
        picture.convert("RGB").save(TARGET / f"{name}.webp", quality=82, method=6)


def weigh() -> int:
    files = sorted(TARGET.glob("*.webp"))
    for file in files:
        print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1000} kB")
    if sum(file.stat().st_size for file in files) > MOST:
        raise Stop(f"Together they are larger than {MOST // 1_000_000} MB: too much for a repository.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
