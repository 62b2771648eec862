"""The drop-in doors: whatever is asked for below them, no page of ours is the answer."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from generations.compat import anyfast, apimart, menu, tensorslab, v1
from generations.compat.counter import nothing
from generations.compat.upload import deposit

V1 = [
    re_path(r"^images/generations/?$", v1.generations, name="v1_generations"),
    re_path(r"^images/edits/?$", v1.edits, name="v1_edits"),
    re_path(r"^models/?$", menu.models, name="v1_models"),
    path("models/<path:name>", menu.model, name="v1_model"),
    re_path(r"^", nothing(v1.V1), name="v1_nothing"),
]
GATEWAY = [
    re_path(r"^images/generations/?$", v1.gateway_generations, name="gateway_generations"),
    re_path(r"^images/edits/?$", v1.gateway_edits, name="gateway_edits"),
    re_path(r"^models/?$", menu.gateway_models, name="gateway_models"),
    path("models/<path:name>", menu.gateway_model, name="gateway_model"),
]
ARK = [
    re_path(r"^images/generations/?$", v1.ark_generations, name="ark_generations"),
    re_path(r"^models/?$", menu.ark_models, name="ark_models"),
    path("models/<path:name>", menu.ark_model, name="ark_model"),
]
TENSORSLAB = [
    path("v1/images/infobytaskid", tensorslab.ask, name="ask_tensorslab"),
    path("v1/images/<slug:engine>", tensorslab.submit, name="submit_tensorslab"),
    re_path(r"^", nothing(tensorslab.DOOR), name="tensorslab_nothing"),
]
APIMART = [
    path("v1/images/generations", apimart.submit, name="submit_apimart"),
    path("v1/tasks/<str:task>", apimart.ask, name="ask_apimart"),
    path("v1/models", apimart.models, name="apimart_models"),
    path("v1/uploads/images", apimart.upload, name="upload_apimart"),
    path("f/image/<str:signed>/<str:name>", deposit, name="deposit"),
    re_path(r"^", nothing(apimart.DOOR), name="apimart_nothing"),
]
ANYFAST = [
    path("v1/images/generations", anyfast.generations, name="anyfast_generations"),
    path("v1/models", anyfast.models, name="anyfast_models"),
    re_path(r"^", nothing(anyfast.DOOR), name="anyfast_nothing"),
]
COMPAT: list[URLPattern | URLResolver] = [
    path("gateway/v1/", include(GATEWAY)),
    path("ark/api/v3/", include(ARK)),
    path("tensorslab/", include(TENSORSLAB)),
    path("apimart/", include(APIMART)),
    path("anyfast/", include(ANYFAST)),
    re_path(r"^ark(?:/.*)?$", nothing(v1.ARK), name="ark_nothing"),
    re_path(r"^", nothing(v1.V1), name="compat_nothing"),
]
