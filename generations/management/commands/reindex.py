from typing import Any

from django.core.management.base import BaseCommand

from generations import search


class Command(BaseCommand):
    help = "Builds the search index anew from the images. The studio may run meanwhile."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{search.rebuild()} images can be found.")
