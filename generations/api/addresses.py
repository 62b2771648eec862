"""The API's table of contents: every group of operations, in the order of the docs."""

from django.urls import path, re_path

from generations.api import checking, collected, comments, engines, generations, images, me, media, reviews, uploads, usage
from generations.api.docs.page import docs, openapi
from generations.api.frame import api, nothing_here, routes

for group in (me, engines, checking, generations, images, media, uploads, collected, reviews, comments, usage):
    api.add_router("", group.router)

urlpatterns = [
    path("docs", docs, name="api_docs"),
    path("openapi.json", openapi, name="api_schema"),
    *routes(),
    re_path(r"^[\s\S]*$", nothing_here),  # there are no pages below /api/, not even for errors
]
