"""Does every request still have the references that it names?"""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from generations.integrity.finding import Finding, Kind
from generations.integrity.pages import by_number
from generations.models import Generation, Reference

DO = "A re-run would not be the same: restore the rows from a backup."


def check() -> Iterator[Finding]:
    kept = Exists(Reference.objects.filter(generation=OuterRef("pk")))
    named = Generation.objects.filter(Q(request__references__0__isnull=False) | kept).only("request", "team_id")
    for generation in by_number(named.prefetch_related("references__upload")):
        asked = [one["sha256"] for one in generation.request.get("references", ())]
        here = [one.upload.sha256 for one in generation.references.all() if one.upload.team_id == generation.team_id]
        if asked != here:
            said = f"Request {generation.pk} names {len(asked)} references; kept with it are {len(here)} of its team, or in another order."
            yield Finding(Kind.REFERENCE, f"generation/{generation.pk}", said, DO)
