from django.urls import include, path

from generations.admin import records
from studio.health import healthz, readyz
from studio.metrics import metrics

urlpatterns = [
    path("", include("generations.urls")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("django-admin/", records.urls),  # for emergencies
]

handler400 = "generations.web.errors.bad_request"
handler403 = "generations.web.errors.forbidden"
handler404 = "generations.web.errors.not_found"
handler500 = "generations.web.errors.server_error"
