"""`/metrics` for Prometheus. Figures of a business are not for everybody: without a secret only this machine may read them."""

import hmac
import ipaddress

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from generations.calling.waiting import PLACES
from generations.health import figures
from generations.health.measures import Metric, one

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not allowed(request):
        raise Http404
    return HttpResponse(figures.text() + "".join(figures.told(places())), content_type="text/plain; version=0.0.4; charset=utf-8")


def places() -> Metric:
    return one("web_places_taken", "Calls of programs that wait in the web process that answers this.", settings.WEB_WAITING - PLACES.free)


def allowed(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.META.get("HTTP_AUTHORIZATION", "").encode()
        return hmac.compare_digest(given, f"Bearer {settings.METRICS_TOKEN}".encode())
    return direct(request) and loopback(request.META.get("REMOTE_ADDR", ""))


def direct(request: HttpRequest) -> bool:
    """Through a proxy on this machine everybody comes from this machine."""
    return not settings.PUBLIC_URL and not settings.PROXIES and not any(name in request.META for name in FORWARDED)


def loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
