"""Programs of a team's own that are told what happens: team administrators say where they are, and see whether they listen."""

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from generations import journal, vault
from generations.access import team_role
from generations.journal import Deed
from generations.models import Delivery, Role, Webhook
from generations.notices.forms import EVENTS, WebhookForm
from generations.telling import calls
from generations.telling.calls import AILING, Echo
from generations.telling.news import delivery
from generations.telling.sign import new_secret
from generations.web.confirm import confirmed
from generations.web.requests import StudioRequest
from generations.web.words import moment

LAST = 25  # deliveries that are shown
TEST = "webhook.test"


@require_http_methods(["GET", "HEAD", "POST"])
@team_role(Role.ADMIN)
@never_cache
@confirmed
def webhooks(request: StudioRequest) -> HttpResponse:
    form = WebhookForm(request.POST or None, team=request.team)
    if request.method == "POST" and form.is_valid():
        hook, secret = add(request, form)
        return page(request, hook, secret=secret)
    hooks = [row(hook) for hook in Webhook.objects.filter(team=request.team)]
    return render(request, "notices/webhooks.html", {"form": form, "hooks": hooks}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@team_role(Role.ADMIN)
@confirmed
def webhook(request: StudioRequest, uid: UUID) -> HttpResponse:
    hook = mine(request, uid)
    form = WebhookForm(request.POST or None, team=request.team, hook=hook)
    if request.method == "POST" and form.is_valid():
        change(request, hook, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("webhook", hook.uid)
    return page(request, hook, form, status=422 if form.errors else 200)


@require_POST
@team_role(Role.ADMIN)
@confirmed
def switch_webhook(request: StudioRequest, uid: UUID) -> HttpResponse:
    """On or off, as the form said. What has not been heard by then is not sent later by itself."""
    hook, wanted = mine(request, uid), request.POST.get("active") == "on"
    if hook.active != wanted:
        change(request, hook, active=wanted, failing_since=None)
        Delivery.objects.filter(webhook=hook).exclude(due_at=None).update(due_at=None)
    messages.success(request, _("The webhook is switched on.") if wanted else _("The webhook is switched off."))
    return redirect("webhook", hook.uid)


@require_POST
@team_role(Role.ADMIN)
@confirmed
def delete_webhook(request: StudioRequest, uid: UUID) -> HttpResponse:
    hook = mine(request, uid)
    with transaction.atomic():
        number = hook.pk
        hook.delete()
        journal.write(Deed.WEBHOOK_CHANGE, actor=request.user, team=request.team, subject=f"webhook/{number}", deleted=True)
    messages.success(request, _("The webhook and what was sent to it are deleted."))
    return redirect("webhooks")


@require_POST
@team_role(Role.ADMIN)
def test_webhook(request: StudioRequest, uid: UUID) -> HttpResponse:
    hook = mine(request, uid)
    one = delivery(hook, TEST, f"test/{uuid4()}", {"kind": "test"}, request.team)
    one.save()
    return told(request, hook, calls.call_now(one))


@require_POST
@team_role(Role.ADMIN)
def resend(request: StudioRequest, uid: UUID, delivery: UUID) -> HttpResponse:
    """The same, with the same id, from the first try on."""
    hook = mine(request, uid)
    one = get_object_or_404(Delivery.objects.select_related("webhook__team"), webhook=hook, uid=delivery)
    one.due_at, one.tries, one.heard_at = timezone.now(), 0, None
    one.save(update_fields=["due_at", "tries", "heard_at"])
    return told(request, hook, calls.call_now(one))


def mine(request: StudioRequest, uid: UUID) -> Webhook:
    return get_object_or_404(Webhook.objects.select_related("team"), team=request.team, uid=uid)


@transaction.atomic
def add(request: StudioRequest, form: WebhookForm) -> tuple[Webhook, str]:
    secret = new_secret()
    given = form.cleaned_data
    hook = Webhook.objects.create(team=request.team, url=given["url"], events=given["events"], secret=vault.seal(secret))
    journal.write(Deed.WEBHOOK_ADD, actor=request.user, team=request.team, subject=hook, events=given["events"])
    return hook, secret


@transaction.atomic
def change(request: StudioRequest, hook: Webhook, **values: Any) -> None:
    changed = [name for name, value in values.items() if getattr(hook, name) != value]
    if changed:
        Webhook.objects.filter(pk=hook.pk).update(**values)
        journal.write(Deed.WEBHOOK_CHANGE, actor=request.user, team=request.team, subject=hook, changed=changed)


def told(request: StudioRequest, hook: Webhook, echo: Echo | None) -> HttpResponse:
    if echo is None:
        messages.info(request, _("It is on its way already."))
    elif echo.heard:
        messages.success(request, _("It was heard. Answer: %(said)s") % {"said": echo.said})
    else:
        messages.error(request, _("It was not heard: %(said)s") % {"said": _(echo.said)})
    return redirect("webhook", hook.uid)


def page(request: StudioRequest, hook: Webhook, form: WebhookForm | None = None, status: int = 200, secret: str = "") -> HttpResponse:
    found = Delivery.objects.filter(webhook=hook).order_by("-pk")[:LAST]
    context = {
        "form": form or WebhookForm(team=request.team, hook=hook),
        "hook": row(hook),
        "secret": secret,
        "deliveries": [sent(one, hook) for one in found],
        "last": LAST,
    }
    return render(request, "notices/webhook.html", context, status=status)


def row(hook: Webhook) -> dict[str, Any]:
    failing = hook.failing_since is not None
    ailing = bool(hook.failing_since and hook.failing_since < timezone.now() - AILING)
    if not hook.active:
        state = _("off")
    elif ailing:
        state = _("failing since %(day)s") % {"day": moment(hook.failing_since)} if hook.failing_since else ""
    else:
        state = _("last call not heard") if failing else _("on")
    tone = "soft" if not hook.active else "bad" if ailing else "warn" if failing else "good"
    return {"hook": hook, "host": urlsplit(hook.url).hostname, "count": len(hook.events), "state": state, "tone": tone}


def sent(one: Delivery, hook: Webhook) -> dict[str, Any]:
    if one.heard_at:
        state, icon, tone = _("heard"), "done", "good"
    elif one.due_at and hook.active:
        state, icon, tone = (_("again at %(time)s") % {"time": moment(one.due_at)} if one.tries else _("in line")), "clock", "warn"
    else:
        state, icon, tone = _("not heard"), "failed", "bad"
    event = dict(EVENTS).get(one.event, _("Test"))
    return {
        "one": one,
        "event": event,
        "when": moment(one.created_at),
        "state": state,
        "icon": icon,
        "tone": tone,
        "said": _(one.said) if one.said else "",
    }
