import pytest
from datetime import timedelta
from django.utils import timezone
from generations.models import *
from tests.administration.test_unknown import HOSTILE, doubtful
from tests.browser.conftest import sign_in
from tests.made import made, asked
pytestmark = pytest.mark.django_db(transaction=True)
OUT="/tmp/lead/var-integrity/"
def test_shots(open_page, owner, designer, reviewer, team):
    a=doubtful(designer, team, sent={"call":"POST https://gw.example/v1/images/generations","json":{"model":"doubao-seedream-4-0-250828","prompt":"A red kite above terraced tea fields, 早晨的雾","size":"2K","watermark":False}}, answer=b'{"error":{"code":"upstream_timeout","message":"The upstream did not answer in 180 s"}}', answer_status=504, said="The upstream did not answer in 180 s", request_id="req_0217f3")
    b=doubtful(reviewer, team, engine="apimart/seedream-5.0-lite", task="task_01JB7F0Q2V", sent_at=timezone.now()-timedelta(days=2))
    c=doubtful(designer, team, Status.FAILED, said=HOSTILE)
    made(designer, team, Status.REFUSED, asked("x")).attempts.update(outcome="not_sent", trouble={"sentence":"The provider refused this: the prompt may not be drawn.","said":"content policy","code":"SensitiveContent"}, answer=b'{"error":{"code":"SensitiveContentDetected"}}', answer_status=400, sent={"prompt":"x"})
    made(designer, team, Status.EXPIRED)
    for w,s,l in [(1440,"light","en"),(1440,"dark","zh-hans"),(1024,"light","zh-hans"),(390,"light","en"),(390,"dark","zh-hans")]:
        page=sign_in(open_page(w,color_scheme=s),owner)
        User.objects.filter(pk=owner.pk).update(language=l)
        page.goto("/administration/unknown/"); page.screenshot(path=f"{OUT}u-{w}-{s}-{l}.png")
        page.locator("summary").nth(0).click(); page.locator("summary").nth(1).click()
        page.screenshot(path=f"{OUT}uo-{w}-{s}-{l}.png")
        page.locator(".acts .danger").first.click(); page.wait_for_timeout(200); page.screenshot(path=f"{OUT}ud-{w}-{s}-{l}.png")
        page.goto("/administration/failures/"); page.screenshot(path=f"{OUT}f-{w}-{s}-{l}.png")
        page.goto("/administration/"); page.screenshot(path=f"{OUT}a-{w}-{s}-{l}.png")
        User.objects.filter(pk=owner.pk).update(language="en")
