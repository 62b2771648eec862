from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from generations.models import Membership, Scope, Team, Token, User
from generations.tokens import Parted, Plan, issue, reach

USUAL = (Scope.GENERATE, Scope.READ)
LONGEST = 3650  # days


class Command(BaseCommand):
    help = "Makes a token for a program that works in somebody’s name. It is printed once, alone on standard output."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", metavar="EMAIL", required=True, help="whose program it is: it may do what this person may")
        parser.add_argument("--team", metavar="SLUG", required=True, help="the team it works in; the person must be a member")
        parser.add_argument("--name", default="manage.py create_token", help="how it is called on the pages that list tokens")
        parser.add_argument(
            "--scopes", help=f"some of {', '.join(Scope.values)}, with commas; generate,read unless told, as far as the role reaches"
        )
        lasts = parser.add_mutually_exclusive_group()
        lasts.add_argument("--days", type=int, default=90, help="how long it works; 90 unless told")
        lasts.add_argument("--never", action="store_true", help="it works until it is revoked")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            member = find(options["user"].strip().lower(), options["team"])
            lasts = None if options["never"] else timedelta(days=days(options["days"]))
            plan = Plan(named(options["name"]), scopes(options["scopes"], member), lasts)
            token, text = issue(member, plan, command="create_token")
        except Parted:
            raise CommandError("Somebody has shown them out in this moment.") from None
        except DatabaseError as error:
            raise CommandError(f"The database cannot be used: {error}. See manage.py doctor.") from None
        until = f"until {token.expires_at:%Y-%m-%d}" if token.expires_at else "until it is revoked"
        self.stderr.write(f"For {member.user.email} in {member.team.name}: {', '.join(token.scopes)}, {until}. It is shown only now.", str)
        self.stdout.write(text)


def find(email: str, slug: str) -> Membership:
    user, team = User.objects.filter(email=email).first(), Team.objects.filter(slug=slug).first()
    if user is None:
        raise CommandError(f"There is nobody with the address “{email}”. See manage.py create_user.")
    if team is None:
        raise CommandError(f"There is no team “{slug}”.")
    if not user.is_active:
        raise CommandError(f"{email} may not sign in, so programs may not work in this name either.")
    member = Membership.objects.select_related("user", "team").filter(user=user, team=team).first()
    if member is None:
        raise CommandError(f"{email} is not in the team {team.name}. See manage.py create_user.")
    return member


def scopes(wanted: str | None, member: Membership) -> list[Scope]:
    if wanted is None:
        return [scope for scope in USUAL if scope in reach(member)]
    named = [name.strip() for name in wanted.split(",") if name.strip()]
    if not named or not set(named) <= set(Scope.values):
        raise CommandError(f"“{wanted}” are no scopes. Scopes are {', '.join(Scope.values)}.")
    chosen = [scope for scope in Scope if scope.value in named]
    if beyond := [scope.value for scope in chosen if scope not in reach(member)]:
        raise CommandError(f"The role {member.role} does not reach as far as {', '.join(beyond)}.")
    return chosen


def days(count: int) -> int:
    if not 1 <= count <= LONGEST:
        raise CommandError(f"--days must be from 1 to {LONGEST}. Without an end: --never.")
    return count


def named(name: str) -> str:
    try:
        found: str = Token._meta.get_field("name").clean(name.strip(), None)
    except ValidationError:
        raise CommandError("The name must have 1 to 60 characters.") from None
    return found
