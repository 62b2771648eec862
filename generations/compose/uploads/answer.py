"""What is said when a picture was not taken: a sentence to the script, a page to everybody else. What was typed is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def refuse(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    if is_script(request):
        return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=status)
    return render(request, "compose/refused.html", {"sentences": [sentence]}, status=status)


def is_script(request: HttpRequest) -> bool:
    """static/js/references.js, which sends one picture at a time and puts the answer into its page."""
    return request.headers.get("X-Lane") == "1"
