import shutil
from pathlib import Path
import pytest
from PIL import Image as Picture
from io import BytesIO
from hashlib import sha256
from django.conf import settings
from generations import reviewing, commenting
from generations.media import names
from generations.models import *
from tests.browser.conftest import sign_in
from tests.made import asked, made, pictured

pytestmark = pytest.mark.django_db(transaction=True)
OUT = Path("/tmp/lead/shots-review"); OUT.mkdir(exist_ok=True)

def art(image, name):
    src = Path("/work/main/static/art") / f"{name}.webp"
    pic = Picture.open(src).convert("RGB")
    raw = BytesIO(); pic.save(raw, "PNG"); raw = raw.getvalue()
    sha = sha256(raw + str(image.pk).encode()).hexdigest()
    for side in (320, 640, 1280):
        p = Path(settings.STORAGE) / names.derived(sha, side); p.parent.mkdir(parents=True, exist_ok=True)
        pic.save(p, "WEBP")
    p = Path(settings.STORAGE) / names.original(sha, "png"); p.parent.mkdir(parents=True, exist_ok=True); p.write_bytes(raw)
    Image.objects.filter(pk=image.pk).update(sha256=sha, format="png", width=pic.width*3, height=pic.height*3)

def test_shots(open_page, designer, reviewer, admin, team):
    prompts = {"stairs-1": "Terracotta stairs climbing past an arch, hard noon sun, deep blue sky, no people", "fern-1": "Botanical print with three stems", "koi-1": "Two koi in a pond", "tin-1": "Tea tin on a plinth", "quarter": "Cut paper", "arches": "Four arches", "dune-1": "Dunes", "harbour": "Harbour"}
    first = None
    for name, prompt in prompts.items():
        g = made(designer, team, request=asked(prompt, images=2 if name == "stairs-1" else 1), charged=80000)
        for one in pictured(g, 2 if name == "stairs-1" else 1, **({"broken": [{"name": "size"}]} if name == "stairs-1" else {})):
            art(one, name)
            reviewing.ask(Image.objects.filter(pk=one.pk), designer, team)
            first = first or one
    first = Image.objects.get(pk=first.pk)
    commenting.say(first, "The shadow ends in mid air. Crop or redraw?", by=admin, place=(600, 540))
    commenting.say(first, "Arch follows reference 2. @Rui Reviewer, the label goes there.", by=designer, place=(300, 240))
    c = commenting.say(first, "Fine for the web", by=admin)
    commenting.resolve(c, designer)
    reviewing.decide(first, Verdict.REJECTED, "Too dark for the tin.", admin, 0)
    reviewing.take_back(first, admin, 1)
    last = Image.objects.order_by("-pk").first()
    reviewing.decide(last, Verdict.CHANGE, "Crop the left edge", reviewer, 0)
    Attempt.objects.update(filters={"data": [{"content_filter_results": {"violence": {"filtered": False, "severity": "low"}, "hate": {"filtered": False, "severity": "safe"}}, "prompt_filter_results": {"sexual": {"filtered": False, "severity": "safe"}, "hate": {"filtered": False, "severity": "safe"}}}]})
    for width, theme, lang in ((1440, "light", "en"), (1440, "dark", "zh-hans"), (1024, "light", "en"), (390, "light", "en"), (390, "dark", "zh-hans")):
        User.objects.update(language=lang)
        page = sign_in_zh(open_page(width, color_scheme=theme), reviewer)
        page.goto(f"/review/?image={first.uid}"); page.wait_for_timeout(500)
        page.screenshot(path=OUT / f"review-{width}-{theme}.png")
        if width == 1440 and theme == "light":
            page.keyboard.press("r"); page.wait_for_timeout(200); page.screenshot(path=OUT / "reject.png"); page.keyboard.press("Escape")
            page.keyboard.press("n"); page.wait_for_timeout(200); page.screenshot(path=OUT / "change.png"); page.keyboard.press("Escape")
            page.locator("[popovertarget=filters]").click(); page.wait_for_timeout(200); page.screenshot(path=OUT / "filters.png"); page.keyboard.press("Escape")
            page.locator("[data-large]").click(position={"x": 330, "y": 330}); page.keyboard.type("look @ru"); page.wait_for_timeout(400); page.screenshot(path=OUT / "mention.png")
            page.goto("/review/?list=decided"); page.wait_for_timeout(300); page.screenshot(path=OUT / "decided.png")
            page.goto("/review/?list=mine"); page.wait_for_timeout(300); page.screenshot(path=OUT / "mine.png")
        if width < 1280:
            page.locator("[data-info]").click(); page.wait_for_timeout(300); page.screenshot(path=OUT / f"info-{width}-{theme}.png")
            page.locator("[data-info]").click()
            page.keyboard.press("r"); page.wait_for_timeout(200); page.screenshot(path=OUT / f"reject-{width}-{theme}.png"); page.keyboard.press("Escape")
    User.objects.update(language="en")
    page = sign_in_zh(open_page(1440), reviewer)
    page.goto("/review/"); page.locator(".dock .tile").nth(2).hover(); page.locator(".dock .pick").nth(2).check(); page.locator("[data-whole]").check() if False else None
    page.wait_for_timeout(200); page.screenshot(path=OUT / "picked.png")
    page.locator(".dock .pick").nth(2).uncheck(); page.keyboard.press("a"); page.wait_for_timeout(400); page.screenshot(path=OUT / "toast.png")

def sign_in_zh(page, user):
    page.goto("/account/login/")
    page.locator("#id_login").fill(user.email); page.locator("#id_password").fill("a-lantern-in-the-orchard"); page.locator("form .primary").click(); page.wait_for_url("/")
    return page
