import os, pytest
from tests.browser.test_administration import *
SHOTS="/tmp/lead/adm-shots"
@pytest.mark.parametrize(("width","scheme","language"),[(1440,"light","en"),(390,"light","en"),(1024,"dark","zh-hans")])
def test_shots(width, scheme, language, open_page, owner, designer, team, busy):
    os.makedirs(SHOTS, exist_ok=True)
    page = sign_in(open_page(width, color_scheme=scheme), owner)
    User.objects.filter(pk=owner.pk).update(language=language)
    for path in paths(busy, team, designer):
        page.goto(path)
        h=page.evaluate("(document.querySelector('.scroll')||document.body).scrollHeight")
        page.set_viewport_size({"width":width,"height":max(900,min(h+60,2600))})
        page.screenshot(path=f"{SHOTS}/{width}-{language}-{path.strip('/').replace('/','_')}.png")
        page.set_viewport_size({"width":width,"height":900})
