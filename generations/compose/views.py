from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from generations.models import ProviderAccount
from generations.web.requests import StudioRequest


@require_safe
def compose(request: StudioRequest) -> HttpResponse:
    accounts = ProviderAccount.objects.filter(enabled=True)
    return render(
        request,
        "compose/page.html",
        {
            "sandboxes": accounts.filter(sandbox=True).count(),
            "providers": accounts.filter(sandbox=False).count(),
            "people": request.team.memberships.count(),
        },
    )
