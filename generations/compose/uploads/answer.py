"""What is said when a picture was not taken: a sentence to a script, a page to everybody else. What was typed is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from generations.web.errors import toast


def refuse(request: HttpRequest, status: int, *sentences: str) -> HttpResponse:
    if is_script(request):
        return HttpResponse(sentences[0], content_type="text/plain; charset=utf-8", status=status)
    page = toast(request, " ".join(sentences), status)  # from another page, which stays
    return page or render(request, "compose/refused.html", {"sentences": sentences}, status=status)


def is_script(request: HttpRequest) -> bool:
    """static/js/references.js, which sends one picture at a time and puts the answer into its page."""
    return request.headers.get("X-Lane") == "1"
