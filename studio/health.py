"""Two questions of load balancers: is the process up, and can it work? Anybody may ask, so the answers name no paths."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from generations.health import readiness
from studio.metrics import allowed, metrics


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    found = readiness.findings()
    ready = all(finding.state != "bad" for finding in found)
    checks = [{"subject": finding.subject, "state": finding.state, "sentence": finding.sentence} for finding in found]
    return JsonResponse({"ready": ready, "version": settings.VERSION, "checks": checks}, status=200 if ready else 503)


class HealthMiddleware:
    """Probes come by address, under a name that is not ours: they are answered before anything looks at the host."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = {"/healthz": healthz, "/readyz": readyz}.get(request.path_info, self.get_response)
        if request.path_info == "/metrics" and allowed(request):  # for others it is a page that is not there
            view = metrics
        return view(request)
