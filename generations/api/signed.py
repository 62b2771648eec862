"""Pictures by the addresses that programs were given."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from generations.calling.links import follow
from generations.web.sending import answer

BRIEFLY = "private, max-age=60"  # so long it is shown after it went to the trash
SECONDS = 60


@login_not_required
@require_safe
def signed_picture(request: HttpRequest, signed: str) -> HttpResponseBase:
    name = follow(signed)
    if name is None:
        raise Http404
    response = answer(request, name, BRIEFLY, SECONDS)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # a page elsewhere may show it: whoever has the address may see it
    return response
