from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from generations.demo import opinions
from generations.demo.stage import put_up
from generations.models import User


class Command(BaseCommand):
    help = "Fills an empty studio with a demo team, one person for each role, and requests for the sandbox; prints the sign-ins."
    requires_system_checks = ()  # the tables may not be there yet

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--opinions", action="store_true", help="wait for the demo's pictures, then review some and speak of them")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["opinions"]:
            opinions.form()
            return
        call_command("migrate", verbosity=0)
        if User.objects.exists():
            raise CommandError("This studio has people already. The demo is for an empty one: try make demo.")
        people, password = put_up()
        self.stdout.write("The demo team is Northlight. Everybody signs in with the same password:")
        for email in people:
            self.stdout.write(f"  {email:<24} {password}")
